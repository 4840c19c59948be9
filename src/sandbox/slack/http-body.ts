import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, type Json, parseJson } from './json.ts';

const MOST_BYTES = 2 * 1024 * 1024;

/** The whole body as text; rejects when it is over 2 MB or the connection breaks. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error('the body is too large');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The fields of a call: from JSON or a form, and from the query. Undefined for a content type that Slack refuses. */
export function fieldsOf(body: string, contentType: string, query: URLSearchParams): Json | undefined {
  const fromQuery = Object.fromEntries(query);
  if (body === '') return fromQuery;
  if (contentType.startsWith('application/json')) {
    const parsed = parseJson(body);
    return isJson(parsed) ? { ...fromQuery, ...parsed } : undefined;
  }
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return undefined;
  return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
