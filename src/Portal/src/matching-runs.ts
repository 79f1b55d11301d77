import { Refused, type Api } from './api';
import { announce, el, field, line, nameOf, present, sentence, showMoment, words, type Child } from './dom';
import { act, failure, fold, panel, type Panel } from './panel';
import type { Named, Page, Programme, Side } from './shapes';

interface Run {
  id: string;
  wave: string;
  whatIf: boolean;
  state: 'queued' | 'running' | 'solved' | 'approved' | 'cancelled' | 'failed';
  phase: string | null;
  done: number;
  total: number;
  failure: string | null;
  startedAt: string;
  result: {
    mentees: number; candidates: number; pairs: number; unmatchedMentees: number; score: number; seconds: number;
    optimal: boolean; blockingPairs: number; incumbents: number; givenUp: number;
  } | null;
}

interface Points { criterion: string; points: number; words: string }
interface RunPair { mentor: Named; mentee: Named; score: number; points: Points[]; reason: string }
interface Unmatched { person: Named; side: Side; words: string; relaxation: string | null }
interface Trade { words: string }
interface Explanation { words: string; points: Points[] | null }
interface Comparison { pairsInBoth: number; menteesOnlyHere: number; menteesOnlyThere: number; policyDiffers: string[] }
interface Difference { mentee: Named; here: { mentor: Named; score: number }[]; there: { mentor: Named; score: number }[] }

const Helping = 10;
const Beat = 1_000;
const MostNames = 1_000;

