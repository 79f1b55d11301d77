import type { Api } from './api';
import { announce, el, field, inDays, line, present, sentence, showDay, showMoment, words, type Child } from './dom';
import { act, fold } from './panel';
import type { Charter, CharterText, CharterVersion, CharterVersionInFull, Side } from './shapes';

/** The agreement of a pair: to read, to change, to sign. */
export async function charter(api: Api, partnership: string, as: Side, changed: () => Promise<void>): Promise<Child[]> {
  const path = `partnerships/${partnership}/charter`;
  const place = el('div', { class: 'charter' });
  show(await api.get<Charter>(path));
  return [place];

  function show(now: Charter): void {
    const told = el('div', {});
    const edit: HTMLButtonElement = el('button', { type: 'button', onclick: () => change(now) }, 'Change it');
    const sign: HTMLButtonElement = el('button', {
      type: 'button',
      class: 'primary',
      onclick: () => void act([sign, edit], told, async () => {
        show(await api.post<Charter>(`${path}/sign`, { version: now.version }));
        announce('You have signed the charter.');
        await changed();
      }),
    }, `Sign version ${now.version}`);
    place.replaceChildren(...present([
      el('p', { class: 'small' }, 'Only the two of you can read this. Your programme manager sees that it is signed, not what it says.'),
      el('dl', { class: 'exchange' }, ...shown(now, as).map(([title, text]) => el('div', {}, el('dt', {}, title), el('dd', {}, text || '–')))),
      now.reviewAt && el('p', { class: 'quiet' }, `Look at it together on ${showDay(now.reviewAt)}.`),
      el('p', { class: now.signedByMe && now.signedByOther ? 'state' : 'state forming' }, signatures(now)),
      el('div', { class: 'buttons' }, now.signedByMe || now.needsGap ? null : sign, edit),
      told,
      now.version > 1 && fold('Earlier versions', () => earlier(api, path, as)),
    ]));
  }

  function change(now: Charter): void {
    const told = el('div', {});
    const inputs = {
      gap: area('The gap you work on', now.gap ?? ''),
      measure: area('How you will know that it has closed', now.measure ?? ''),
      mentor: area('What the mentor wants from it', now.goals.mentor.text),
      mentorMeasure: area('How the mentor will know', now.goals.mentor.measure ?? ''),
      mentee: area('What the mentee wants from it', now.goals.mentee.text),
      menteeMeasure: area('How the mentee will know', now.goals.mentee.measure ?? ''),
      clauses: now.clauses.map((clause) => area(clause.title, clause.text)),
      confidentiality: area('Confidentiality', now.confidentiality),
      cadence: Object.entries(now.cadence).map(([channel, period]) => {
        const before = String(inDays(period) ?? '');
        return { channel, period, before, ...labelled(`Days between sessions, ${words(channel)}`, line(before, { type: 'number', min: '1', max: '366' })) };
      }),
      places: labelled('Places, separated by commas', line(now.places.join(', '))),
    };
    const text = (): CharterText => ({
      clauses: now.clauses.map((clause, i) => ({ ...clause, text: inputs.clauses[i]?.input.value ?? clause.text })),
      gap: inputs.gap.input.value.trim() || null,
      measure: inputs.measure.input.value.trim() || null,
      goals: {
        mentor: { text: inputs.mentor.input.value, measure: inputs.mentorMeasure.input.value.trim() || null },
        mentee: { text: inputs.mentee.input.value, measure: inputs.menteeMeasure.input.value.trim() || null },
      },
      // A period that was not touched stays in the words it was given in.
      cadence: Object.fromEntries(inputs.cadence.map(({ channel, period, before, input }) => [channel, input.value === before ? period : `P${input.value}D`])),
      places: inputs.places.input.value.split(',').map((name) => name.trim()).filter(Boolean),
      confidentiality: inputs.confidentiality.input.value,
    });
    const save: HTMLButtonElement = el('button', {
      type: 'button',
      class: 'primary',
      onclick: () => void act([save, cancel], told, async () => {
        show(await api.put<Charter>(path, text(), now.etag));
        announce('The charter is changed.');
      }),
    }, 'Save');
    const cancel: HTMLButtonElement = el('button', { type: 'button', onclick: () => show(now) }, 'Leave it as it was');
    place.replaceChildren(
      el('p', { class: 'small' }, 'Rhythm and places keep your signatures. Any other change takes both away, and you sign again.'),
      ...[inputs.gap, inputs.measure, inputs.mentor, inputs.mentorMeasure, inputs.mentee, inputs.menteeMeasure, ...inputs.clauses, inputs.confidentiality, ...inputs.cadence, inputs.places].map((field) => field.element),
      el('div', { class: 'buttons' }, save, cancel),
      told);
    inputs.gap.input.focus();
  }
}

