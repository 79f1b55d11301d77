import type { Api } from './api';
import { announce, el, sentence, showDay, showTime, words, zone, type Child } from './dom';
import { act, Empty, fold, panel, type Panel } from './panel';
import { sessionNotes } from './session-notes';
import type { Page, Partnership, Session, Side, Slot } from './shapes';

const shownAtFirst = 6;
const daysBack = 21;
const reasons = ['clash', 'illness', 'travel', 'workload', 'other'];

export const sessions = (api: Api, me: string, hideEmpty: boolean, changed: () => void): Panel => panel({
  id: 'sessions',
  title: 'Sessions',
  hint: `Times in ${zone}.`,
  hideEmpty,
  load: async (refresh) => {
    const since = new Date();
    since.setDate(since.getDate() - daysBack);
    const [every, mine] = await Promise.all([
      api.all<Session>(`sessions/mine?from=${encodeURIComponent(since.toISOString())}`),
      api.all<Partnership>('partnerships/mine'),
    ]);
    const all = every.filter((session) => isMine(session, me));
    const partners = new Map(mine.map((pair) => [pair.id, pair.as === 'mentor' ? pair.mentee.name : pair.mentor.name]));
    const now = new Date().toISOString();
    const done = async (): Promise<void> => { await refresh(); changed(); };
    const row = (session: Session, ...more: Child[]): HTMLElement => show(session, partners.get(session.partnershipId) ?? 'Your pair', ...more);

    const open = all.filter((session) => asks(session, me, now));
    const next = all.filter((session) => session.state === 'booked' && session.startsAt > now).slice(0, shownAtFirst);
    const held = all.filter((session) => session.state === 'held' && !open.includes(session)).reverse();
    if (open.length + next.length + held.length === 0) return new Empty('Nothing is booked.');
    return [
      open.length > 0 && el('div', {}, el('h3', { class: 'minor' }, 'Did they take place?'),
        el('ol', { class: 'timeline' }, ...open.map((session) => row(session, settle(session, me, api, done), notes(session, me, api))))),
      next.length > 0 && el('ol', { class: 'timeline' }, ...next.map((session) => row(session, notes(session, me, api), fold('Move or cancel', () => change(session, api, done))))),
      held.length > 0 && el('details', { class: 'more' }, el('summary', {}, 'Held in the last three weeks'),
        el('ol', { class: 'timeline' }, ...held.map((session) => row(session, notes(session, me, api))))),
    ];
  },
});

export const show = (session: Session, who: string, ...more: Child[]): HTMLElement => el('li', {},
  el('time', { datetime: session.startsAt }, el('strong', {}, showDay(session.startsAt)), ` ${showTime(session.startsAt)}–${showTime(session.endsAt)}`),
  el('span', {}, who),
  el('span', { class: 'quiet' }, [sentence(session.channel), session.place && words(session.place), session.closing && 'the closing session'].filter(Boolean).join(' · ')),
  ...more);

export const isMine = (session: Session, me: string): boolean => session.mentorId === me || session.menteeId === me;
const sideOf = (session: Session, me: string): Side => (session.mentorId === me ? 'mentor' : 'mentee');

const notes = (session: Session, me: string, api: Api): Child => fold('Agenda and notes', () => sessionNotes(api, session, sideOf(session, me)));

/** Its time has come and nobody said anything, or the other said that it took place and there is still time to object. */
const asks = (session: Session, me: string, now: string): boolean =>
  (session.state === 'booked' && session.startsAt <= now)
  || (session.state === 'held' && session.heldSaidBy !== sideOf(session, me) && (session.objectUntil ?? '') > now);

function settle(session: Session, me: string, api: Api, done: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  const say = (verb: 'held' | 'not-held', words: string, said: string, body: object = {}): HTMLButtonElement => {
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      onclick: () => void act(buttons, place, async () => {
        await api.post(`sessions/${session.id}/${verb}`, body);
        announce(said);
        await done();
      }),
    }, words);
    return button;
  };
  const missed = 'Kept: it did not take place.';
  // Before anybody has called it held, that it was missed is the mentee's to say, and by whom.
  const buttons: HTMLButtonElement[] = session.state === 'held' ? [say('not-held', 'It did not', missed)]
    : [
      say('held', 'It took place', 'Kept: it took place.'),
      ...(sideOf(session, me) === 'mentee' ? [
        say('not-held', 'I could not make it', missed, { missedBy: 'mentee' }),
        say('not-held', 'My mentor could not make it', missed, { missedBy: 'mentor' }),
      ] : []),
    ];
  return el('div', { class: 'answer' },
    session.state === 'held' ? el('p', { class: 'small' }, `The other says that it took place. If it did not, say so by ${showDay(session.objectUntil ?? '')}.`) : null,
    el('div', { class: 'buttons' }, ...buttons),
    place);
}

/** Another time, of the next that suit both; or none. */
export async function change(session: Session, api: Api, done: () => Promise<void>, told = 'The session is cancelled; the other is told.'): Promise<Child[]> {
  const place = el('div', {});
  const { items } = await api.get<Page<Slot>>(`partnerships/${session.partnershipId}/slots`);
  const moves: HTMLButtonElement[] = items.map((slot) => el('button', {
    type: 'button',
    onclick: () => void act(all(), place, async () => {
      await api.post(`sessions/${session.id}/move`, { startsAt: slot.startsAt });
      announce(`Moved to ${showDay(slot.startsAt)}, ${showTime(slot.startsAt)}.`);
      await done();
    }),
  }, `${showDay(slot.startsAt)}, ${showTime(slot.startsAt)}`));
  const reason = el('select', { id: `reason-${session.id}` }, ...reasons.map((code) => el('option', { value: code }, sentence(code))));
  const cancel: HTMLButtonElement = el('button', {
    type: 'button',
    onclick: () => void act(all(), place, async () => {
      await api.post(`sessions/${session.id}/cancel`, { reason: reason.value });
      announce(told);
      await done();
    }),
  }, 'Cancel it');
  const all = (): HTMLButtonElement[] => [...moves, cancel];
  return [
    moves.length > 0 && el('h3', { class: 'minor' }, 'Move it to'),
    moves.length > 0 && el('div', { class: 'buttons' }, ...moves),
    el('h3', { class: 'minor' }, 'Or call it off'),
    el('div', { class: 'buttons' }, el('label', { for: reason.id, class: 'visually-hidden' }, 'Reason'), reason, cancel),
    place,
  ];
}
