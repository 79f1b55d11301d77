import { Refused, type Api } from './api';
import { announce, el, field, inDays, line, present, sentence } from './dom';
import { myRota } from './my-rota';
import { act, panel, type Panel } from './panel';
import type { Availability } from './shapes';

const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** When one can be met. What is booked stays booked. */
export const myHours = (api: Api): Panel => panel({
  id: 'availability',
  title: 'My hours',
  load: async (refresh) => {
    const { body, etag } = await api.read<Availability>('availability/mine');
    const place = el('div', { class: 'panel-body' });
    read(body, etag);
    return place;

    function read(now: Availability, version: string): void {
      const days = week.map((day) => ({ day, blocks: blocksOf(now, day) })).filter(({ blocks }) => blocks !== '');
      const off = now.exceptions.filter((day) => !day.offered && !day.from).length;
      place.replaceChildren(...present([
        now.isDefault && el('p', { class: 'small' }, 'These are assumed until you say otherwise.'),
        days.length === 0 ? el('p', { class: 'empty' }, 'You offer no hours: nothing can be booked.')
          : el('dl', { class: 'hours' }, ...days.flatMap(({ day, blocks }) => [el('dt', {}, sentence(day)), el('dd', {}, blocks)])),
        el('p', { class: 'small' }, [
          now.timeZone.replaceAll('_', ' '),
          `booked ${ahead(now.minimumNotice)} ahead at least`,
          now.preferences.times.length > 0 && `best ${list(now.preferences.times)}`,
          off > 0 && `${off} ${off === 1 ? 'day' : 'days'} off`].filter(Boolean).join(' · ')),
        el('p', {}, el('button', { type: 'button', onclick: () => change(now, version) }, 'Change my hours')),
        myRota(api),
      ]));
    }

    function change(now: Availability, version: string): void {
      const told = el('div', {});
      const inputs = week.map((day) => ({ day, ...field(`hours-${day}`, sentence(day), line(blocksOf(now, day))) }));
      const zone = field('hours-zone', 'Time zone', line(now.timeZone));
      const noticeBefore = String(inDays(now.minimumNotice) ?? '');
      const notice = field('hours-notice', 'Days of notice', line(noticeBefore, { type: 'number', min: '0', max: '30' }));
      const best = field('hours-best', 'What suits best, such as 09:00–11:00; empty: any', line(list(now.preferences.times)));
      const wholeDays = now.exceptions.filter((day) => !day.offered && !day.from);
      const off = field('hours-off', 'Days off, one a line, as 2027-08-02 holiday', el('textarea', { rows: '3' }));
      off.input.value = wholeDays.map((day) => [day.date, day.reason].filter(Boolean).join(' ')).join('\n');
      const save: HTMLButtonElement = el('button', {
        type: 'button',
        class: 'primary',
        onclick: () => void act([save, leave], told, async () => {
          await api.put('availability/mine', {
            timeZone: zone.input.value.trim(),
            weekly: inputs.flatMap(({ day, input }) => spans(input.value).map((span) => ({ day, ...span }))),
            // Hours of notice, or none said in days, stay as they are unless days are.
            minimumNotice: notice.input.value === noticeBefore ? now.minimumNotice : `P${notice.input.value || '0'}D`,
            // Parts of days and hours offered beyond these have no place on this page; they are kept.
            exceptions: [...now.exceptions.filter((day) => !wholeDays.includes(day)), ...daysOff(off.input.value)],
            preferences: { ...now.preferences, times: spans(best.input.value) },
          }, version);
          announce('Your hours are kept. What is booked stays booked.');
          await refresh();
        }),
      }, 'Save');
      const leave: HTMLButtonElement = el('button', { type: 'button', onclick: () => read(now, version) }, 'Leave them as they were');
      place.replaceChildren(
        el('p', { class: 'small' }, 'From and to, as 09:00–12:00, 13:00–17:00; empty: not on that day.'),
        ...inputs.map((day) => day.element), zone.element, notice.element, best.element, off.element,
        el('div', { class: 'buttons' }, save, leave),
        told);
      inputs[0]?.input.focus();
    }
  },
});

interface Span { from: string; to: string }

const list = (spans: Span[]): string => spans.map(({ from, to }) => `${from.slice(0, 5)}–${to.slice(0, 5)}`).join(', ');
const blocksOf = (now: Availability, day: string): string => list(now.weekly.filter((block) => block.day === day));

/** What stands between commas, each from and to. */
const spans = (text: string): Span[] => text.split(',').map((part) => part.trim()).filter(Boolean).map((part) => {
  const [from = '', to = ''] = part.split(/\s*[–-]\s*/).map(clock);
  if (![from, to].every((time) => /^\d\d:\d\d$/.test(time))) throw new Refused(0, 'form', `“${part}” is not understood. Write it as 09:00–12:00.`, null);
  return { from, to };
});

/** `9` and `9:30` as the platform writes them. */
const clock = (text: string): string => text.replace(/^(\d{1,2})(?:[:.](\d{2}))?$/, (_, hour: string, minute?: string) => `${hour.padStart(2, '0')}:${minute ?? '00'}`);

const daysOff = (text: string): { date: string; reason: string | null }[] => text.split('\n').map((row) => row.trim()).filter(Boolean).map((row) => {
  const [date = '', ...reason] = row.split(/\s+/);
  return { date, reason: reason.join(' ') || null };
});

const ahead = (period: string): string => {
  const days = inDays(period);
  return days === null ? period : days === 1 ? '1 day' : `${days} days`;
};
