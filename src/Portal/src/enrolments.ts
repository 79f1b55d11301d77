import type { Api } from './api';
import { announce, el, words } from './dom';
import { act, Empty, panel, type Panel } from './panel';
import type { Page, Side } from './shapes';

interface Enrolment { id: string; programmeName: string; side: Side; state: 'active' | 'waiting' | 'paused' | 'withdrawn' }

/** Where one takes part, and whether one wants to be matched. */
export interface Enrolments extends Panel {
  /** A pair has ended: brings the question forward. */
  ask(): Promise<void>;
}

export function enrolments(api: Api, hideEmpty: boolean): Enrolments {
  let again = false;
  const shown = panel({
    id: 'enrolments',
    title: 'My programmes',
    hideEmpty,
    load: async (refresh) => {
      const { items } = await api.get<Page<Enrolment>>('enrolments/mine');
      const current = items.filter((item) => item.state !== 'withdrawn');
      if (current.length === 0) return new Empty('You take part in no programme yet.');
      return current.map((item) => question(item, again, api, refresh));
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

/** Nobody else of a pair that has ended learns the answer. */
function question(item: Enrolment, again: boolean, api: Api, done: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  if (item.state === 'waiting')
    return el('article', { class: 'card' }, el('p', { class: 'kicker' }, `as ${item.side}`), el('h3', {}, item.programmeName), el('p', {}, 'You wait for a place.'));
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
  return el('article', { class: 'card', 'aria-label': item.programmeName },
    el('p', { class: 'kicker' }, `as ${words(item.side)}`),
    el('h3', {}, item.programmeName),
    el('p', {}, again ? 'Would you like to be matched again?' : 'Would you like to be matched when there is a good match for you?'),
    el('div', { class: 'buttons' }, ...choices),
    el('p', { class: 'small' }, 'A pair you are in goes on either way. Whoever was or is in a pair with you does not learn your answer.'),
    place);
}
