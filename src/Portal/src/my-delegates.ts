import type { Api } from './api';
import { announce, el, field, line } from './dom';
import { act, Empty, panel, type Panel } from './panel';
import type { Page, Side } from './shapes';

interface Delegates { delegates: { name: string; email: string | null }[] }

const most = 3;

/** Who may book for oneself; for whoever is mentored, or has named somebody. */
export const myDelegates = (api: Api): Panel => panel({
  id: 'my-delegates',
  title: 'Who books for me',
  hideEmpty: true,
  load: async (refresh) => {
    const [{ body: { delegates }, etag }, enrolments] = await Promise.all([
      api.read<Delegates>('people/me/delegates'),
      api.get<Page<{ side: Side; state: string }>>('enrolments/mine'),
    ]);
    const mentored = enrolments.items.some((item) => item.side === 'mentee' && item.state !== 'withdrawn');
    if (!mentored && delegates.length === 0) return new Empty('Whoever is mentored can name somebody to book for them.');

    const told = el('div', {});
    const buttons: HTMLButtonElement[] = [];
    const emails = delegates.map((one) => one.email).filter((email) => email !== null);
    const button = (label: string, name: string, changed: () => string[], said: string): HTMLButtonElement => {
      const made: HTMLButtonElement = el('button', {
        type: 'button',
        'aria-label': name,
        onclick: () => void act(buttons, told, async () => {
          await api.put('people/me/delegates', { delegates: changed() }, etag);
          announce(said);
          await refresh();
        }),
      }, label);
      buttons.push(made);
      return made;
    };
    const another = field('my-delegates-email', 'Work e-mail of a colleague', line('', { type: 'email', autocomplete: 'off' }));
    return [
      el('p', { class: 'small' }, 'They book, move and cancel your sessions and see when they are: no charter, no notes, no answers of yours.'),
      delegates.length === 0 ? el('p', { class: 'empty' }, 'Nobody but you.')
        : el('ul', { class: 'people' }, ...delegates.map((one) => el('li', {},
          el('span', {}, one.name, one.email ? el('span', { class: 'small' }, one.email) : null),
          button('Remove', `Remove ${one.name}`, () => emails.filter((email) => email !== one.email), `${one.name} books for you no more.`)))),
      mentored && delegates.length < most ? another.element : null,
      mentored && delegates.length < most ? el('div', { class: 'buttons' },
        button('Add', 'Add this colleague', () => [...emails, another.input.value.trim()], 'Kept: they can book for you from now on.')) : null,
      told,
    ];
  },
});
