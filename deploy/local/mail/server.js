/** The mail catcher of a developer's machine: SMTP in (with STARTTLS for who asks), a page for people and JSON for tests out. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { Mailbox } from './mailbox.js';
import { listPage, messagePage } from './pages.js';

const port = Number(process.env.PORT ?? 5111);
const smtpPort = Number(process.env.SMTP_PORT ?? 5112);
const mailbox = new Mailbox(join(process.env.STATE_FOLDER ?? '.state', 'messages'));
const largest = 5 * 1024 * 1024;

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const smtp = new SMTPServer({
  authOptional: true,
  size: largest,
  disableReverseLookup: true,
  onData(stream, session, done) {
    read(stream).then(async (raw) => {
      if (stream.sizeExceeded) throw Object.assign(new Error('message too large'), { responseCode: 552 });
      await mailbox.add(raw, session.envelope.rcptTo.map((recipient) => recipient.address));
    }).then(() => done(), done);
  },
});
// A client that goes away in the middle is the client's matter.
smtp.on('error', (error) => console.error(error.message));

const send = (response, status, type, body) => response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
const json = (response, status, value) => send(response, status, 'application/json', JSON.stringify(value));

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const query = {
    to: searchParams.get('to'),
    subject: searchParams.get('subject'),
    limit: Math.min(Math.max(Number(searchParams.get('limit') ?? 50) || 50, 1), 1000),
  };
  const id = /^\/messages\/(\d+)$/.exec(pathname)?.[1];

  if (pathname === '/health') return send(response, 200, 'text/plain', 'healthy');
  if (request.method === 'DELETE' && pathname === '/messages') {
    mailbox.clear();
    return response.writeHead(204).end();
  }
  if (request.method !== 'GET') return json(response, 405, { error: 'method not allowed' });
  if (pathname === '/') return send(response, 200, 'text/html', listPage(mailbox.find(query), mailbox.count(query), query.to));
  if (pathname === '/messages') {
    return json(response, 200, { total: mailbox.count(query), items: await Promise.all(mailbox.find(query).map((entry) => mailbox.open(entry.id))) });
  }
  const mail = id ? await mailbox.open(Number(id)) : null;
  if (!mail) return json(response, 404, { error: 'not found' });
  return request.headers.accept?.includes('text/html') ? send(response, 200, 'text/html', messagePage(mail)) : json(response, 200, mail);
}

const web = createServer((request, response) => answer(request, response).catch((error) => {
  console.error(error);
  if (!response.headersSent) json(response, 500, { error: error.message });
}));

smtp.listen(smtpPort, '127.0.0.1', () => console.log(`takes mail at smtp://127.0.0.1:${smtpPort}`));
web.listen(port, '127.0.0.1', () => console.log(`shows mail at http://localhost:${port}`));
process.once('SIGTERM', () => { smtp.close(); web.close(); web.closeAllConnections(); });
