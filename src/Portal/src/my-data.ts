import type { Api } from './api';
import { announce, el } from './dom';
import { panel, type Panel } from './panel';

/** One from each part of the platform; each keeps its own. */
const exports = ['people/me/export', 'pairs/mine/export', 'partnerships/mine/export', 'reflections/mine/export', 'inbox/export'];

export const myData = (api: Api, unit: string): Panel => panel({
  id: 'my-data',
  title: 'My data',
  load: (refresh) => {
    const download = async (): Promise<void> => {
      save(`mentoring-${unit}.json`, await Promise.all(exports.map((path) => api.get(path))));
      await refresh();
      announce('Downloaded.');
    };
    const button: HTMLButtonElement = el('button', {
      type: 'button',
      onclick: () => {
        button.disabled = true;
        void download().catch(() => {
          button.disabled = false;
          said.textContent = 'The download did not succeed; nothing was saved. Try again.';
        });
      },
    }, 'Download my data');
    const said = el('p', { class: 'small', role: 'alert' });
    return Promise.resolve([
      el('p', {}, 'Everything the platform keeps under your name, in one file. What you said without your name, in surveys and insights, is not in it.'),
      el('p', {}, button),
      said,
    ]);
  },
});

function save(name: string, content: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
