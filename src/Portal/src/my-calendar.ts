import { Refused, type Api } from './api';
import { announce, el, present, showMoment } from './dom';
import { act, panel, shownOnce, type Panel } from './panel';

interface Opened { link: string; openedAt: string }

/** A secret link by which one's own calendar reads what is booked. */
export const myCalendar = (api: Api): Panel => panel({
  id: 'calendar-link',
  title: 'My sessions in my calendar',
  load: async (refresh) => {
    const place = el('div', { class: 'panel-body' });
    const told = el('div', {});
    show(await since(api), null);
    return place;

    function show(openedAt: string | null, link: string | null): void {
      const make: HTMLButtonElement = el('button', {
        type: 'button',
        class: openedAt ? '' : 'primary',
        onclick: () => void act([make, revoke], told, async () => {
          const opened = await api.post<Opened>('sessions/feed');
          show(opened.openedAt, new URL(opened.link, location.origin).href);
          announce('The link is made. Copy it now: it is not shown again.');
        }),
      }, openedAt ? 'Make a new link' : 'Make a link');
      const revoke: HTMLButtonElement = el('button', {
        type: 'button',
        onclick: () => void act([make, revoke], told, async () => {
          await api.remove('sessions/feed');
          announce('The link leads nowhere from now on.');
          await refresh();
        }),
      }, 'Take the link back');
      place.replaceChildren(...present([
        el('p', { class: 'small' }, 'Your calendar subscribes to a secret link and shows when you are taken and where: neither with whom nor why.'),
        link && shownOnce('calendar-link-address', 'Copy it now: it is shown only this once, and whoever has it can read it', link, told),
        !link && openedAt && el('p', {}, `You made a link on ${showMoment(openedAt)}. It is not shown again; a new one takes its place.`),
        el('div', { class: 'buttons' }, make, openedAt ? revoke : null),
        told,
      ]));
    }
  },
});

/** When the link was made; null where there is none. */
async function since(api: Api): Promise<string | null> {
  try {
    return (await api.get<{ openedAt: string }>('sessions/feed')).openedAt;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
}
