import { el, sentence, words } from './dom';
import type { Disclosure, Snapshot, SnapshotTopic } from './shapes';

const language = new Intl.DisplayNames('en-GB', { type: 'language' });

/** All of it, what is empty as well: whoever agrees to it sees that nothing else is there. */
export function snapshotOf(snapshot: Snapshot): HTMLElement {
  const rows: [string, string | null][] = [
    ['Career stage', sentence(snapshot.stage)],
    ['Grade', snapshot.grade === null ? null : String(snapshot.grade)],
    ['Where you belong', snapshot.unitPath],
    ['Place of work', snapshot.location],
    ['Time zone', snapshot.timeZone.replaceAll('_', ' ')],
    ['Languages', snapshot.languages.map((tag) => language.of(tag) ?? tag).join(', ')],
    ['Working day', `${snapshot.dayStartsAt.slice(0, 5)} to ${snapshot.dayEndsAt.slice(0, 5)}`],
    ['Channels you prefer', snapshot.channels.map(words).join(', ')],
    ['You offer', topics(snapshot.offers)],
    ['You need', topics(snapshot.needs)],
    ['Interests', snapshot.interests.join(', ')],
    ['Working style', snapshot.workingStyle?.join(', ') ?? null],
    ['Lived experience', snapshot.livedExperience?.join(' ') ?? null],
    ['A pair within your reporting line', snapshot.consentsToSameChain ? 'You agree to it at a distance.' : 'You do not agree to it.'],
  ];
  return el('dl', { class: 'snapshot' }, ...rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value || 'Nothing'))));
}

export const shownTo = (disclosures: Disclosure[]): HTMLElement =>
  el('ul', { class: 'points' }, ...disclosures.map((one) => el('li', {}, one.words)));

const topics = (known: SnapshotTopic[]): string =>
  known.map((one) => `${one.label} (level ${one.level}${one.priority ? ', a priority' : ''})`).join(', ');
