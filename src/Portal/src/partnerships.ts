import type { Api } from './api';
import { charter } from './charter';
import { announce, el, showDay, showTime, words, zone, type Child } from './dom';
import { act, Empty, fold, panel, type Panel } from './panel';
import type { Page, Partnership, Programme, Series, Side, Slot } from './shapes';

const waits: Record<string, string> = {
  'my-signature': 'your signature under the charter',
  'other-signature': 'the other’s signature under the charter',
  'my-preparation': 'your preparation',
  'other-preparation': 'the other’s preparation',
};

export const partnerships = (api: Api, hideEmpty: boolean, changed: () => void, ended: () => void): Panel => panel({
  id: 'partnerships',
  title: 'My pairs',
  hideEmpty,
  load: async (refresh) => {
    const { items } = await api.get<Page<Partnership>>('partnerships/mine');
    const current = items.filter((item) => item.state !== 'ended');
    if (current.length === 0) return new Empty('You are in no pair yet. A proposal will appear here and in your inbox; whether you accept is up to you.');
    return current.map((item) => card(item, api, async () => { await refresh(); changed(); }, ended));
  },
});

function card(item: Partnership, api: Api, done: () => Promise<void>, ended: () => void): HTMLElement {
  const other = item.as === 'mentor' ? item.mentee : item.mentor;
  return el('article', { class: 'card', 'aria-label': `You and ${other.name}` },
    el('p', { class: 'kicker' }, `${item.programmeName ?? ''} · you are the ${item.as}`),
    el('h3', {}, other.name),
    el('p', {}, item.reason),
    el('p', { class: `state ${item.state}` }, item.state === 'active'
      ? item.nextSession ? `Next: ${showDay(item.nextSession.startsAt)}, ${showTime(item.nextSession.startsAt)}` : 'Active; nothing is booked at the moment.'
      : `Waiting for ${item.waitingFor.map((what) => waits[what] ?? words(what)).join(', ')}.`),
    item.continuation ? question(item, item.continuation, api, done) : null,
    fold('Charter', () => charter(api, item.id, item.as, done)),
    item.state === 'active' ? fold('Find a time', (again) => times(item, inPair, api, async () => { await again(); await done(); })) : null,
    ending(item, other.name, api, async () => { await done(); ended(); }));
}

/** Whether to go on after the planned end. Nobody else learns the answer, the other of the two included. */
function question(item: Partnership, asked: NonNullable<Partnership['continuation']>, api: Api, done: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  const answers = (['yes', 'no'] as const).map((answer) => {
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      class: asked.answer === answer ? 'primary' : '',
      'aria-pressed': String(asked.answer === answer),
      onclick: () => void act(answers, place, async () => {
        await api.post(`partnerships/${item.id}/continuation`, { answer });
        announce('Your answer is kept. You can change it until the planned end.');
        await done();
      }),
    }, answer === 'yes' ? 'Yes, for another term' : 'No, this was it');
    return button;
  });
  return el('div', { class: 'state forming answer' },
    el('p', {}, el('strong', {}, `Would you like to go on after ${showDay(asked.until)}?`)),
    el('div', { class: 'buttons' }, ...answers),
    el('p', { class: 'small' }, 'You go on if both of you say yes. Nobody sees your answer, not even the other; you can change it until then.'),
    place);
}

/** Whose times they are: as one of the two, or for a mentee. */
interface Booking { id: string; as: Side; programme: string | null }
interface Wording { me: string; other: string; booked: string; none: string }

const inPair: Wording = {
  me: 'you',
  other: 'the other',
  booked: 'The session is booked; you both get an invitation.',
  none: 'In the next weeks your hours have no free time in common. Offer other hours, or talk to your programme manager.',
};

/** The series as it is proposed, and the next times that suit both. */
export async function times(item: Booking, wording: Wording, api: Api, done: () => Promise<void>): Promise<Child[]> {
  const place = el('div', {});
  const [series, next, programme] = await Promise.all([
    api.get<Series>(`partnerships/${item.id}/series`),
    api.get<Page<Slot>>(`partnerships/${item.id}/slots`),
    item.programme ? api.get<Programme>(`programmes/${item.programme}`) : null,
  ]);
  const mayBook = item.as === 'mentee' || programme?.booking === 'platform';
  return [...proposed(item, series, wording, api, place, done), ...alternatives(item, next.items, mayBook, wording, api, place, done), place];
}

function proposed(item: Booking, series: Series, wording: Wording, api: Api, place: HTMLElement, done: () => Promise<void>): Child[] {
  if (series.state !== 'proposed') return [];
  const other = item.as === 'mentor' ? 'mentee' : 'mentor';
  const book: HTMLButtonElement = el('button', {
    type: 'button',
    class: 'primary',
    onclick: () => void act([book], place, async () => {
      const booked = await api.post<Series & { asProposed: boolean }>(`partnerships/${item.id}/series/confirm`);
      announce(booked.asProposed ? `${booked.slots.length} sessions are booked.` : `Some of these times were taken meanwhile: ${booked.slots.length} others are booked.`);
      await done();
    }),
  }, `Book all ${series.slots.length}`);
  return [
    el('h4', {}, 'The whole series, as it is proposed'),
    el('ol', { class: 'timeline' }, ...series.slots.map((slot) => el('li', {},
      el('time', { datetime: slot.startsAt }, `${showDay(slot.startsAt)}, ${showTime(slot.startsAt)}–${showTime(slot.endsAt)}`),
      slot.channel ? el('span', { class: 'quiet' }, words(slot.channel)) : null))),
    el('p', { class: 'small' }, `Times in ${zone}. Early, late and travel minutes over the series: ${wording.me} ${series.inconvenience[item.as]}, ${wording.other} ${series.inconvenience[other]}.`),
    item.as === 'mentee' ? el('div', { class: 'buttons' }, book) : el('p', { class: 'quiet' }, 'The mentee books it; you both get the invitations.'),
  ];
}

function alternatives(item: Booking, slots: Slot[], mayBook: boolean, wording: Wording, api: Api, place: HTMLElement, done: () => Promise<void>): Child[] {
  if (slots.length === 0) return [el('p', { class: 'empty' }, wording.none)];
  const buttons: HTMLButtonElement[] = slots.map((slot) => el('button', {
    type: 'button',
    disabled: !mayBook,
    onclick: () => void act(buttons, place, async () => {
      await api.post('sessions', { partnershipId: item.id, startsAt: slot.startsAt });
      announce(wording.booked);
      await done();
    }),
  }, `${showDay(slot.startsAt)}, ${showTime(slot.startsAt)}`));
  return [
    el('h4', {}, 'The next times that suit both'),
    el('div', { class: 'buttons' }, ...buttons),
    mayBook ? null : el('p', { class: 'quiet' }, 'In this programme the mentee books. Suggest one of these.'),
  ];
}

function ending(item: Partnership, other: string, api: Api, done: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  const end: HTMLButtonElement = el('button', {
    type: 'button',
    class: 'link',
    onclick: () => {
      if (!confirm(`End your partnership with ${other}? What is booked is cancelled. No reason is asked, and nobody is told who ended it.`)) return;
      void act([end], place, async () => {
        await api.post(`partnerships/${item.id}/end`);
        announce('The partnership has ended.');
        await done();
      });
    },
  }, 'End this partnership');
  return el('div', { class: 'small' }, end, place);
}
