import type { Api } from './api';
import { announce, el, field, line, present, showDay, showMoment } from './dom';
import { act, panel, shownOnce, type Panel } from './panel';

interface Client { id: string; name: string; createdAt: string; createdBy: string | null; expiresAt: string; expired: boolean; previousUntil: string | null }
interface WithToken { client: Client; token: string }

/** Programs of the enterprise that bring people in, each by a secret token; for who administers the unit. */
export const machineClients = (api: Api): Panel => panel({
  id: 'machine-clients',
  title: 'Machine clients',
  hint: 'Your HR system or identity provider brings people in by a secret token. It can do nothing else here.',
  load: async () => {
    const place = el('div', { class: 'panel-body' });
    show(await api.all<Client>('machine-clients'), null);
    return place;

    function show(clients: Client[], fresh: WithToken | null): void {
      const told = el('div', {});
      const buttons: HTMLButtonElement[] = [];
      const button = (label: string, name: string, kind: string, work: () => Promise<WithToken>, said: string): HTMLButtonElement => {
        const made: HTMLButtonElement = el('button', {
          type: 'button',
          class: kind,
          'aria-label': name,
          onclick: () => void act(buttons, told, async () => {
            const fresh = await work();
            show(await api.all<Client>('machine-clients'), fresh);
            announce(said);
          }),
        }, label);
        buttons.push(made);
        return made;
      };

      const name = field('machine-clients-name', 'What it is', line('', { placeholder: 'Workday', maxlength: '100', autocomplete: 'off' }));
      const until = field('machine-clients-until', 'Last day of its token (a year from now if you leave it empty)', el('input', { type: 'date' }));
      place.replaceChildren(...present([
        fresh && el('div', { role: 'status' },
          el('p', {}, `This is the token of ${fresh.client.name}. Whoever has it can bring people in and change them: put it where the provider asks for a secret token, and nowhere else.`),
          ...present([['SCIM 2.0', 'scim/v2'], ['files', 'people/imports']].map(([way, path]) =>
            el('p', { class: 'small' }, `Its address for ${way}: `, el('code', {}, `${location.origin}${api.address(path!)}`)))),
          shownOnce('machine-clients-token', 'Copy it now: it is shown only this once', fresh.token, told)),
        clients.length === 0 ? el('p', { class: 'empty' }, 'No program brings people in yet.') : el('ul', { class: 'people' }, ...clients.map((client) => el('li', {},
          el('span', {}, client.name,
            el('span', { class: 'small' }, `Made ${client.createdBy ? `by ${client.createdBy} ` : ''}on ${showDay(client.createdAt)}.`),
            el('span', { class: 'small' }, client.expired
              ? `Its token ended on ${showDay(client.expiresAt)}: nothing comes in until it has a new one.`
              : `Its token ends on ${showDay(client.expiresAt)}.`),
            client.previousUntil ? el('span', { class: 'small' }, `The one before works until ${showMoment(client.previousUntil)}.`) : null),
          el('span', { class: 'buttons' },
            button('New token', `New token for ${client.name}`, '', () => api.post<WithToken>(`machine-clients/${client.id}/rotate`),
              'The new token is made. Copy it now: it is not shown again. The one before works for another day.'),
            revoke(client))))),
        name.element,
        until.element,
        el('div', { class: 'buttons' },
          button('Make a token', 'Make a token for another program', clients.length === 0 ? 'primary' : '', () => api.post<WithToken>('machine-clients', {
            name: name.input.value.trim(),
            ...(until.input.value ? { expiresAt: new Date(`${until.input.value}T23:59:59`).toISOString() } : {}),
          }), 'The token is made. Copy it now: it is not shown again.')),
        told,
      ]));

      function revoke(client: Client): HTMLButtonElement {
        const made: HTMLButtonElement = el('button', {
          type: 'button',
          'aria-label': `Revoke ${client.name}`,
          onclick: () => {
            if (!confirm(`Revoke ${client.name}? Its tokens stop working at once and for good, and no more people come in by it.`)) return;
            void act(buttons, told, async () => {
              const { etag } = await api.read<Client>(`machine-clients/${client.id}`);
              await api.remove(`machine-clients/${client.id}`, etag);
              show(await api.all<Client>('machine-clients'), fresh?.client.id === client.id ? null : fresh);
              announce(`${client.name} is revoked.`);
            });
          },
        }, 'Revoke');
        buttons.push(made);
        return made;
      }
    }
  },
});
