import { Refused, type Api } from './api';
import { announce, el, nameOf, type Child } from './dom';
import { act, Empty, panel, type Panel } from './panel';
import type { Named, Page, Side } from './shapes';

interface Enrolment { id: string; programme: string; programmeName: string; side: Side; state: string }
interface Suggestion { id: string; name: string; title: string | null; learns: string[]; brings: string[] }

const Most = 10;
const Helping = 6;

/** Only in programmes that find their pairs by asking: whom one could meet, and whom one has asked for. Nobody is told of it. */
export const wishes = (api: Api): Panel => panel({
  id: 'wishes',
  title: 'Whom I would like to meet',
  hint: 'You may ask for up to ten people, the most wanted first. They are not told, and both of you decide when a pair is proposed.',
  hideEmpty: true,
  load: async () => {
    const { items } = await api.get<Page<Enrolment>>('enrolments/mine');
    const asked = await Promise.all(items.filter((item) => item.state === 'active').map((item) => choice(item, api)));
    const shown = asked.filter((one) => one !== null);
    return shown.length === 0 ? new Empty('None of your programmes finds its pairs by asking for somebody.') : shown;
  },
});

async function choice(item: Enrolment, api: Api): Promise<HTMLElement | null> {
  const about = `programme=${encodeURIComponent(item.programme)}&side=${item.side}`;
  const card = (...content: Child[]): HTMLElement => el('article', { class: 'card', 'aria-label': item.programmeName },
    el('p', { class: 'kicker' }, `${item.programmeName} · you as ${item.side}`), ...content);
  let page: Page<Suggestion>;
  try {
    page = await api.get<Page<Suggestion>>(`proposals/suggestions?${about}&limit=${Helping}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === 'not-self-chosen' || error.status === 404) return null;
    return card(el('p', { class: 'empty' }, error.message));
  }
  const wanted = (await api.get<{ people: Named[] }>(`proposals/wishes?${about}`)).people;
  const told = el('div', {});
  const mine = el('div', {});
  const others = el('ul', { class: 'people' });
  const more = el('p', { class: 'more' });
  const found: Suggestion[] = [];
  let rest: string | null = null;
  take(page);
  return card(mine, el('h3', {}, 'You could ask for'), others, more, told);

  function take(next: Page<Suggestion>): void {
    found.push(...next.items);
    rest = next.next;
    const button: HTMLButtonElement = el('button', { type: 'button', onclick: () => void act([button], told, fetchMore) }, 'Show more');
    more.replaceChildren(...(rest ? [button] : []));
    draw();
  }

  async function fetchMore(): Promise<void> {
    take(await api.get<Page<Suggestion>>(`proposals/suggestions?${about}&limit=${Helping}&after=${encodeURIComponent(rest ?? '')}`));
  }

  function draw(): void {
    mine.replaceChildren(wanted.length === 0
      ? el('p', { class: 'empty' }, 'You have asked for nobody yet.')
      : el('ol', { class: 'people' }, ...wanted.map((person, at) => el('li', {},
          el('span', {}, `${at + 1}. ${nameOf(person)}`),
          el('span', { class: 'buttons' },
            at > 0 ? change('Up', `Up: ${nameOf(person)}`, () => [...wanted.slice(0, at - 1), person, ...wanted.slice(at - 1, at), ...wanted.slice(at + 1)]) : null,
            change('Take back', `Take back asking for ${nameOf(person)}`, () => wanted.filter((other) => other !== person)))))));
    const left = found.filter((other) => !wanted.some((person) => person.id === other.id));
    if (left.length === 0 && rest) {
      void act([], told, fetchMore);
      return;
    }
    others.replaceChildren(...(left.length === 0
      ? [el('li', { class: 'empty' }, 'Nobody else at the moment.')]
      : left.map((other) => el('li', {},
          el('span', {}, other.name, other.title ? el('span', { class: 'small' }, other.title) : null,
            exchange(other.learns, 'You learn'), exchange(other.brings, 'You bring')),
          wanted.length < Most ? el('span', { class: 'buttons' }, change('Ask for', `Ask for ${other.name}`, () => [...wanted, { id: other.id, name: other.name }])) : null))));
  }

  function change(label: string, name: string, to: () => Named[]): HTMLButtonElement {
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      'aria-label': name,
      onclick: () => void act([...mine.querySelectorAll('button'), ...others.querySelectorAll('button')], told, async () => {
        const { people } = await api.post<{ people: Named[] }>('proposals/wishes', { programme: item.programme, side: item.side, people: to().map((person) => person.id) });
        wanted.splice(0, wanted.length, ...people);
        draw();
        announce(people.length === 0 ? 'You ask for nobody.' : `You ask for ${people.map(nameOf).join(', ')}, in this order.`);
      }),
    }, label);
    return button;
  }
}

const exchange = (topics: string[], what: string): HTMLElement | null =>
  topics.length === 0 ? null : el('span', { class: 'small' }, `${what}: ${topics.join(', ')}.`);
