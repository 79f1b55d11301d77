import type { SignOn } from './sign-on';
import type { Page } from './shapes';

/** A refusal in the words of the API. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly traceId: string | null,
    readonly errors: Record<string, string[]> = {}) {
    super(detail);
  }
}

interface Problem { status: number; code: string; detail: string; traceId: string | null; errors?: Record<string, string[]> }

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/** The API of one unit, or of none. */
export class Api {
  constructor(private readonly signOn: SignOn, private readonly unit?: string) {}

  /** Where a path is, on this host. */
  address(path: string): string {
    return this.unit ? `/api/v1/units/${encodeURIComponent(this.unit)}/${path}` : `/api/v1/${path}`;
  }

  in(unit: string): Api {
    return new Api(this.signOn, unit);
  }

  get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path);
  }

  /** With the etag that a change of it names. */
  async read<T>(path: string): Promise<{ body: T; etag: string }> {
    const { body, etag } = await this.answer<T>('GET', path);
    return { body, etag: etag ?? '*' };
  }

  /** Every page, for lists that stay small. */
  async all<T>(path: string, atMost = 1000): Promise<T[]> {
    const items: T[] = [];
    let next: string | null = null;
    do {
      const separator: string = path.includes('?') ? '&' : '?';
      const page: Page<T> = await this.get(`${path}${separator}limit=200${next ? `&after=${encodeURIComponent(next)}` : ''}`);
      items.push(...page.items);
      next = page.next;
    } while (next && items.length < atMost);
    return items;
  }

  /** The same key for every repetition of one intention: a click whose answer got lost does not act twice. */
  post<T = unknown>(path: string, body: unknown = {}, key: string = crypto.randomUUID()): Promise<T> {
    return this.ask<T>('POST', path, body, { 'Idempotency-Key': key });
  }

  /** Replaces what was read with this etag; refused where somebody else has changed it meanwhile. Without one: what nobody can have changed. */
  put<T>(path: string, body: unknown, etag?: string): Promise<T> {
    return this.ask<T>('PUT', path, body, etag === undefined ? {} : { 'If-Match': etag });
  }

  /** Takes away what was read with this etag; without one, what nobody can have changed. */
  async remove(path: string, etag?: string): Promise<void> {
    await this.ask('DELETE', path, undefined, etag === undefined ? {} : { 'If-Match': etag });
  }

  /** Calls back for each event of the unit's stream; opens it again, from where it was, until the signal ends it. */
  async listen(path: string, heard: () => void, signal: AbortSignal): Promise<void> {
    let last: string | null = null;
    while (!signal.aborted) {
      try {
        const response = await this.send('GET', path, { Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) }, undefined, signal);
        if (!response.ok || !response.body) return;
        let rest = '';
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            if (line.startsWith('id:')) last = line.slice(3).trim();
            if (line.startsWith('data:')) heard();
          }
        }
      } catch {
        // The stream broke, or the page moved on; the signal tells which.
      }
      if (!signal.aborted) await new Promise((again) => setTimeout(again, 3000));
    }
  }

  private async ask<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
    return (await this.answer<T>(method, path, body, more)).body;
  }

  private async answer<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<{ body: T; etag: string | null }> {
    const headers: Record<string, string> = { Accept: 'application/json', ...more };
    if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';
    const response = await this.send(method, path, headers, body);
    const text = await response.text();
    const answer: unknown = text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null;
    if (response.ok) return { body: answer as T, etag: response.headers.get('ETag') };
    throw isProblem(answer)
      ? new Refused(answer.status, answer.code, answer.detail, answer.traceId, answer.errors)
      : new Refused(response.status, 'unknown', 'The platform gave no answer that can be read.', null);
  }

  private async send(method: string, path: string, headers: Record<string, string>, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const user = await this.signOn.user();
    if (!user) {
      await this.signOn.signIn();
      throw new Refused(401, 'unauthenticated', 'Signing in again…', null);
    }
    const response = await fetch(this.address(path), {
      method,
      headers: { ...headers, Authorization: `Bearer ${user.access_token}` },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new Refused(0, 'offline', 'The platform cannot be reached. Check your connection and try again.', null);
    });
    if (response.status === 401) await this.signOn.signIn();
    return response;
  }
}
