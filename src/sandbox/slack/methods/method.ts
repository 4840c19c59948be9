import { isJson, type Json, parseJson } from '../json.ts';
import type { World } from '../world.ts';

export type Answer = { readonly ok: true; readonly [key: string]: unknown } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly error: string;
  readonly [key: string]: unknown;
}

/** The arguments of one call, whether they came as a form, a query or JSON. */
export interface Args {
  text(name: string): string;
  has(name: string): boolean;
  flag(name: string): boolean;
  /** A structure: as it stands in JSON, or as JSON text in a form. Undefined where it is missing or not JSON. */
  structure(name: string): unknown;
}

export interface Method {
  /** The scope that the token must have. */
  readonly scope?: string;
  /** Takes the app token; every other method takes the bot token. */
  readonly appToken?: boolean;
  run(args: Args, world: World): Answer;
}

export type Methods = Readonly<Record<string, Method>>;

export function fine(data: Json = {}): Answer {
  return { ...data, ok: true };
}

/** Slack's way of saying no; `messages` go where Slack puts the details. */
export function refuse(error: string, messages: readonly string[] = [], more: Json = {}): Refusal {
  if (messages.length === 0) return { ...more, ok: false, error };
  const marked = messages.map((message) => `[ERROR] ${message}`);
  return { ...more, ok: false, error, response_metadata: { messages: marked } };
}

/** No, because the token lacks a scope. */
export function missingScope(needed: string, world: World): Refusal {
  return refuse('missing_scope', [], { needed, provided: world.scopes().join(',') });
}

/** Arguments over the given fields. */
export function argsOf(fields: Json): Args {
  return {
    text: (name) => {
      const value = fields[name];
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
    },
    has: (name) => fields[name] !== undefined && fields[name] !== null && fields[name] !== '',
    flag: (name) => fields[name] === true || fields[name] === 'true' || fields[name] === '1',
    structure: (name) => {
      const value = fields[name];
      return typeof value === 'string' ? parseJson(value) : isJson(value) || Array.isArray(value) ? value : undefined;
    },
  };
}
