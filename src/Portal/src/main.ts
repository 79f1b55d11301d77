import { Api } from './api';
import { delegated } from './delegated';
import { el, present, type Child } from './dom';
import { enrolments } from './enrolments';
import { inbox } from './inbox';
import { inviting } from './inviting';
import { joining, type Invitation } from './joining';
import { machineClients } from './machine-clients';
import { matchingRuns } from './matching-runs';
import { myCalendar } from './my-calendar';
import { myCalendars } from './my-calendars';
import { myData } from './my-data';
import { myDelegates } from './my-delegates';
import { myHours } from './my-hours';
import { failure, type Panel } from './panel';
import { partnerships } from './partnerships';
import { board, choose, momentum, overview, pairs, trend } from './programme';
import { proposals } from './proposals';
import { sessions } from './sessions';
import type { Me, MyUnit, ProgrammeLine } from './shapes';
import { SignOn } from './sign-on';
import { wishes } from './wishes';

const page = document.getElementById('page') ?? document.body;
let shown = new AbortController();

const show = (...children: Child[]): void => page.replaceChildren(...present(children));

const brand = (): HTMLElement => el('a', { class: 'brand', href: '/' }, el('img', { src: '/icon.svg', alt: '', width: '28', height: '28' }), 'Mentoring');

try {
  await start();
} catch (error) {
  show(el('header', { class: 'top' }, brand()), el('main', { id: 'main' }, failure(error, () => location.assign('/'))));
}

async function start(): Promise<void> {
  const signOn = await SignOn.start();
  const user = await signOn.user();
  if (!user) {
    welcome(signOn);
    return;
  }

  const api = new Api(signOn);
  const me = await api.get<Me>('me');
  const unit = me.units.find((held) => held.slug === sessionStorage.getItem('unit')) ?? me.units[0];
  if (unit) await home(api, signOn, me, unit, null);
  else nowhere(signOn, me);
}

function welcome(signOn: SignOn): void {
  show(
    el('header', { class: 'top' }, brand()),
    el('main', { id: 'main', class: 'welcome' },
      el('h1', {}, 'Insight sits in one place, authority in another.'),
      el('p', { class: 'lead' }, 'Here people close to a new way of working mentor the people who decide, and what they learn becomes action.'),
      el('button', { type: 'button', class: 'primary large', onclick: () => void signOn.signIn() }, 'Sign in'),
      el('p', { class: 'small' }, 'You sign in at your own organisation. Building on the API? ', el('a', { href: '/docs' }, 'Read the reference'), '.')));
}

function nowhere(signOn: SignOn, me: Me): void {
  show(top(signOn, me), el('main', { id: 'main', class: 'welcome' },
    el('h1', {}, `Hello${me.name ? `, ${me.name}` : ''}`),
    el('p', { class: 'lead' }, me.operator
      ? 'You run this platform. You see services, queues and health, never the content of a unit.'
      : 'You are signed in, but no unit knows you yet. Ask a unit administrator to add you with this e-mail address.'),
    me.email ? el('p', {}, me.email) : null,
    me.operator ? el('p', {}, el('a', { href: '/health' }, 'Health of all parts'), ' · ', el('a', { href: '/docs' }, 'API reference')) : null));
}

function top(signOn: SignOn, me: Me, unit?: MyUnit, choice?: (unit: MyUnit) => void): HTMLElement {
  const name = unit?.personName ?? me.name ?? me.email ?? '';
  return el('header', { class: 'top' }, brand(),
    unit && me.units.length === 1 ? el('span', { class: 'quiet' }, unit.name) : null,
    unit && choice && me.units.length > 1 ? el('div', { class: 'unit' },
      el('label', { for: 'unit' }, 'Unit'),
      chooser('unit', me.units.map((held) => ({ value: held.slug, label: held.guest ? `${held.name} (guest)` : held.name })), unit.slug, (slug) => {
        const chosen = me.units.find((held) => held.slug === slug);
        if (chosen) choice(chosen);
      })) : null,
    el('div', { class: 'who' },
      el('span', { title: me.email ?? '' }, name),
      el('button', { type: 'button', class: 'link', onclick: () => void signOn.signOut() }, 'Sign out')));
}

