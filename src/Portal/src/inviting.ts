import { Refused, type Api } from './api';
import { announce, el, field, words } from './dom';
import { act, Empty, panel, type Panel } from './panel';
import type { Programme, Side } from './shapes';

const most = 100;

/** For who manages the programme: a letter with a link to what would be shared. It enrols nobody. */
export const inviting = (api: Api, slug: string): Panel => panel({
  id: 'inviting',
  title: 'Invite people',
  hint: 'They get a letter with a link to what would be shared. Only they can enrol, and you do not learn who does not answer.',
  hideEmpty: true,
  load: async () => {
    const programme = await api.get<Programme>(`programmes/${slug}`);
    if (programme.state !== 'open') return new Empty('Nobody can take up an invitation before a programme is open, or after.');
    const told = el('div', {});
    const side = field('inviting-side', 'As', el('select', {}, ...(['mentor', 'mentee'] as const).map((one) => el('option', { value: one }, words(one)))));
    const emails = field('inviting-emails', `Work e-mail addresses, one a line, ${most} at most`, el('textarea', { rows: '4', autocomplete: 'off', spellcheck: 'false' }));
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      onclick: () => void act([button], told, async () => {
        const wanted = [...new Set(emails.input.value.split(/[\s,;]+/).filter((email) => email.length > 0))];
        try {
          await api.post('enrolments/invitations', { programme: slug, side: side.input.value as Side, emails: wanted });
        } catch (error) {
          // By address and not by its place in the list.
          if (error instanceof Refused && (error.code === 'person-unknown' || error.code === 'not-eligible'))
            throw new Refused(error.status, error.code, `${error.message} ${Object.values(error.errors).flat().join(', ')}`, null);
          throw error;
        }
        emails.input.value = '';
        announce(wanted.length === 1 ? 'One person is invited.' : `${wanted.length} people are invited.`);
        told.replaceChildren(el('p', { class: 'state' }, wanted.length === 1 ? 'One letter is on its way.' : `${wanted.length} letters are on their way.`));
      }),
    }, 'Invite');
    return [side.element, emails.element, el('div', { class: 'buttons' }, button), told];
  },
});
