/** Just enough to build elements; text is always text, never markup. */

export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | EventListener | undefined>;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

/** Those that are there. */
export const present = (children: Child[]): (Node | string)[] =>
  children.filter((child) => child !== null && child !== undefined && child !== false);

/** Says it to whoever cannot see that something changed. */
export function announce(words: string): void {
  const place = document.getElementById('announce');
  if (place) place.textContent = words;
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ');

export function showDay(instant: string): string {
  const date = new Date(instant);
  return (date.getFullYear() === new Date().getFullYear() ? day : dayAndYear).format(date);
}
export const showTime = (instant: string): string => time.format(new Date(instant));
export const showMoment = (instant: string): string => `${showDay(instant)}, ${showTime(instant)}`;

/** `market-action` → `market action`, for words that have no better ones. */
export const words = (code: string): string => code.replaceAll('-', ' ');
export const sentence = (code: string): string => words(code).replace(/^./, (first) => first.toUpperCase());

/** Of somebody who may have left since. */
export const nameOf = (person: { name: string | null }): string => person.name ?? 'somebody who has left';

/** An input under its label. */
export function field<T extends HTMLElement>(id: string, label: string, input: T): { element: HTMLElement; input: T } {
  input.id = id;
  return { element: el('p', { class: 'field' }, el('label', { for: id }, label), input), input };
}

/** An input of one line that holds a text. */
export function line(text: string, attributes: Attributes = {}): HTMLInputElement {
  const input = el('input', { type: 'text', ...attributes });
  input.value = text;
  return input;
}

/** `P14D`, `P2W`, `P1M` in days, as the platform counts them; null for what is no number of days, such as hours. */
export function inDays(period: string): number | null {
  const [, number, unit] = /^P(\d+)([DWMY])$/.exec(period) ?? [];
  const length = { D: 1, W: 7, M: 30, Y: 365 }[unit ?? ''];
  return number && length ? Number(number) * length : null;
}
