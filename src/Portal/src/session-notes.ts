import type { Api } from './api';
import { announce, el, field, present, showMoment, type Child } from './dom';
import { act } from './panel';
import type { Agenda, Note, Session, Side } from './shapes';

/** What the two want to talk about in a session, and what they wrote down: for them alone. */
export async function sessionNotes(api: Api, session: Session, as: Side): Promise<Child[]> {
  return [
    el('p', { class: 'small' }, 'Agenda and shared note are for the two of you, your own note for you alone. No manager or administrator can open them; two safeguarding contacts together could open what you share, for law or safety, and you would be told at once.'),
    ...await agenda(api, session, as),
    ...await note(api, session, 'shared', 'Shared note'),
    ...await note(api, session, 'mine', 'Your own note'),
  ];
}

async function agenda(api: Api, session: Session, as: Side): Promise<Child[]> {
  const path = `sessions/${session.id}/agenda`;
  const place = el('div', { class: 'written' });
  const read = async (): Promise<void> => show(await api.get<Agenda>(path));
  await read();
  return [el('h3', { class: 'minor' }, 'What to talk about'), place];

  function show(now: Agenda): void {
    if (now.open && now.points.length === 0) {
      write(now);
      return;
    }
    const told = el('div', {});
    const agree: HTMLButtonElement = el('button', {
      type: 'button',
      class: 'primary',
      onclick: () => void act([agree, change], told, async () => {
        await api.post(`${path}/agree`, { version: now.version });
        announce('You have agreed to the agenda.');
        await read();
      }),
    }, 'Agree to it');
    const change: HTMLButtonElement = el('button', { type: 'button', onclick: () => write(now) }, 'Change it');
    place.replaceChildren(...present([
      now.points.length === 0 ? el('p', { class: 'empty' }, 'Nothing was written down.')
        : el('ul', { class: 'points' }, ...now.points.map((point) => el('li', {}, point.text, ' ', el('span', { class: 'quiet' }, point.by === as ? 'yours' : 'theirs')))),
      now.points.length > 0 && el('p', { class: now.agreedByMe && now.agreedByOther ? 'state' : 'state forming' }, agreement(now)),
      now.open && el('div', { class: 'buttons' }, ...present([!now.agreedByMe && agree, change])),
      told,
    ]));
  }

  function write(now: Agenda): void {
    const told = el('div', {});
    const points = field(`agenda-${session.id}`, 'One point a line', el('textarea', { rows: '4' }));
    points.input.value = now.points.map((point) => point.text).join('\n');
    const lines = (): string[] => [...new Set(points.input.value.split('\n').map((text) => text.trim()).filter(Boolean))];
    const save: HTMLButtonElement = el('button', {
      type: 'button',
      class: 'primary',
      onclick: () => void act([save], told, async () => {
        show(await api.put<Agenda>(path, { points: lines() }, now.etag));
        announce('The agenda is kept; the other can agree to it.');
      }),
    }, 'Save the agenda');
    const take = (starter: string): HTMLButtonElement => {
      const button: HTMLButtonElement = el('button', {
        type: 'button',
        class: 'idea',
        onclick: () => {
          points.input.value = [...lines(), starter].join('\n');
          button.disabled = true;
        },
      }, starter);
      return button;
    };
    place.replaceChildren(
      points.element,
      el('details', { class: 'more' }, el('summary', {}, 'Ideas'), el('div', {}, ...now.starters.filter((starter) => !lines().includes(starter)).map(take))),
      el('div', { class: 'buttons' }, ...present([save, now.points.length > 0 && el('button', { type: 'button', onclick: () => show(now) }, 'Leave it as it was')])),
      told);
  }
}

const agreement = (now: Agenda): string =>
  now.agreedByMe && now.agreedByOther ? 'Agreed by both'
  : now.agreedByMe ? 'Waits for the other to agree'
  : 'The other has agreed; you have not';

async function note(api: Api, session: Session, which: 'shared' | 'mine', title: string): Promise<Child[]> {
  const path = `sessions/${session.id}/notes/${which}`;
  let now = await api.get<Note>(path);
  const told = el('div', {});
  const written = el('p', { class: 'quiet' }, when(now));
  const text = field(`note-${which}-${session.id}`, title, el('textarea', { rows: '3' }));
  text.input.value = now.text;
  const save: HTMLButtonElement = el('button', {
    type: 'button',
    onclick: () => void act([save], told, async () => {
      now = await api.put<Note>(path, { text: text.input.value }, now.etag);
      written.textContent = when(now);
      announce('The note is kept.');
    }),
  }, 'Save the note');
  return [el('div', { class: 'written' }, text.element, el('div', { class: 'buttons' }, save, written), told)];
}

const when = (note: Note): string => (note.writtenAt ? `Last written ${showMoment(note.writtenAt)}` : '');
