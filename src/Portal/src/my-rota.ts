import { Refused, type Api } from './api';
import { announce, el, field, showDay } from './dom';
import { act, fold } from './panel';

/** Days as `2026-12-24`, on the wall clock of the zone. */
interface Rota { timeZone: string; first: string; last: string; shifts: { date: string; from: string; to: string }[] }

/** Shifts from a file: while they last they stand for the weekly hours. */
export const myRota = (api: Api): HTMLDetailsElement => fold('My shifts, from a file', async (again) => {
  const known = await api.read<Rota>('availability/mine/rota').catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  });
  const told = el('div', {});
  const file = field('rota-file', known ? 'Another file in its place' : 'Your shifts as a CSV file', el('input', { type: 'file', accept: '.csv,text/csv' }));
  const take: HTMLButtonElement = el('button', {
    type: 'button',
    onclick: () => void act([take, remove], told, async () => {
      const chosen = file.input.files?.[0];
      if (!chosen) throw new Refused(0, 'form', 'Choose a file first.', null);
      await api.put('availability/mine/rota', new Blob([chosen], { type: 'text/csv' }), known?.etag);
      announce('Your shifts are kept. What is booked stays booked.');
      await again();
    }),
  }, 'Take these shifts');
  const remove: HTMLButtonElement = el('button', {
    type: 'button',
    onclick: () => void act([take, remove], told, async () => {
      await api.remove('availability/mine/rota', known?.etag);
      announce('Your shifts are removed; your weekly hours count again.');
      await again();
    }),
  }, 'Remove my shifts');
  return [
    known && el('p', {}, `${known.body.shifts.length} ${known.body.shifts.length === 1 ? 'shift' : 'shifts'}, ${day(known.body.first)} to ${day(known.body.last)} (${known.body.timeZone.replaceAll('_', ' ')}). Between these days they stand for your weekly hours.`),
    el('p', { class: 'small' }, 'A row a shift, with the columns date, from and to, such as 2026-12-24, 22:00, 06:00. All of the file is taken or nothing.'),
    file.element,
    el('div', { class: 'buttons' }, take, known && remove),
    told,
  ];
});

/** Noon, so that it is that day in every zone of whoever looks. */
const day = (date: string): string => showDay(`${date}T12:00:00`);
