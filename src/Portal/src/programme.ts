import type { Api } from './api';
import { el, field, sentence, showDay, words, type Child } from './dom';
import { Empty, helpings, panel, type Panel } from './panel';
import type { Board, BoardItem, MomentumLevel, MomentumLine, Pair, Programme, ProgrammeLine, Trend } from './shapes';

export const overview = (api: Api, slug: string): Panel => panel({
  id: 'programmes',
  title: 'Programme',
  load: async () => {
    const programme = await api.get<Programme>(`programmes/${slug}`);
    return [
      el('div', { class: 'programme' },
        el('div', {},
          el('h3', { class: 'name' }, programme.name),
          el('p', { class: 'tags' },
            el('span', { class: `tag ${programme.state}` }, sentence(programme.state)),
            el('span', { class: 'tag' }, sentence(programme.direction)),
            programme.gap.strategicPriority ? el('span', { class: 'tag' }, words(programme.gap.strategicPriority)) : null)),
        el('blockquote', {}, el('p', { class: 'kicker' }, 'The gap it closes'), el('p', {}, programme.gap.sentence ?? programme.gap.area ?? 'Each pair names its own gap.'))),
      el('div', { class: 'columns' },
        el('div', {}, el('h4', {}, 'Leaders go first'), waves(programme)),
        el('div', {}, el('h4', {}, 'How success is measured'), measures(programme))),
      ...programme.expansion.done.map((step) => el('p', { class: 'state' },
        step.overrideReason ? `Expanded by the sponsor against a red gate: “${step.overrideReason}”` : 'Expanded: every gate of the review was green.')),
    ];
  },
});

const waves = (programme: Programme): HTMLElement =>
  el('ol', { class: 'waves' }, ...programme.waves.map((wave) => el('li', { class: wave.unlocked ? 'open' : 'locked' },
    el('strong', {}, sentence(wave.name)),
    el('span', { class: 'tag' }, wave.unlocked ? 'Open' : 'Locked'),
    el('p', { class: 'small' }, wave.unlocked ? wave.unlockedWhy ?? '' : wave.lockedBecause ?? ''))));

const measures = (programme: Programme): HTMLElement => programme.measures.length === 0
  ? el('p', { class: 'empty' }, 'Each pair names its own measure.')
  : el('ul', { class: 'measures' }, ...programme.measures.map((measure) => el('li', {},
      el('strong', {}, sentence(measure.name)),
      measure.baseline !== null || measure.target !== null
        ? el('span', {}, ` ${measure.baseline ?? '–'} → ${measure.target ?? '–'}`) : null,
      el('p', { class: 'small' }, `${sentence(measure.instrument)}${measure.side ? `, ${measure.side}s` : ''}`))));

/** Only for who manages the programme; for others the API refuses, and the panel is not there. */
export const pairs = (api: Api, slug: string): Panel => panel({
  id: 'pairs',
  title: 'Pairs',
  hint: 'Proposed by the solver, approved by a person, accepted by two.',
  load: async () => {
    const all = await api.all<Pair>(`pairs?programme=${slug}`);
    if (all.length === 0) return new Empty('No pair has formed yet.');
    const rows = el('tbody');
    const { lastElementChild: more } = helpings(rows, all, 6, pairRow);
    return [
      el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of pairs' }, el('table', { class: 'pairs' },
        el('thead', {}, el('tr', {}, ...['Mentor', 'Mentee', 'Wave', 'Why these two'].map((head) => el('th', { scope: 'col' }, head)))),
        rows)),
      more,
    ];
  },
});

const pairRow = (pair: Pair): HTMLElement => el('tr', {},
  el('th', { scope: 'row' }, pair.mentor.name),
  el('td', {}, pair.mentee.name),
  el('td', {}, sentence(pair.wave)),
  el('td', {}, pair.reason, pair.attention ? el('p', { class: 'attention' }, pair.attention) : null));

const levels: MomentumLevel[] = ['stalled', 'slipping', 'steady', 'thriving'];

export const momentum = (api: Api, slug: string): Panel => panel({
  id: 'momentum',
  title: 'Momentum',
  hint: 'Watched on the senior side. Whoever needs you comes first.',
  load: async () => {
    const items = await api.all<MomentumLine>(`momentum?programme=${slug}`);
    if (items.length === 0) return new Empty('No pair is under way yet.');
    const of = (level: MomentumLevel, among = items): MomentumLine[] => among.filter((item) => item.momentum === level);
    const inNeed = of('stalled').length + of('slipping').length;
    const list = el('div', {});
    const state = field('momentum-state', 'State', choice([...levels], sentence));
    const wave = field('momentum-wave', 'Wave', choice([...new Set(items.map((item) => item.wave))].sort(), sentence));
    const told = field('momentum-told', 'Told', choice([...new Set(items.flatMap((item) => item.alarm ?? []))].sort(), (step) => sentence(words(step))));
    const show = (): void => {
      const shown = items.filter((item) =>
        ['', item.momentum].includes(state.input.value) && ['', item.wave].includes(wave.input.value) && ['', item.alarm].includes(told.input.value));
      list.replaceChildren(shown.length === 0
        ? el('p', { class: 'small', role: 'status' }, 'There is no such pair.')
        : helpings(el('ol', { class: 'momentum' }), levels.flatMap((level) => of(level, shown)), Math.max(4, Math.min(inNeed, 10)), momentumRow));
    };
    for (const one of [state, wave, told]) one.input.addEventListener('change', show);
    show();
    return [
      el('dl', { class: 'levels' }, ...[...levels].reverse().map((level) => el('div', { class: level },
        el('dt', {}, sentence(level)), el('dd', {}, String(of(level).length))))),
      items.length > 4 ? el('div', { class: 'start-run' }, state.element, wave.element, told.element) : null,
      list,
    ];
  },
});

