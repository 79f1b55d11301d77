const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (character) => escapes[character]);
const time = (instant) => instant.slice(0, 16).replace('T', ' ');

const style = `
  :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6b7d; --line: #d9e0e8; --paper: #ffffff; --ground: #f3f6f9; --accent: #0b6e69; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9fb0c2; --line: #2c3947; --paper: #18212b; --ground: #10171e; --accent: #5cc9c1; } }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
  main { max-width: 60rem; margin: 4vh auto; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
  h1 { margin: 0 0 .25rem; font-size: 1.5rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
  p, dt, small { color: var(--soft); } a { color: var(--accent); }
  form { display: flex; gap: .5rem; margin: 1rem 0; }
  input { flex: 1; font: inherit; padding: .4rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; }
  button { font: inherit; padding: .4rem 1rem; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
  table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: .45rem .6rem; border-top: 1px solid var(--line); vertical-align: top; }
  td:first-child { white-space: nowrap; color: var(--soft); }
  mark { background: none; color: var(--accent); border: 1px solid; border-radius: 6px; padding: 0 .35rem; font-size: .8rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; }
  iframe { width: 100%; height: 24rem; border: 1px solid var(--line); border-radius: 8px; background: #ffffff; }
`;

const page = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;

export const listPage = (messages, total, to) => page('Mail', `
<h1>Mail</h1>
<p>${total} caught, none delivered.${messages.length < total ? ` The newest ${messages.length}:` : ''}</p>
<form><input name="to" type="search" value="${escape(to)}" placeholder="to whom" aria-label="to whom"><button>Show</button></form>
<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>${messages.map((mail) => `
<tr><td>${time(mail.receivedAt)}</td><td>${escape(mail.to.join(', '))}</td><td><a href="/messages/${mail.id}">${escape(mail.subject) || '(none)'}</a>${mail.method ? ` <mark>${escape(mail.method)}</mark>` : ''}</td></tr>`).join('')}
</tbody></table>`);

/** A message's HTML is shown in a frame that may neither run scripts nor load anything. */
export const messagePage = (mail) => page(mail.subject, `
<p><a href="/">All mail</a></p>
<h1>${escape(mail.subject)}</h1>
<dl>${Object.entries(mail.headers).map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
${mail.calendar ? `<h2>Calendar: ${escape(mail.calendar.method)}</h2><pre>${escape(mail.calendar.content)}</pre>` : ''}
${mail.html ? `<h2>HTML</h2><iframe sandbox title="HTML" srcdoc="${escape(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">${mail.html}`)}"></iframe>` : ''}
${mail.text ? `<h2>Text</h2><pre>${escape(mail.text)}</pre>` : ''}`);
