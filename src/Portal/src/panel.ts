import { Refused } from './api';
import { announce, el, field, line, present, sentence, type Child } from './dom';

/** A part of the page that is loaded on its own: one that fails leaves the others whole, and what one may not see is not there. */
export interface Panel { element: HTMLElement; refresh(): Promise<void> }

/** Nothing to show. Whether that is worth a panel depends on who is looking. */
export class Empty {
  constructor(readonly words: string) {}
}

interface Options {
  id: string;
  title: string;
  hint?: string;
  /** Not there while it is empty, for people to whom it need not matter. */
  hideEmpty?: boolean;
  load(refresh: () => Promise<void>): Promise<Child | Child[] | Empty>;
}

export function panel({ id, title, hint, hideEmpty, load }: Options): Panel {
  const body = el('div', { class: 'panel-body' }, skeleton());
  const element = el('section', { id, class: 'panel', 'aria-labelledby': `${id}-title`, 'aria-busy': 'true' },
    el('header', {}, el('h2', { id: `${id}-title`, tabindex: '-1' }, title), hint ? el('p', { class: 'hint' }, hint) : null),
    body);

  const refresh = async (): Promise<void> => {
    element.setAttribute('aria-busy', 'true');
    try {
      const content = await load(refresh);
      element.hidden = content instanceof Empty && hideEmpty === true;
      const shown = content instanceof Empty ? el('p', { class: 'empty' }, content.words) : content;
      body.replaceChildren(...present([shown].flat()));
    } catch (error) {
      if (error instanceof Refused && (error.status === 403 || error.status === 404)) element.hidden = true;
      else body.replaceChildren(failure(error, refresh));
    } finally {
      element.setAttribute('aria-busy', 'false');
    }
  };
  void refresh();
  return { element, refresh };
}

export function failure(error: unknown, again?: () => void): HTMLElement {
  const refused = error instanceof Refused ? error : null;
  return el('div', { class: 'failure', role: 'alert' },
    el('p', {}, refused?.message ?? 'Something on this page failed.'),
    ...Object.entries(refused?.errors ?? {}).map(([field, faults]) => el('p', { class: 'small' }, `${sentence(field)} ${faults.join('; ')}.`)),
    refused?.traceId ? el('p', { class: 'small' }, `Trace ${refused.traceId}`) : null,
    again ? el('button', { type: 'button', onclick: again }, 'Try again') : null);
}

/** Carries out what a click asks for: once at a time, and a refusal is told where it was asked. */
export async function act(buttons: HTMLButtonElement[], place: HTMLElement, work: () => Promise<void>): Promise<void> {
  place.replaceChildren();
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place.replaceChildren(failure(error));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** A secret that is not shown again, to be copied. */
export function shownOnce(id: string, label: string, secret: string, told: HTMLElement): HTMLElement {
  const { element, input } = field(id, label, line(secret, { readonly: true }));
  const copy: HTMLButtonElement = el('button', {
    type: 'button',
    class: 'primary',
    onclick: () => void act([copy], told, async () => {
      input.select();
      try {
        await navigator.clipboard.writeText(secret);
        announce('Copied.');
      } catch {
        announce('Your browser does not let the page copy. It is selected: copy it yourself.');
      }
    }),
  }, 'Copy');
  return el('div', {}, element, el('div', { class: 'buttons' }, copy));
}

/** A part that is fetched when it is opened. */
export function fold(summary: string, load: (again: () => Promise<void>) => Promise<Child[]>): HTMLDetailsElement {
  const body = el('div', {}, el('p', { class: 'quiet' }, 'Loading…'));
  const show = async (): Promise<void> => {
    try {
      const content = await load(show);
      body.replaceChildren(...present(content));
    } catch (error) {
      body.replaceChildren(failure(error, () => void show()));
    }
  };
  const details = el('details', { class: 'more', ontoggle: () => { if (details.open) void show(); } }, el('summary', {}, summary), body);
  return details;
}

const skeleton = (): HTMLElement => el('div', { class: 'skeleton', 'aria-hidden': 'true' }, el('span'), el('span'), el('span'));

/** A list that is shown in helpings. */
export function helpings<T>(place: HTMLElement, items: T[], size: number, show: (item: T) => Node): HTMLElement {
  const more = el('p', { class: 'more' });
  const next = (): void => {
    place.append(...items.splice(0, size).map(show));
    more.replaceChildren(...(items.length > 0 ? [el('button', { type: 'button', onclick: next }, `Show ${Math.min(size, items.length)} more of ${items.length}`)] : []));
  };
  next();
  return el('div', {}, place, more);
}
