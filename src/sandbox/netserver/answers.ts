import { faultXml } from './replies.ts';
import type { Trouble } from './troubles.ts';

/** What goes over the wire. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** How it goes: whole, in drops, never, or with a broken connection. */
export type Delivery =
  | { readonly how: 'whole'; readonly answer: Answer }
  | { readonly how: 'drip'; readonly answer: Answer; readonly everyMs: number }
  | { readonly how: 'hang' }
  | { readonly how: 'reset' };

const xml = 'text/xml; charset=utf-8';
const page = 'text/html; charset=utf-8';

/** An answer with a body of some type. */
export const answer = (status: number, body: string, contentType = xml): Answer => ({
  status,
  headers: { 'content-type': contentType },
  body,
});

const whole = (status: number, body: string, contentType?: string): Delivery => ({
  how: 'whole',
  answer: answer(status, body, contentType),
});

const webPage = (title: string, filling = ''): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${filling}<br><hr></body></html>`;

/** What the caller gets: the true answer, or what the trouble makes of it. */
export const deliver = (trouble: Trouble | undefined, right: Answer): Delivery => {
  switch (trouble?.kind) {
    case 'hang':
      return { how: 'hang' };
    case 'reset-before':
    case 'reset-after':
      return { how: 'reset' };
    case 'drip':
      return { how: 'drip', answer: right, everyMs: trouble.everyMs };
    case 'cut-xml':
      return whole(right.status, right.body.slice(0, right.body.length / 2));
    case 'html':
      return whole(trouble.status, webPage('Runtime Error'), page);
    case 'json':
      return whole(200, '{"error":"not what you asked for"}', 'application/json');
    case 'unauthorized':
      return { how: 'whole', answer: unauthorized };
    case 'empty':
      return { how: 'whole', answer: { status: 200, headers: {}, body: '' } };
    case 'redirect':
      return { how: 'whole', answer: { status: trouble.status, headers: { location: trouble.to }, body: '' } };
    case 'wrong-content-type':
      return whole(right.status, right.body, trouble.contentType);
    case 'huge':
      return whole(200, `<?xml version="1.0"?><a>${' '.repeat(trouble.bytes ?? 30 * 1024 * 1024)}</a>`);
    case 'junk':
      return whole(200, junk(trouble.shape, trouble.bytes ?? 80 * 1024));
    case 'fault':
      return whole(500, faultXml('InternalServiceFault', trouble.message));
    case 'unavailable':
      return whole(503, webPage('Service Unavailable'), page);
    case undefined:
    case 'slow':
    case 'exception':
    case 'not-allowed':
    case 'no-headers':
    case 'wrong-password':
    case 'no-effect':
    case 'back-again':
      return { how: 'whole', answer: right };
    default:
      return trouble satisfies never;
  }
};

const unauthorized: Answer = {
  status: 401,
  headers: { 'content-type': 'text/plain', 'www-authenticate': 'Negotiate' },
  body: 'Access is denied due to invalid credentials.',
};

const junk = (shape: 'less-than' | 'html', bytes: number): string =>
  shape === 'less-than' ? '<'.repeat(bytes) : webPage('Sign in', '<div class=x>&nbsp;'.repeat(Math.ceil(bytes / 19)));

/** Whether the server does its work although this trouble happens. */
export const worksDespite = (trouble: Trouble | undefined): boolean => {
  switch (trouble?.kind) {
    case 'reset-before':
    case 'unauthorized':
    case 'redirect':
    case 'exception':
    case 'not-allowed':
    case 'fault':
      return false;
    case 'hang':
    case 'html':
    case 'json':
    case 'empty':
    case 'huge':
    case 'junk':
    case 'unavailable':
      return trouble.effect ?? false;
    case undefined:
    case 'slow':
    case 'drip':
    case 'reset-after':
    case 'cut-xml':
    case 'wrong-content-type':
    case 'no-headers':
    case 'wrong-password':
    case 'no-effect':
    case 'back-again':
      return true;
    default:
      return trouble satisfies never;
  }
};
