import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** More than a whole demonstration sends; what is older goes. */
const limit = 20_000;

const addresses = (list) => (list ?? []).flatMap((entry) => entry.group ?? [entry]).map((entry) => entry.address?.toLowerCase()).filter(Boolean);

/** The messages on disk, one file each, with a small index in memory: the bodies of a year of invitations would not be small. */
export class Mailbox {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.indexFile = join(folder, 'index.jsonl');
    const lines = existsSync(this.indexFile) ? readFileSync(this.indexFile, 'utf8').split('\n').filter(Boolean) : [];
    // A kill in the middle of a write leaves at most a torn last line.
    this.entries = lines.flatMap((line) => { try { return [JSON.parse(line)]; } catch { return []; } }).slice(-limit);
    writeFileSync(this.indexFile, this.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    this.next = (this.entries.at(-1)?.id ?? 0) + 1;
  }

  /** Written down before the sender hears that it was taken. */
  async add(raw, recipients) {
    const mail = await PostalMime.parse(raw);
    const calendar = mail.attachments.find((part) => part.mimeType === 'text/calendar');
    const entry = {
      id: this.next++,
      receivedAt: new Date().toISOString(),
      from: addresses([mail.from].filter(Boolean))[0] ?? null,
      to: recipients.map((address) => address.toLowerCase()),
      subject: mail.subject ?? '',
      method: calendar?.method ?? null,
    };
    await writeFile(this.#file(entry.id), raw);
    appendFileSync(this.indexFile, `${JSON.stringify(entry)}\n`);
    this.entries.push(entry);
    while (this.entries.length > limit) rmSync(this.#file(this.entries.shift().id), { force: true });
  }

  /** The newest first. */
  find({ to, subject, limit: count = 50 }) {
    const wanted = this.entries.filter((entry) => (!to || entry.to.includes(to.toLowerCase())) && (!subject || entry.subject.toLowerCase().includes(subject.toLowerCase())));
    return wanted.slice(-count).reverse();
  }

  count(query) {
    return this.find({ ...query, limit: limit + 1 }).length;
  }

  async open(id) {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (!entry) return null;
    const mail = await PostalMime.parse(await readFile(this.#file(id)), { attachmentEncoding: 'base64' });
    const headers = {};
    for (const { key, value } of mail.headers) headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
    const attachments = mail.attachments.map((part) => ({
      filename: part.filename, contentType: part.mimeType, disposition: part.disposition, method: part.method ?? null, content: part.content,
    }));
    const calendar = attachments.find((part) => part.contentType === 'text/calendar');
    return {
      ...entry,
      headers,
      text: mail.text ?? null,
      html: mail.html ?? null,
      attachments,
      calendar: calendar ? { method: calendar.method, content: Buffer.from(calendar.content, 'base64').toString('utf8') } : null,
    };
  }

  clear() {
    for (const { id } of this.entries) rmSync(this.#file(id), { force: true });
    this.entries = [];
    writeFileSync(this.indexFile, '');
  }

  #file(id) {
    return join(this.folder, `${id}.eml`);
  }
}