/** For who manages the programme: finds pairs, shows why, and asks nobody before somebody approves. */
export const matchingRuns = (api: Api, slug: string): Panel => panel({
  id: 'matching-runs',
  title: 'Matching',
  hint: 'The best pairs of a wave, with their reasons and a proof. Nobody is asked before you approve.',
  load: async () => {
    const [programme, { items }] = await Promise.all([api.get<Programme>(`programmes/${slug}`), api.get<Page<Run>>(`matching-runs?programme=${slug}&limit=20`)]);
    const runs = items;
    const place = el('div', { class: 'panel-body' });
    show();
    return [programme.state === 'open' ? start() : null, place];

    function show(): void {
      place.replaceChildren(...(runs.length === 0
        ? [el('p', { class: 'empty' }, 'No pairs have been looked for yet.')]
        : runs.map((run, at) => card(run, at === 0))));
    }

    function card(run: Run, opened: boolean): HTMLElement {
      const body = el('div', {});
      const tag = el('span', { class: 'tag' });
      const said = el('span', {});
      const details = el('details', { class: 'more', open: opened },
        el('summary', {}, el('strong', {}, `${sentence(run.wave)}, ${showMoment(run.startedAt)}`), ' ', tag, ' ', said), body);
      draw(run);
      return details;

      function draw(now: Run): void {
        Object.assign(run, now);
        tag.textContent = run.whatIf && run.state === 'solved' ? 'What if' : sentence(run.state);
        tag.className = `tag ${run.state}`;
        said.textContent = run.result ? `${count(run.result.pairs, 'pair')} of ${count(run.result.mentees, 'mentee')}` : '';
        body.replaceChildren(...present(run.state === 'queued' || run.state === 'running' ? underWay(run, draw) : over(run, draw)));
      }
    }

    function start(): HTMLElement {
      const told = el('div', {});
      const wave = field('matching-wave', 'Wave', el('select', {}, ...programme.waves.map((one) =>
        el('option', { value: one.name, disabled: !one.unlocked }, one.unlocked ? sentence(one.name) : `${sentence(one.name)} (locked)`))));
      wave.input.value = programme.waves.findLast((one) => one.unlocked)?.name ?? '';
      const button: HTMLButtonElement = el('button', {
        type: 'button',
        class: runs.length === 0 ? 'primary' : '',
        onclick: () => void act([button], told, async () => {
          runs.unshift(await api.post<Run>('matching-runs', { programme: slug, wave: wave.input.value }));
          show();
          button.className = '';
          announce('Pairs are looked for.');
        }),
      }, 'Find the best pairs');
      return el('div', {}, el('div', { class: 'start-run' }, wave.element, button), told);
    }

    function underWay(run: Run, draw: (now: Run) => void): Child[] {
      const told = el('div', {});
      const shown = el('p', { class: 'small' });
      const bar = el('progress', { 'aria-label': 'How far it is' });
      const look = async (): Promise<void> => {
        if (!shown.isConnected) return;
        try {
          const now = await api.get<Run>(`matching-runs/${run.id}`);
          if (now.state !== 'queued' && now.state !== 'running') {
            draw(now);
            announce(now.result ? `${count(now.result.pairs, 'pair')} found.` : sentence(now.state));
            return;
          }
          told.replaceChildren();
          say(now);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          told.replaceChildren(failure(error));
          // Whoever may not see it any more need not ask again; a platform that is away or busy is asked with the next beat.
          if (error.status >= 400 && error.status < 500 && error.status !== 429) return;
        }
        setTimeout(() => void look(), Beat);
      };
      const say = (now: Run): void => {
        shown.textContent = now.phase ? `${sentence(now.phase)}: ${now.done.toLocaleString('en-GB')} of ${now.total.toLocaleString('en-GB')}` : 'Waits for its turn.';
        if (now.total > 0) { bar.max = now.total; bar.value = now.done; }
      };
      const cancel: HTMLButtonElement = el('button', {
        type: 'button',
        onclick: () => void act([cancel], told, async () => {
          await api.post(`matching-runs/${run.id}/cancel`);
          draw(await api.get<Run>(`matching-runs/${run.id}`));
        }),
      }, 'Cancel');
      say(run);
      setTimeout(() => void look(), Beat / 2);
      return [bar, shown, el('div', { class: 'buttons' }, cancel), told];
    }

    function over(run: Run, draw: (now: Run) => void): Child[] {
      const { result } = run;
      if (!result) return [el('p', {}, run.failure ?? 'It was cancelled; nothing came of it.')];
      const path = `matching-runs/${run.id}`;
      const others = runs.filter((other) => other.id !== run.id && other.wave === run.wave && other.result);
      if (result.mentees === 0) return [el('p', {}, 'Nobody of this wave waits for a mentor.')];
      return [
        el('p', {}, `${count(result.pairs, 'pair')} worth ${count(result.score, 'point')}; ${result.unmatchedMentees === 0 ? 'no mentee is' : `${count(result.unmatchedMentees, 'mentee')} ${result.unmatchedMentees === 1 ? 'is' : 'are'}`} left without one.`,
          result.incumbents > 0 ? ` Of ${count(result.incumbents, 'earlier pair')} ${result.givenUp} ${result.givenUp === 1 ? 'was' : 'were'} given up.` : null),
        el('p', { class: 'small' }, result.optimal
          ? `Proven: of the ${count(result.candidates, 'pair')} weighed no other choice is worth more. Found and checked in ${result.seconds.toLocaleString('en-GB', { maximumSignificantDigits: 2 })} seconds.`
          : 'It is not proven that this is the best.'),
        run.state === 'solved' && !run.whatIf && result.pairs > 0 ? approve(run, draw) : null,
        result.pairs > 0 ? fold('The pairs, and why', async () => [await pages<RunPair>(`${path}/pairs`, 'pairs', (pair) => pairItem(pair))]) : null,
        fold('Who has no pair, and what would help', async () => [await pages<Unmatched>(`${path}/unmatched`, 'people', (one) => el('li', {},
          el('strong', {}, nameOf(one.person)), ` as ${one.side}. ${one.words}`, one.relaxation ? el('p', { class: 'small' }, one.relaxation) : null), 'Everybody who could have one has one.')]),
        fold('What was traded for the best total', async () => [await pages<Trade>(`${path}/trades`, 'trades', (trade) => el('li', {}, trade.words), 'Nobody would have got more from somebody else.')]),
        result.blockingPairs > 0 ? fold('Who asked for one another in vain', async () => [await pages<{ mentor: Named; mentee: Named }>(`${path}/blocking-pairs`, 'pairs',
          (two) => el('li', {}, `${nameOf(two.mentor)} and ${nameOf(two.mentee)} asked for one another, each more than for whom they got.`))]) : null,
        fold('Why these two, or why not?', () => why(run)),
        others.length > 0 ? fold('Beside another run', () => Promise.resolve(compare(run, others))) : null,
      ];
    }

    function approve(run: Run, draw: (now: Run) => void): HTMLElement {
      const told = el('div', {});
      const key = crypto.randomUUID();
      const pairs = run.result?.pairs ?? 0;
      const button: HTMLButtonElement = el('button', {
        type: 'button',
        class: 'primary',
        onclick: () => {
          if (!confirm(`Ask ${count(2 * pairs, 'person', 'people')} in ${count(pairs, 'pair')}? The junior of each is asked first; this cannot be taken back.`)) return;
          void act([button], told, async () => {
            const { proposals, leftOutInAll: left } = await api.post<{ proposals: number; leftOutInAll: number }>(`matching-runs/${run.id}/approve`, {}, key);
            draw(await api.get<Run>(`matching-runs/${run.id}`));
            announce(`${count(proposals, 'pair')} ${proposals === 1 ? 'is' : 'are'} asked.${left > 0 ? ` ${count(left, 'pair')} broke a rule by now and ${left === 1 ? 'is' : 'are'} left out.` : ''}`);
          });
        },
      }, 'Approve and ask them');
      return el('div', {}, el('div', { class: 'buttons' }, button), told);
    }

    async function why(run: Run): Promise<Child[]> {
      const path = `matching-runs/${run.id}`;
      const [pairs, unmatched] = await Promise.all([api.all<RunPair>(`${path}/pairs`, MostNames), api.all<Unmatched>(`${path}/unmatched`, MostNames)]);
      const known = (side: Side): Map<string, string> => {
        const people = new Map([...pairs.map((pair) => pair[side]), ...unmatched.filter((one) => one.side === side).map((one) => one.person)].map((person) => [person.id, nameOf(person)]));
        const names = [...people.values()];
        // Two of one name are two people.
        return new Map([...people].map(([id, name]) => [names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (…${id.slice(-4)})`, id]));
      };
      const told = el('div', { role: 'status' });
      const choice = (side: Side): { element: HTMLElement; chosen: () => string | undefined } => {
        const people = known(side);
        const id = `why-${side}-${run.id}`;
        const input = field(id, sentence(side), line('', { list: `${id}-names`, autocomplete: 'off' }));
        input.element.append(el('datalist', { id: `${id}-names` }, ...[...people.keys()].sort().map((name) => el('option', { value: name }))));
        return { element: input.element, chosen: () => people.get(input.input.value.trim()) };
      };
      const [mentor, mentee] = [choice('mentor'), choice('mentee')];
      const ask: HTMLButtonElement = el('button', {
        type: 'button',
        onclick: () => void act([ask], told, async () => {
          const [one, other] = [mentor.chosen(), mentee.chosen()];
          if (!one || !other) {
            told.replaceChildren(el('p', {}, 'Choose a mentor and a mentee of this run by name.'));
            return;
          }
          const found = await api.get<Explanation>(`${path}/explain?mentor=${one}&mentee=${other}`);
          told.replaceChildren(el('p', {}, found.words), pointsOf(found.points ?? []));
        }),
      }, 'Explain');
      const tooMany = pairs.length >= MostNames || unmatched.length >= MostNames;
      return [
        tooMany && el('p', { class: 'small' }, `The names of the first ${MostNames.toLocaleString('en-GB')} pairs and people are offered; the API explains any two.`),
        el('div', { class: 'start-run' }, mentor.element, mentee.element, ask),
        told,
      ];
    }

    function compare(run: Run, others: Run[]): Child[] {
      const told = el('div', {});
      const other = field(`compare-${run.id}`, 'The other run', el('select', {}, ...others.map((one) =>
        el('option', { value: one.id }, `${showMoment(one.startedAt)}${one.whatIf ? ', what if' : ''}`))));
      const button: HTMLButtonElement = el('button', {
        type: 'button',
        onclick: () => void act([button], told, async () => {
          const path = `matching-runs/${run.id}/compare/${other.input.value}`;
          const found = await api.get<Comparison>(path);
          told.replaceChildren(
            el('p', {}, `${count(found.pairsInBoth, 'pair')} in both; ${count(found.menteesOnlyHere, 'mentee')} only here, ${count(found.menteesOnlyThere, 'mentee')} only there. `,
              found.policyDiffers.length === 0 ? 'Both follow the same policy.' : `The policies differ in ${found.policyDiffers.map(words).join(', ')}.`),
            await pages<Difference>(`${path}/mentees`, 'mentees', (one) => el('li', {}, el('strong', {}, nameOf(one.mentee)), `: here ${mentors(one.here)}, there ${mentors(one.there)}.`), 'Every mentee has the same mentors in both.'));
        }),
      }, 'Compare');
      return [el('div', { class: 'start-run' }, other.element, button), told];
    }

    /** A list of the API's pages, fetched as somebody asks for more. */
    async function pages<T>(path: string, what: string, item: (one: T) => HTMLElement, empty = ''): Promise<HTMLElement> {
      const list = el('ol', { class: 'reasons' });
      const more = el('p', { class: 'more' });
      let next = '';
      const fetchNext = async (): Promise<void> => {
        const page: Page<T> = await api.get(`${path}?limit=${Helping}${next}`);
        list.append(...page.items.map(item));
        next = page.next ? `&after=${encodeURIComponent(page.next)}` : '';
        const button: HTMLButtonElement = el('button', { type: 'button', onclick: () => void act([button], more, fetchNext) }, `Show more ${what}`);
        more.replaceChildren(...(page.next ? [button] : []));
      };
      await fetchNext();
      return list.childElementCount === 0 ? el('p', { class: 'empty' }, empty) : el('div', {}, list, more);
    }
  },
});

const count = (many: number, one: string, several = `${one}s`): string => `${many.toLocaleString('en-GB')} ${many === 1 ? one : several}`;

const pairItem = (pair: RunPair): HTMLElement => el('li', {},
  el('strong', {}, `${nameOf(pair.mentor)} → ${nameOf(pair.mentee)}`), ` ${count(pair.score, 'point')}. ${pair.reason}`,
  el('details', {}, el('summary', { 'aria-label': `Points of ${nameOf(pair.mentor)} and ${nameOf(pair.mentee)}` }, 'Points'), pointsOf(pair.points)));

const pointsOf = (points: Points[]): HTMLElement =>
  el('ul', { class: 'small' }, ...points.map((part) => el('li', {}, `${part.points >= 0 ? '+' : ''}${part.points} ${words(part.criterion)}: ${part.words}`)));

const mentors = (those: { mentor: Named; score: number }[]): string =>
  those.length === 0 ? 'nobody' : those.map((one) => `${nameOf(one.mentor)} (${count(one.score, 'point')})`).join(' and ');
