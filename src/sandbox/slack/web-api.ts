import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults } from './faults.ts';
import { fieldsOf, readBody, sendJson } from './http-body.ts';
import { type Json, listOf, objectOf } from './json.ts';
import { authMethods } from './methods/auth.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { type Answer, argsOf, type Method, type Methods, missingScope, refuse } from './methods/method.ts';
import { peopleMethods } from './methods/people.ts';
import { viewMethods } from './methods/views.ts';
import { postToResponseUrl } from './replies.ts';
import type { World } from './world.ts';

const METHODS: Methods = { ...authMethods, ...chatMethods, ...peopleMethods, ...conversationMethods, ...viewMethods };

function tokenOf(request: IncomingMessage, fields: Json): string | undefined {
  const header = request.headers.authorization;
  if (header !== undefined) return header.replace(/^Bearer\s*/, '');
  return typeof fields['token'] === 'string' ? fields['token'] : undefined;
}

/** Who is calling, and whether that token may call this method; undefined where it may. */
function tokenProblem(world: World, method: Method, token: string | undefined): Answer | undefined {
  const { app } = world;
  if (token === undefined || token === '') return refuse('not_authed');
  if (token !== app.botToken && token !== app.appToken) return refuse('invalid_auth');
  if ((token === app.appToken) !== (method.appToken === true)) return refuse('not_allowed_token_type');
  const { scope } = method;
  return scope !== undefined && !world.scopes().includes(scope) ? missingScope(scope, world) : undefined;
}

function answerTo(world: World, name: string, token: string | undefined, fields: Json | undefined): Answer {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return refuse('unknown_method', [], { req_method: name });
  if (fields === undefined) return refuse('invalid_post_type');
  return tokenProblem(world, method, token) ?? method.run(argsOf(fields), world);
}

/** Carries out a fault that leaves the caller without Slack's own answer; false where the call goes on. */
async function strike(
  fault: Fault | undefined,
  response: ServerResponse,
  note: (status: number) => void,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'status':
      note(fault.status);
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end(fault.body ?? '<html><body>Server Error</body></html>');
      return true;
    case 'rate_limited':
      note(429);
      sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter) });
      return true;
    case 'hang':
      note(0);
      return true;
    case 'reset':
      if (fault.when === 'after the effect') return false;
      note(0);
      response.socket?.resetAndDestroy();
      return true;
    case 'delay':
      await wait(fault.ms, undefined, { ref: false });
      return false;
    default:
      return false;
  }
}

/** One call of `/api/<method>`: fault, token, scope, method, journal, answer. */
export async function handleApiCall(
  world: World,
  faults: Faults,
  name: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields = fieldsOf(await readBody(request), request.headers['content-type'] ?? '', query);
  // Slack's clock is the one that its messages go by.
  response.setHeader('date', new Date(world.now()).toUTCString());
  const { token: _secret, ...args } = fields ?? {};
  const note = (status: number, answer?: Json): void => world.journal.record({ method: name, args, answer, status });
  const fault = faults.take(name);
  if (await strike(fault, response, note)) return;
  if (fault?.kind === 'error') {
    const answer = { ok: false, error: fault.error };
    note(200, answer);
    sendJson(response, 200, answer);
    return;
  }
  const token = tokenOf(request, fields ?? {});
  const answer = answerTo(world, name, token, fields);
  if (!answer.ok) {
    const details = listOf(objectOf(answer['response_metadata'])['messages']).map(String);
    world.journal.complain(name, answer.error, details);
  }
  if (fault?.kind === 'reset') {
    note(0);
    response.socket?.resetAndDestroy();
    return;
  }
  note(200, answer);
  sendJson(response, 200, answer, headersFor(world, token, name));
}

/** With each answer to a token that it knows Slack tells what that token may do, and what would do for the call. */
function headersFor(world: World, token: string | undefined, name: string): Readonly<Record<string, string>> {
  const { app } = world;
  const scope = Object.hasOwn(METHODS, name) ? METHODS[name]?.scope : undefined;
  const accepted = scope === undefined ? {} : { 'x-accepted-oauth-scopes': scope };
  if (token === app.botToken) return { 'x-oauth-scopes': world.scopes().join(','), ...accepted };
  return token === app.appToken ? { 'x-oauth-scopes': 'connections:write', ...accepted } : {};
}

/** One POST to a response URL. */
export async function handleResponseUrl(
  world: World,
  faults: Faults,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const args = { body: body.slice(0, 50_000) };
  const note = (status: number, answer?: Json): void =>
    world.journal.record({ method: 'response_url', args, answer, status });
  const fault = faults.take('response_url');
  if (await strike(fault, response, note)) return;
  const answer =
    fault?.kind === 'error'
      ? { status: 404, body: { ok: false, error: fault.error } }
      : postToResponseUrl(world, path, body);
  if (fault?.kind === 'reset') {
    note(0);
    response.socket?.resetAndDestroy();
    return;
  }
  note(answer.status, answer.body);
  sendJson(response, answer.status, answer.body);
}