const choice = (values: string[], name: (value: string) => string): HTMLSelectElement => el('select', {},
  el('option', { value: '' }, 'All'), ...values.map((value) => el('option', { value }, name(value))));

/** Monday by Monday: exact for whoever manages, in numbers that tell of no single pair for the sponsor. */
export const trend = (api: Api, slug: string, manages: boolean): Panel => panel({
  id: 'trend',
  title: 'How the pairs have done',
  hint: manages ? 'Pairs under way at the start of each Monday.' : 'Pairs under way at the start of each Monday. Where a number would tell of too few pairs, it is not shown.',
  hideEmpty: true,
  load: async () => {
    const { points, figures } = await api.get<Trend>(`momentum/trend?programme=${slug}`);
    const begun = points.findIndex((point) => point.pairs !== 0);
    if (begun < 0) return new Empty('No pair is under way yet.');
    const best = [...levels].reverse();
    return [
      el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Pairs by week' }, el('table', { class: 'trend' },
        el('thead', {}, el('tr', {}, ...['Monday', 'Pairs', ...best.map(sentence)].map((title) => el('th', { scope: 'col' }, title)))),
        el('tbody', {}, ...points.slice(begun).map((point) => el('tr', {},
          el('th', { scope: 'row' }, showDay(point.at)),
          ...[point.pairs, ...best.map((level) => point[level])].map((count) => el('td', {}, count === null ? '–' : String(count)))))))),
      figures && el('p', { class: 'small' }, [
        `${figures.held} sessions held`,
        `${figures.cancelledByMentee} cancelled and ${figures.missedByMentee} missed by mentees`,
        `${figures.cancelledByMentor} cancelled by mentors`,
        figures.daysToFirstSession !== null && `days to a first session, at the median: ${figures.daysToFirstSession}`,
      ].filter(Boolean).join(' · ')),
    ];
  },
});

const momentumRow = (item: MomentumLine): HTMLElement => el('li', { class: item.momentum },
  el('div', {},
    el('strong', {}, `${item.mentor.name} & ${item.mentee.name}`),
    el('span', { class: 'tag' }, sentence(item.momentum)),
    item.seriesUnconfirmed ? el('span', { class: 'tag' }, 'Series not booked yet') : null,
    item.alarm ? el('span', { class: 'tag alarm' }, `Told: ${words(item.alarm)}`) : null),
  el('p', { class: 'small' }, item.reasons.join(' ')),
  el('p', { class: 'small quiet' }, [
    `${item.planned} planned`, `${item.held} held`,
    item.cancelledByMentee > 0 && `${item.cancelledByMentee} cancelled by the mentee`,
    item.cancelledByMentor > 0 && `${item.cancelledByMentor} cancelled by the mentor`,
    item.missedByMentee > 0 && `${item.missedByMentee} missed by the mentee`,
    item.missedByMentor > 0 && `${item.missedByMentor} missed by the mentor`,
    item.daysToFirstSession !== null && `first met ${item.daysToFirstSession === 0 ? 'the same day' : `after ${item.daysToFirstSession === 1 ? 'a day' : `${item.daysToFirstSession} days`}`}`,
  ].filter(Boolean).join(' · ')));

export const board = (api: Api, slug: string): Panel => panel({
  id: 'board',
  title: 'You said, we did',
  hint: 'What mentors and mentees raised, and what those with authority answered.',
  load: async () => {
    const found = await api.get<Board>(`board?programme=${slug}`);
    const { due, inTime } = found.credibility;
    if (due === 0 && found.items.length === 0) return new Empty('Nothing has been answered yet.');
    return [
      due > 0 ? el('p', { class: 'credibility' }, el('strong', {}, `${inTime} of ${due}`), ' answered in time') : null,
      el('div', { class: 'cards' }, ...found.items.map(insight)),
    ];
  },
});

const insight = (item: BoardItem): HTMLElement => {
  const effect: Child = item.effect === 'none' ? null : el('span', { class: 'tag' }, sentence(item.effect));
  return el('article', { class: 'card insight' },
    el('p', { class: 'tags' }, el('span', { class: `tag ${item.answer}` }, sentence(item.answer)), effect, item.inTime ? null : el('span', { class: 'tag late' }, 'Late')),
    el('h3', {}, item.title),
    el('p', { class: 'said' }, item.text),
    el('p', { class: 'did' }, item.answerText),
    item.evidence ? el('p', { class: 'small' }, item.evidence) : null,
    el('p', { class: 'small quiet' }, `${item.owner?.name ?? 'The owner'}, ${item.answeredOn}`));
};

/** The programme the page is about: the one asked for, else one the caller has a role in, else the first that is open. */
export function choose(programmes: ProgrammeLine[], wanted: string | null, held: string[]): ProgrammeLine | undefined {
  return programmes.find((line) => line.slug === wanted)
    ?? programmes.find((line) => held.includes(line.slug) && line.state !== 'closed')
    ?? programmes.find((line) => line.state === 'open')
    ?? programmes[0];
}
