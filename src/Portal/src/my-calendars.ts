import type { Api } from './api';
import { announce, el, field, line, present, showMoment } from './dom';
import { act, panel, type Panel } from './panel';
import type { Calendar, CalendarAccount, Page } from './shapes';

const most = 5;
const providers = { microsoft: 'Microsoft 365', google: 'Google' };

/** Calendars kept elsewhere, so that nobody is met while they say busy. */
export const myCalendars = (api: Api): Panel => panel({
  id: 'calendars',
  title: 'My calendars',
  load: async (refresh) => {
    const [{ items }, account] = await Promise.all([api.get<Page<Calendar>>('calendars'), api.get<CalendarAccount>('calendars/account')]);
    const place = el('div', { class: 'panel-body' });
    list();
    return place;

    function list(): void {
      place.replaceChildren(...present([
        items.length === 0
          ? el('p', { class: 'empty' }, 'None yet: only your hours are known.')
          : el('ul', { class: 'timeline' }, ...items.map((calendar) => show(calendar, api, refresh))),
        el('p', { class: 'small' }, 'Read every hour. Only when you are busy, or on shift, is kept: no titles, places or people. Nobody else sees it; they see which times are left.'),
        account.provider && !account.calendarId && offer(account, providers[account.provider]),
        items.filter((calendar) => !calendar.account).length < most && el('p', {}, el('button', { type: 'button', onclick: add }, 'Add a calendar')),
      ]));
    }

    function offer({ address }: CalendarAccount, provider: string): HTMLElement {
      const told = el('div', {});
      const connect: HTMLButtonElement = el('button', {
        type: 'button',
        onclick: () => void act([connect], told, async () => {
          await api.put('calendars/account', {});
          announce('Connected. It is read now.');
          await refresh();
        }),
      }, `Connect my ${provider} calendar`);
      return el('div', {},
        el('p', { class: 'small' }, `The calendar of ${address}: the platform reads when you are busy, and enters conversations booked from now on, as private ones. You can remove it at any time; the conversations to come then leave it.`),
        connect, told);
    }

    function add(): void {
      const told = el('div', {});
      const name = field('calendar-name', 'Name', line('', { maxlength: '100' }));
      const kind = field('calendar-kind', 'What its events are', el('select', {},
        el('option', { value: 'busy' }, 'Times at which I am busy'),
        el('option', { value: 'rota' }, 'My shifts, instead of my weekly hours')));
      const address = field('calendar-address', 'Secret address (iCal, ends mostly in .ics)', line('', { type: 'url', autocomplete: 'off', spellcheck: 'false', placeholder: 'https://' }));
      const save: HTMLButtonElement = el('button', {
        type: 'button',
        class: 'primary',
        onclick: () => void act([save, leave], told, async () => {
          await api.post('calendars', { name: name.input.value, kind: kind.input.value, address: address.input.value });
          announce('Added. It is read now.');
          await refresh();
        }),
      }, 'Add');
      const leave: HTMLButtonElement = el('button', { type: 'button', onclick: list }, 'Leave it');
      place.replaceChildren(
        el('p', { class: 'small' }, 'Your calendar program gives it under “share” or “publish”. Whoever has it can read that calendar, so it is sealed here and not shown again.'),
        name.element, kind.element, address.element, el('div', { class: 'buttons' }, save, leave), told);
      name.input.focus();
    }
  },
});

function show(calendar: Calendar, api: Api, done: () => Promise<void>): HTMLElement {
  const place = el('div', {});
  const now: HTMLButtonElement = el('button', {
    type: 'button',
    'aria-label': `Read now: ${calendar.name}`,
    onclick: () => void act([now, remove], place, async () => {
      await api.post(`calendars/${calendar.id}/read`);
      announce(`${calendar.name} is read now.`);
      await done();
    }),
  }, 'Read now');
  const remove: HTMLButtonElement = el('button', {
    type: 'button',
    'aria-label': `Remove ${calendar.name}`,
    onclick: () => void act([now, remove], place, async () => {
      await api.remove(`calendars/${calendar.id}`);
      announce(`${calendar.name} is removed, with all that was read of it.`);
      await done();
    }),
  }, 'Remove');
  return el('li', {},
    el('strong', {}, calendar.name),
    el('span', { class: 'quiet' }, `${calendar.host}${calendar.ending && ` … ${calendar.ending}`}`),
    el('span', {}, state(calendar)),
    calendar.trouble ? el('p', { class: 'small' }, `${calendar.trouble.detail} Since ${showMoment(calendar.trouble.since)}; next try ${showMoment(calendar.nextAt)}.`) : null,
    calendar.account ? el('p', { class: 'small' }, entered(calendar.account)) : null,
    calendar.account?.trouble ? el('p', { class: 'small' }, `${calendar.account.trouble.detail} Since ${showMoment(calendar.account.trouble.since)}.`) : null,
    calendar.leftOut > 0 ? el('p', { class: 'small' }, `${calendar.leftOut} of its events could not be read and are not known.`) : null,
    el('div', { class: 'buttons' }, now, remove),
    place);
}

function entered({ entered, waiting, givenUp }: NonNullable<Calendar['account']>): string {
  return [
    entered === 0 ? 'No conversation stands in it yet; those booked from now on will' : `${entered} ${entered === 1 ? 'conversation stands' : 'conversations stand'} in it`,
    waiting > 0 && `${waiting} still to be entered, moved or taken out`,
    givenUp > 0 && `${givenUp} could not be brought up to date: check the time here`,
  ].filter(Boolean).join('; ') + '.';
}

function state(calendar: Calendar): string {
  const held = `${calendar.times} ${calendar.kind === 'rota' ? 'shift' : 'busy time'}${calendar.times === 1 ? '' : 's'}`;
  if (!calendar.readAt) return calendar.trouble ? 'Not read yet' : 'Read within a minute';
  return `${held}, as of ${showMoment(calendar.readAt)}`;
}
