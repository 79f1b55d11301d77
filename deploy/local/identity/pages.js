const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (character) => escapes[character]);

const style = `
  :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6b7d; --line: #d9e0e8; --paper: #ffffff; --ground: #f3f6f9; --accent: #0b6e69; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9fb0c2; --line: #2c3947; --paper: #18212b; --ground: #10171e; --accent: #5cc9c1; } }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
  main { max-width: 34rem; margin: 6vh auto; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
  h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
  p { margin: 0 0 1.25rem; color: var(--soft); }
  p[role=alert] { color: #b3261e; }
  label { display: block; font-weight: 600; margin-bottom: .25rem; }
  .row { display: flex; gap: .5rem; margin-bottom: 1.5rem; }
  input { flex: 1; font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; }
  button { font: inherit; cursor: pointer; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; }
  .row button { padding: .5rem 1rem; background: var(--accent); border-color: var(--accent); color: var(--paper); }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
  li button { width: 100%; text-align: left; padding: .6rem .9rem; display: grid; grid-template-columns: 1fr auto; column-gap: 1rem; }
  li button:hover, li button:focus-visible { border-color: var(--accent); outline: none; box-shadow: 0 0 0 1px var(--accent); }
  li small { color: var(--soft); grid-column: 1; } li em { color: var(--soft); font-style: normal; grid-row: 1 / 3; grid-column: 2; align-self: center; }
`;

const page = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;

export const signInPage = (action, people, refused) => page('Sign in', `
<h1>Sign in</h1>
<p>This is a developer's machine: whoever you name, you are.</p>
${refused ? `<p role="alert">${escape(refused)} is not of this demonstration's domains.</p>` : ''}
<form method="post" action="${escape(action)}">
  <label for="email">E-mail</label>
  <div class="row"><input id="email" name="email" type="email" required autofocus placeholder="someone@nordlicht.example"><button>Sign in</button></div>
</form>
${people.length === 0 ? '' : `<form method="post" action="${escape(action)}"><ul>${people.map((person) => `
  <li><button name="email" value="${escape(person.email)}"><span>${escape(person.name)}</span><small>${escape(person.email)}</small><em>${escape(person.role)}</em></button></li>`).join('')}
</ul></form>`}`);

export const wordPage = (title, words) => page(title, `<h1>${escape(title)}</h1><p>${escape(words)}</p>`);
