import type { Api } from './api';
import { el, zone } from './dom';
import { Empty, fold, panel, type Panel } from './panel';
import { times } from './partnerships';
import { change, isMine, show } from './sessions';
import type { Delegated, Session } from './shapes';

const shownAtFirst = 6;

/** What one books for others: times, and nothing of what they are about. */
export const delegated = (api: Api, me: string): Panel => panel({
  id: 'delegated',
  title: 'I book for',
  hint: `Times in ${zone}. You see when they meet, not what about.`,
  hideEmpty: true,
  load: async (refresh) => {
    const [pairs, all] = await Promise.all([
      api.all<Delegated>('partnerships/delegated'),
      api.all<Session>(`sessions/mine?from=${encodeURIComponent(new Date().toISOString())}`),
    ]);
    if (pairs.length === 0) return new Empty('Nobody has named you to book for them.');
    const now = new Date().toISOString();
    const next = all.filter((session) => !isMine(session, me) && session.state === 'booked' && session.startsAt > now);
    return pairs.map((pair) => card(pair, next.filter((session) => session.partnershipId === pair.id), api, refresh));
  },
});

function card(pair: Delegated, next: Session[], api: Api, done: () => Promise<void>): HTMLElement {
  const wording = {
    me: pair.mentee.name,
    other: pair.mentor.name,
    booked: 'The session is booked; they both get an invitation.',
    none: 'In the next weeks their hours have no free time in common. Other hours are theirs to offer.',
  };
  return el('article', { class: 'card', 'aria-label': `For ${pair.mentee.name}, with ${pair.mentor.name}` },
    el('h3', {}, `For ${pair.mentee.name}`),
    el('p', { class: 'kicker' }, `with ${pair.mentor.name}`),
    pair.state === 'forming' ? el('p', { class: 'state forming' }, 'Nothing can be booked yet: the two are still getting ready.')
      : next.length === 0 ? el('p', { class: 'state' }, 'Nothing is booked at the moment.') : null,
    next.length > 0 && el('ol', { class: 'timeline' }, ...next.slice(0, shownAtFirst).map((session) =>
      show(session, `with ${pair.mentor.name}`, fold('Move or cancel', () => change(session, api, done, 'The session is cancelled; both are told.'))))),
    pair.state === 'active' && fold('Find a time', (again) => times({ id: pair.id, as: 'mentee', programme: null }, wording, api, async () => { await again(); await done(); })));
}
