import type { Api } from './api';
import { el, sentence, showDay, showTime, words, zone } from './dom';
import { Empty, panel, type Panel } from './panel';
import type { Page, Partnership, Session } from './shapes';

const waits: Record<string, string> = {
  'my-signature': 'your signature under the charter',
  'other-signature': 'the other’s signature under the charter',
  'my-preparation': 'your preparation',
  'other-preparation': 'the other’s preparation',
};

export const partnerships = (api: Api, hideEmpty: boolean): Panel => panel({
  id: 'partnerships',
  title: 'My pairs',
  hideEmpty,
  load: async () => {
    const { items } = await api.get<Page<Partnership>>('partnerships/mine');
    const current = items.filter((item) => item.state !== 'ended');
    if (current.length === 0) return new Empty('You are in no pair yet. A proposal will appear here and in your inbox; whether you accept is up to you.');
    return current.map((item) => {
      const other = item.as === 'mentor' ? item.mentee : item.mentor;
      return el('article', { class: 'card' },
        el('p', { class: 'kicker' }, `${item.programmeName ?? ''} · you are the ${item.as}`),
        el('h3', {}, other.name),
        el('p', {}, item.reason),
        el('p', { class: `state ${item.state}` }, item.state === 'active'
          ? item.nextSession ? `Next: ${showDay(item.nextSession.startsAt)}, ${showTime(item.nextSession.startsAt)}` : 'Active; nothing is booked at the moment.'
          : `Waiting for ${item.waitingFor.map((what) => waits[what] ?? words(what)).join(', ')}.`));
    });
  },
});

export const sessions = (api: Api, me: string, hideEmpty: boolean): Panel => panel({
  id: 'sessions',
  title: 'Next sessions',
  hint: `Times in ${zone}.`,
  hideEmpty,
  load: async () => {
    const [booked, mine] = await Promise.all([
      api.get<Page<Session>>(`sessions/mine?limit=50&from=${encodeURIComponent(new Date().toISOString())}`),
      api.all<Partnership>('partnerships/mine'),
    ]);
    const next = booked.items.filter((session) => session.state === 'booked').slice(0, 6);
    if (next.length === 0) return new Empty('Nothing is booked.');
    const names = new Map(mine.map((pair) => [pair.id, `${pair.as === 'mentor' ? pair.mentee.name : pair.mentor.name}`]));
    return el('ol', { class: 'timeline' }, ...next.map((session) => el('li', {},
      el('time', { datetime: session.startsAt }, el('strong', {}, showDay(session.startsAt)), ` ${showTime(session.startsAt)}–${showTime(session.endsAt)}`),
      el('span', {}, session.mentorId === me || session.menteeId === me ? names.get(session.partnershipId) ?? 'Your pair' : 'A pair you book for'),
      el('span', { class: 'quiet' }, [sentence(session.channel), session.place && words(session.place)].filter(Boolean).join(' · ')))));
  },
});
