import { Refused, type Api } from './api';
import { announce, el, showDay, words, type Child } from './dom';
import { act, Empty, failure, fold, panel, type Panel } from './panel';
import type { Disclosure, Enrolment, Programme, ProgrammeLine, Side, Snapshot } from './shapes';
import { shownTo, snapshotOf } from './snapshot';

interface Preview {
  snapshot: Snapshot;
  shownTo: Disclosure[];
  as: string;
  wouldWait: boolean;
  time: { minutesAMonth: number; preparationMinutes: number; months: number };
  guest: { terms: string; until: string } | null;
  shown: string;
}

/** A programme that somebody was invited to look at. */
export interface Invitation { programme: string; side: Side }

const Sides: Side[] = ['mentor', 'mentee'];
const Helping = 8;

/** What a refusal means to somebody who looks at a page and not at the API. */
const Meaning: Record<string, string> = {
  'not-eligible': 'This programme is for other career stages, or for guests, on this side.',
  'programme-not-open': 'This programme takes nobody any more.',
  'not-found': 'There is no such programme.',
  'others-first': 'In this programme the other side enrols first, and too few have yet. Come back later.',
  'already-enrolled': 'You take part on this side already.',
};

/** The programmes one may take part in, with exactly what would be shown, and to whom, before one agrees to anything. */
export function joining(api: Api, hideEmpty: boolean, invitation: Invitation | null, joined: () => Promise<void>): Panel {
  let invited = invitation;
  return panel({
    id: 'joining',
    title: 'Programmes you could take part in',
    hint: 'Taking part is up to you, and nobody is told if you do not.',
    hideEmpty: hideEmpty && invitation === null,
    load,
  });

  async function load(refresh: () => Promise<void>): Promise<Child[] | Empty> {
    const [programmes, mine] = await Promise.all([api.all<ProgrammeLine>('programmes'), api.all<Enrolment>('enrolments/mine')]);
    const isInvited = (line: ProgrammeLine): boolean => line.slug === invited?.programme;
    const left = programmes.filter((line) => line.state === 'open').sort((one, other) => Number(isInvited(other)) - Number(isInvited(one)));
    const cards = el('div', { class: 'panel-body' });
    const more = el('p', { class: 'more' });
    const told = el('div', {});
    const refused = invited === null ? null : await whyNot(invited);

    const next = async (): Promise<void> => {
      const asked = left.splice(0, Helping).flatMap((line) => Sides.filter((side) => !takesPart(line.slug, side)).map((side) => offer(line, side)));
      cards.append(...(await Promise.all(asked)).filter((card) => card !== null));
      const button: HTMLButtonElement = el('button', { type: 'button', onclick: () => void act([button], told, next) }, 'Look at more programmes');
      more.replaceChildren(...(left.length > 0 ? [button] : []));
    };
    do await next(); while (cards.childElementCount === 0 && left.length > 0);
    if (cards.childElementCount === 0 && refused === null) return new Empty('No programme that you could take part in is open at the moment.');
    return [refused && el('p', { class: 'state forming' }, refused), cards, more, told];

    function takesPart(programme: string, side: Side): boolean {
      return mine.some((one) => one.programme === programme && one.side === side && one.state !== 'withdrawn');
    }

    async function whyNot({ programme, side }: Invitation): Promise<string | null> {
      if (takesPart(programme, side)) return Meaning['already-enrolled'] ?? null;
      try {
        await api.get<Preview>(preview(programme, side));
        return null;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return Meaning[error.code] ?? error.message;
      }
    }

    async function offer(line: ProgrammeLine, side: Side): Promise<HTMLElement | null> {
      try {
        const shown = await api.get<Preview>(preview(line.slug, side));
        return card(line, side, shown, isInvited(line) && side === invited?.side, api, async () => {
          invited = null;
          await Promise.all([refresh(), joined()]);
        });
      } catch (error) {
        if (error instanceof Refused && (error.status === 404 || error.status === 422)) return null;
        throw error;
      }
    }
  }
}

const preview = (programme: string, side: Side, choices: Record<string, string> = {}): string =>
  `enrolments/preview?${new URLSearchParams({ programme, side, ...choices }).toString()}`;

function card(line: ProgrammeLine, side: Side, shown: Preview, opened: boolean, api: Api, done: () => Promise<void>): HTMLElement {
  const { minutesAMonth, preparationMinutes, months } = shown.time;
  const form = fold('See what would be shown, and take part', async () => consenting(line, side, api, done));
  form.open = opened;
  return el('article', { class: 'card', 'aria-label': `${line.name}, as ${words(shown.as)}` },
    el('p', { class: 'kicker' }, `as ${words(shown.as)}`),
    el('h3', {}, line.name),
    line.gap ? el('p', {}, line.gap) : null,
    el('p', { class: 'small' }, `About ${minutesAMonth} minutes a month for ${months === 1 ? 'a month' : `${months} months`}, and ${preparationMinutes} minutes to prepare. It is paid working time.`),
    shown.wouldWait ? el('p', { class: 'state forming' }, 'All places are taken at the moment: you would wait for the next free one.') : null,
    form);
}