/** Who wrote which, and what it changed. */
async function earlier(api: Api, path: string, as: Side): Promise<Child[]> {
  const versions = await api.all<CharterVersion>(`${path}/versions`);
  return versions.map((one) => fold(
    `Version ${one.version}${one.current ? ', the current one' : ''}: ${writer(one, as)}${one.writtenAt ? `, ${showMoment(one.writtenAt)}` : ''} · ${signers(one)}`,
    async () => {
      const { text, differences } = await api.get<CharterVersionInFull>(`${path}/versions/${one.version}`);
      return [
        differences && el('dl', { class: 'exchange' }, ...differences.map((change) => el('div', {},
          el('dt', {}, part(change.part, text)),
          el('dd', {}, change.before === null ? null : el('del', {}, change.before), change.before === null ? null : ' ', change.after === null ? null : el('ins', {}, change.after))))),
        fold('All of this version', async () => [
          el('dl', { class: 'exchange' }, ...shown(text, as).map(([title, said]) => el('div', {}, el('dt', {}, title), el('dd', {}, said || '–')))),
        ]),
      ];
    }));
}

const writer = (one: CharterVersion, as: Side): string =>
  one.writtenBy === null ? (one.version === 1 ? 'as it was suggested' : 'written by one of you')
  : one.writtenBy === as ? 'written by you' : `written by the ${one.writtenBy}`;

const signers = (one: CharterVersion): string =>
  one.signedByMentor && one.signedByMentee ? 'signed by both'
  : one.signedByMentor ? 'signed by the mentor'
  : one.signedByMentee ? 'signed by the mentee'
  : 'signed by nobody';

/** `clauses.disagreement.text` as the title of that clause. */
function part(name: string, text: CharterText): string {
  const [area, of, what] = name.split('.');
  if (area === 'clauses' && of) return text.clauses.find((clause) => clause.name === of)?.title ?? sentence(of);
  if (area === 'goals' && of) return what === 'measure' ? `How the ${of} will know` : `What the ${of} wants from it`;
  if (area === 'cadence' && of) return `How often, ${words(of)}`;
  return area === 'clauses' ? 'The order of the clauses' : sentence(name);
}

function shown(now: CharterText, as: Side): [string, string][] {
  const other: Side = as === 'mentor' ? 'mentee' : 'mentor';
  const measured = (title: string, measure: string | null): [string, string][] => (measure ? [[title, measure]] : []);
  return [
    ['The gap', now.gap ?? ''],
    ['How you will know', now.measure ?? ''],
    ['What you want from it', now.goals[as].text],
    ...measured('How you will know that', now.goals[as].measure),
    ['What the other wants from it', now.goals[other].text],
    ...measured('How the other will know that', now.goals[other].measure),
    ...now.clauses.map((clause): [string, string] => [clause.title, clause.text]),
    // A clause of the same words says it already.
    ...(now.clauses.some((clause) => clause.text === now.confidentiality) ? [] : [['Confidentiality', now.confidentiality] as [string, string]]),
    ['How often', Object.entries(now.cadence).map(([channel, period]) => `${words(channel)} every ${inDays(period) ?? period} days`).join(', ')],
    ['Where', now.places.map(words).join(', ')],
  ];
}

const signatures = (now: Charter): string =>
  now.needsGap ? 'Name the gap and how you will measure it; then you can both sign.'
  : now.signedByMe && now.signedByOther ? 'Signed by both of you.'
  : now.signedByMe ? 'You have signed; the other has not yet.'
  : now.signedByOther ? 'The other has signed this version; you have not yet.'
  : 'Nobody has signed this version yet.';

let fields = 0;

const labelled = <T extends HTMLElement>(label: string, input: T): { element: HTMLElement; input: T } => field(`charter-${(fields += 1)}`, label, input);

function area(label: string, text: string): { element: HTMLElement; input: HTMLTextAreaElement } {
  const input = el('textarea', { rows: '3', maxlength: '4000' });
  input.value = text;
  return labelled(label, input);
}
