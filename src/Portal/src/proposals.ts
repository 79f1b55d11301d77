import type { Api } from './api';
import { announce, el, showMoment } from './dom';
import { act, Empty, fold, panel, type Panel } from './panel';
import type { Page, Proposal, ProposalInFull, Topic } from './shapes';

export const proposals = (api: Api, changed: () => void): Panel => panel({
  id: 'proposals',
  title: 'Proposals',
  hint: 'A pair forms only when both say yes. Whoever declines does so in private.',
  hideEmpty: true,
  load: async (refresh) => {
    const { items } = await api.get<Page<Proposal>>('proposals/mine');
    const asked = items.filter((item) => item.state === 'open' || item.state === 'waiting');
    if (asked.length === 0) return new Empty('No proposal is waiting for you.');
    return asked.map((item) => card(item, api, async () => { await refresh(); changed(); }));
  },
});

function card(item: Proposal, api: Api, done: () => Promise<void>): HTMLElement {
  const other = item.other?.name ?? 'someone who has left';
  return el('article', { class: 'card proposal', 'aria-label': `Proposal with ${other}` },
    el('p', { class: 'kicker' }, `${item.programmeName} · you as ${item.askedAs}`),
    el('h3', {}, other, item.other?.title ? el('span', { class: 'quiet' }, ` ${item.other.title}`) : null),
    el('p', {}, item.reason),
    el('dl', { class: 'exchange' },
      el('div', {}, el('dt', {}, 'You gain'), el('dd', {}, item.gains)),
      el('div', {}, el('dt', {}, 'You give'), el('dd', {}, item.gives))),
    item.state === 'open' ? more(item, api, done) : null,
    item.state === 'open' ? answer(item, other, api, done)
      : el('p', { class: 'state' }, 'You said yes. The other has been asked.'));
}

/** Neither yes nor no yet. */
function more(item: Proposal, api: Api, done: () => Promise<void>): HTMLElement {
  const key = crypto.randomUUID();
  return fold('What speaks for it', async () => {
    const full = await api.get<ProposalInFull>(`proposals/${item.id}`);
    const place = el('div', {});
    const time: HTMLButtonElement = el('button', {
      type: 'button',
      onclick: () => void act([time], place, async () => {
        await api.post(`proposals/${item.id}/ask-for-more`, {}, key);
        announce('You have three more working days to answer.');
        await done();
      }),
    }, 'I need more time');
    return [
      full.gap && el('p', {}, `The programme: ${full.gap}`),
      el('ul', {}, ...full.points.map((point) => el('li', {}, point.words))),
      ...topics('You bring', full.brings), ...topics('You learn', full.learns),
      el('p', { class: 'quiet' }, `A session takes ${full.sessionMinutes} minutes of paid working time.`),
      ...(full.moreTime ? [el('div', { class: 'buttons' }, time), el('p', { class: 'small' }, 'Three working days anew, once. Nobody is told.')] : []),
      place,
    ];
  });
}

const topics = (title: string, list: Topic[]): HTMLElement[] =>
  list.length === 0 ? [] : [el('p', {}, `${title}: ${list.map((topic) => topic.label).join(', ')}.`)];

function answer(item: Proposal, other: string, api: Api, done: () => Promise<void>): HTMLElement {
  const confirms = el('input', { type: 'checkbox', id: `confirms-${item.id}` });
  const place = el('div', {});
  const key = crypto.randomUUID();
  const buttons = [
    el('button', { type: 'button', class: 'primary', onclick: () => void say('accept') }, 'Accept'),
    el('button', { type: 'button', onclick: () => void say('decline') }, 'Decline'),
  ];

  const say = async (verb: 'accept' | 'decline'): Promise<void> => {
    if (verb === 'decline' && !confirm(`Decline the proposal with ${other}? Nobody is told that it was you.`)) return;
    await act(buttons, place, async () => {
      await api.post(`proposals/${item.id}/${verb}`, verb === 'accept' && item.confirmationNeeded ? { confirmsNoAuthority: confirms.checked } : {}, key);
      announce(verb === 'accept' ? `You accepted the proposal with ${other}.` : 'You declined the proposal.');
      await done();
    });
  };

  return el('div', { class: 'answer' },
    item.respondBy ? el('p', { class: 'small' }, `Please answer by ${showMoment(item.respondBy)}.`) : null,
    item.confirmationNeeded
      ? el('p', { class: 'check' }, confirms, el('label', { for: confirms.id }, 'I have no part in this person’s pay, appraisal or promotion.'))
      : null,
    el('div', { class: 'buttons' }, ...buttons),
    place);
}
