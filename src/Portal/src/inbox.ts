import type { Api } from './api';
import { announce, el, showMoment } from './dom';
import { Empty, helpings, panel, type Panel } from './panel';
import type { Letter, Page } from './shapes';

export const inbox = (api: Api): Panel => panel({
  id: 'inbox',
  title: 'Inbox',
  load: async (refresh) => {
    const { items } = await api.get<Page<Letter>>('inbox?limit=50');
    if (items.length === 0) return new Empty('Nothing has happened yet.');
    return helpings(el('ol', { class: 'letters' }), items, 5, (letter) => show(letter, api, refresh));
  },
});

function show(letter: Letter, api: Api, refresh: () => Promise<void>): HTMLElement {
  const read = async (): Promise<void> => {
    await api.post(`inbox/${letter.id}/read`);
    await refresh();
    announce('Marked as read.');
  };
  return el('li', { class: letter.readAt ? '' : 'unread' },
    el('h3', {}, letter.readAt ? null : el('span', { class: 'visually-hidden' }, 'Unread: '), letter.title),
    el('p', {}, letter.body),
    el('p', { class: 'small' },
      el('time', { datetime: letter.createdAt }, showMoment(letter.createdAt)),
      ...letter.actions.map((action) => link(action.label, action.href.split('/')[0] ?? '')),
      letter.readAt ? null : el('button', {
        type: 'button',
        class: 'link',
        'aria-label': `Mark as read: ${letter.title}`,
        onclick: (click) => {
          if (click.currentTarget instanceof HTMLButtonElement) click.currentTarget.disabled = true;
          void read().catch(refresh);
        },
      }, 'Mark as read')));
}

/** To the panel it is about, where this page has one. */
const link = (label: string, area: string): HTMLElement | null =>
  document.getElementById(`${area}-title`) && !document.getElementById(area)?.hidden ? el('a', { href: `#${area}` }, label) : null;