function chooser(id: string, options: { value: string; label: string }[], value: string, chosen: (value: string) => void): HTMLSelectElement {
  const select = el('select', { id }, ...options.map((option) => el('option', { value: option.value, selected: option.value === value }, option.label)));
  select.addEventListener('change', () => chosen(select.value));
  return select;
}

async function home(api: Api, signOn: SignOn, me: Me, unit: MyUnit, wanted: string | null): Promise<void> {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  sessionStorage.setItem('unit', unit.slug);
  const inUnit = api.in(unit.slug);
  const held = unit.programmeRoles.map((role) => role.programme);
  const programmes = await inUnit.all<ProgrammeLine>('programmes');
  const programme = choose(programmes, wanted, held);
  const roles = unit.programmeRoles.filter((role) => role.programme === programme?.slug).map((role) => role.role);

  const manages = roles.includes('programme-manager');
  // Who runs things need not be told that they take part in nothing.
  const runs = manages || roles.includes('sponsor') || unit.roles.some((role) => role !== 'participant');
  const letters = inbox(inUnit);
  const taking = enrolments(inUnit, runs, () => void offered.refresh());
  const offered: Panel = joining(inUnit, runs, invitation(), taking.refresh);
  const mine: Panel = partnerships(inUnit, runs, () => void next.refresh(), () => void taking.ask());
  const next: Panel = sessions(inUnit, unit.personId, runs, () => void mine.refresh());
  const bookedFor = delegated(inUnit, unit.personId);
  const asked = proposals(inUnit, () => void Promise.all([mine.refresh(), next.refresh()]));
  const about = programme
    ? [
        overview(inUnit, programme.slug).element,
        ...(manages ? [momentum(inUnit, programme.slug).element] : []),
        ...(manages || roles.includes('sponsor') ? [trend(inUnit, programme.slug, manages).element] : []),
        ...(manages ? [inviting(inUnit, programme.slug).element, matchingRuns(inUnit, programme.slug).element, pairs(inUnit, programme.slug).element] : []),
        board(inUnit, programme.slug).element,
      ]
    : [el('section', { class: 'panel' }, el('h2', {}, 'Programme'), el('p', { class: 'empty' }, 'No programme is open in this unit yet.'))];

  show(
    top(signOn, me, unit, (other) => void home(api, signOn, me, other, null)),
    el('main', { id: 'main', class: 'home' },
      el('div', { class: 'title' },
        el('h1', {}, `Good to see you, ${(unit.personName.split(' ')[0] ?? unit.personName)}`),
        el('p', { class: 'quiet' }, [...new Set([...unit.roles, ...roles])].map((role) => role.replaceAll('-', ' ')).join(', ')),
        programmes.length > 1 && programme ? el('p', { class: 'choice' },
          el('label', { for: 'programme' }, 'Programme '),
          chooser('programme', programmes.map((line) => ({ value: line.slug, label: line.name })), programme.slug,
            (slug) => void home(api, signOn, me, unit, slug))) : null),
      manages
        ? el('div', { class: 'wide' }, ...about)
        : el('div', { class: 'wide' }, asked.element, el('div', { class: 'halves' }, mine.element, next.element), bookedFor.element, offered.element, ...about),
      el('div', { class: 'side' }, ...(manages ? [asked.element, next.element, mine.element, bookedFor.element] : []), letters.element, taking.element, ...(manages ? [offered.element] : []), wishes(inUnit).element, ...(unit.roles.includes('unit-admin') ? [machineClients(inUnit).element] : []), myDelegates(inUnit).element, myHours(inUnit).element, myCalendars(inUnit).element, myCalendar(inUnit).element, myData(inUnit, unit.slug).element)));

  void inUnit.listen('events', () => void letters.refresh(), signal);
  focusOn(invitation() ? 'joining' : location.pathname.split('/')[1] ?? '');
}

/** An invitation's link: `/enrolments/preview?programme=…&side=…`. */
function invitation(): Invitation | null {
  const asked = new URLSearchParams(location.search);
  const [programme, side] = [asked.get('programme'), asked.get('side')];
  return location.pathname === '/enrolments/preview' && programme && (side === 'mentor' || side === 'mentee') ? { programme, side } : null;
}

/** A link in an e-mail leads to `/sessions/…`: here that is the panel of this name. */
function focusOn(area: string): void {
  const target = area ? document.getElementById(`${area}-title`) : null;
  target?.scrollIntoView();
  target?.focus();
}