/** The consent is to what stands there: where that has changed meanwhile, nobody is enrolled and the new one is shown. */
async function consenting(line: ProgrammeLine, side: Side, api: Api, done: () => Promise<void>): Promise<HTMLElement[]> {
  const programme = await api.get<Programme>(`programmes/${line.slug}`);
  const id = `joining-${line.slug}-${side}`;
  const told = el('div', {});
  const place = el('div', { class: 'written' });
  let now: Preview | null = null;

  const location = box('location', 'Share my place of work', true);
  const interests = box('interests', 'Share my interests and my working style', true);
  const experience = box('experience', 'Share my lived experience, in my own words, with whoever a pair is proposed to', false);
  const sameChain = box('same-chain', `I agree to a pair within my own reporting line, at a distance of ${programme.matching.sameChainAtDistance ?? 0} levels or more`, false);
  const manager = box('manager', 'My line manager may be told, once, how much working time it takes', true);
  const choices = [location, interests, ...(side === 'mentor' ? [experience] : []), ...(programme.matching.sameChainAtDistance === null ? [] : [sameChain]), manager];
  for (const { input } of choices)
    input.addEventListener('change', () => void act([take], told, async () => { await look(); announce('What would be shown has changed. Look at it again below.'); }));

  const terms = box('terms', 'I accept these terms', false);
  const consent = box('consent', 'I agree that exactly this is shown to exactly these', false);
  const take: HTMLButtonElement = el('button', { type: 'button', class: 'primary', onclick: () => void join() }, `Take part as ${words(side)}`);
  await look();
  return [
    el('fieldset', { class: 'choices' }, el('legend', {}, 'You choose'), ...choices.map((choice) => choice.element)),
    place,
    el('div', { class: 'buttons' }, take),
    el('p', { class: 'small' }, 'You can pause or withdraw at any time, without a reason.'),
    told,
  ];

  function box(name: string, label: string, checked: boolean): { element: HTMLElement; input: HTMLInputElement } {
    const input = el('input', { type: 'checkbox', id: `${id}-${name}`, checked });
    return { element: el('p', { class: 'check' }, input, el('label', { for: input.id }, label)), input };
  }

  async function look(): Promise<void> {
    now = await api.get<Preview>(preview(line.slug, side, {
      shareLocation: String(location.input.checked),
      shareInterests: String(interests.input.checked),
      shareLivedExperience: String(experience.input.checked),
      consentsToSameChain: String(sameChain.input.checked),
      briefManager: String(manager.input.checked),
    }));
    consent.input.checked = terms.input.checked = false;
    place.replaceChildren(
      el('h4', {}, 'What would be shown of you'), snapshotOf(now.snapshot),
      el('h4', {}, 'To whom'), shownTo(now.shownTo),
      ...(now.guest ? [el('h4', {}, `On what terms, until ${showDay(now.guest.until)}`), el('p', {}, now.guest.terms), terms.element] : []),
      consent.element);
  }

  async function join(): Promise<void> {
    const shown = now;
    if (!shown) return;
    const missing = [consent, ...(shown.guest ? [terms] : [])].find((one) => !one.input.checked);
    if (missing) {
      told.replaceChildren(failure(new Refused(0, 'consent-missing', `Tick “${missing.element.textContent}” first: without it nothing is shared and you are not enrolled.`, null)));
      missing.input.focus();
      return;
    }
    await act([take], told, async () => {
      try {
        const { waiting } = await api.post<Enrolment>('enrolments', {
          programme: line.slug,
          side,
          consent: true,
          snapshot: { shareLocation: location.input.checked, shareInterests: interests.input.checked, shareLivedExperience: experience.input.checked },
          consentsToSameChain: sameChain.input.checked,
          briefManager: manager.input.checked,
          acceptsTerms: terms.input.checked,
          shown: shown.shown,
        });
        await done();
        document.getElementById('enrolments-title')?.focus();
        announce(waiting ? `You wait for a place in ${line.name}, as number ${waiting.position}.` : `You take part in ${line.name}.`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.code !== 'preview-changed') throw new Refused(error.status, error.code, Meaning[error.code] ?? error.message, error.traceId, error.errors);
        await look();
        throw new Refused(error.status, error.code, 'What would be shown, to whom or on what terms has changed since you looked. You are not enrolled. The new one stands above: agree to it if it suits you.', null);
      }
    });
  }
}
