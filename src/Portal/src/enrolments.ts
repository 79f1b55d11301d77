import type { Api } from './api';
import { announce, el, sentence, words, type Child } from './dom';
import { act, Empty, fold, panel, type Panel } from './panel';
import type { Enrolment } from './shapes';
import { shownTo, snapshotOf } from './snapshot';

/** Where one takes part or waits for a place, whether one wants to be matched, what is shown of oneself, and the way out. */
export interface Enrolments extends Panel {
  /** A pair has ended: brings the question forward. */
  ask(): Promise<void>;
}

export function enrolments(api: Api, hideEmpty: boolean, left: () => void): Enrolments {
  let again = false;
  const shown = panel({
    id: 'enrolments',
    title: 'My programmes',
    hideEmpty,
    load: async (refresh) => {
      const current = (await api.all<Enrolment>('enrolments/mine')).filter((item) => item.state !== 'withdrawn');
      if (current.length === 0) return new Empty('You take part in no programme yet.');
      return current.map((item) => card(item, again, api, refresh, async () => { await refresh(); left(); }));
    },
  });
  return {
    ...shown,
    ask: async () => {
      again = true;
      await shown.refresh();
      document.getElementById('enrolments-title')?.focus();
    },
  };
}

function card(item: Enrolment, again: boolean, api: Api, done: () => Promise<void>, gone: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  return el('article', { class: 'card', 'aria-label': item.programmeName },
    el('p', { class: 'kicker' }, `as ${words(item.as)}`),
    el('h3', {}, item.programmeName),
    ...(item.waiting
      ? [el('p', { class: 'state forming' }, `You are number ${item.waiting.position} on the waiting list.`), el('p', { class: 'small' }, item.waiting.words)]
      : question(item, again, api, place, done)),
    item.remaining.length === 0 ? null : el('p', { class: 'small' }, `Still to prepare: ${item.remaining.map(sentence).join(', ')}.`),
    fold('What is shown of me', () => Promise.resolve([
      el('h4', {}, 'What matching sees'), snapshotOf(item.snapshot),
      el('h4', {}, 'Who sees what'), shownTo(item.shownTo),
    ])),
    withdrawing(item, api, place, gone),
    place);
}

/** Nobody else of a pair that has ended learns the answer. */
function question(item: Enrolment, again: boolean, api: Api, place: HTMLElement, done: () => Promise<void>): Child[] {
  const choices = ([['active', 'resume', again ? 'Yes, match me again' : 'Yes'], ['paused', 'pause', 'Not for now']] as const).map(([state, verb, label]) => {
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      class: item.state === state ? 'primary' : '',
      'aria-pressed': String(item.state === state),
      onclick: () => void act(choices, place, async () => {
        if (item.state !== state) await api.post(`enrolments/${item.id}/${verb}`);
        announce(state === 'active' ? 'You will be asked when there is a good match.' : 'You are not matched until you say so.');
        await done();
      }),
    }, label);
    return button;
  });
  return [
    el('p', {}, again ? 'Would you like to be matched again?' : 'Would you like to be matched when there is a good match for you?'),
    el('div', { class: 'buttons' }, ...choices),
    el('p', { class: 'small' }, 'A pair you are in goes on either way. Whoever was or is in a pair with you does not learn your answer.'),
  ];
}

/** Takes the consent back. */
function withdrawing(item: Enrolment, api: Api, place: HTMLElement, gone: () => Promise<void>): HTMLElement {
  const label = item.waiting ? 'Leave the waiting list' : 'Withdraw';
  const button: HTMLButtonElement = el('button', {
    type: 'button',
    class: 'link',
    'aria-label': `${label}: ${item.programmeName}, as ${words(item.as)}`,
    onclick: () => {
      if (!confirm(item.waiting
        ? `Leave the waiting list of ${item.programmeName}? Your place in it goes to the next.`
        : `Withdraw from ${item.programmeName}? A pair you are in there ends, and nothing more is shown of you. No reason is asked, and none is told.`)) return;
      void act([button], place, async () => {
        await api.post(`enrolments/${item.id}/withdraw`);
        await gone();
        document.getElementById('enrolments-title')?.focus();
        announce(item.waiting ? `You wait for a place in ${item.programmeName} no more.` : `You take part in ${item.programmeName} no more.`);
      });
    },
  }, label);
  return el('div', { class: 'buttons' }, button);
}
