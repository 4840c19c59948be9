import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import type { Passing } from './gate.ts';
import type { Stage } from './writes.ts';

/** A call to the outside by its name; `request` is 0 where it belongs to none that can be told. */
export interface Call {
  readonly label: string;
  readonly request: number;
}

/** How far a message says that its request is. */
export function stageShown(text: string): Stage {
  const [first = ''] = text.split('\n');
  if (/waiting for|approval needed/.test(first)) return 'asked';
  return /\d (?:person|people) (?:logged off|still listed)|denied by|cancelled by/.test(first) ? 'ended' : 'moving';
}

/** What is said of no request and again and again, to find people and to stay connected. */
const STARTING = /^(?:apps\.connections\.open|auth\.test|users\.list)$/;

/** Names a call of Slack's Web API. */
export function slackCall({ path, body }: Passing): Call | undefined {
  const method = /^\/api\/([\w.]+)/.exec(path)?.[1];
  if (method === undefined || STARTING.test(method)) return undefined;
  const given = new URLSearchParams(body);
  const whom = roleOf(given.get('user') ?? given.get('users') ?? '');
  if (method === 'users.info' || method === 'conversations.open') return { label: `${method} of ${whom}`, request: 0 };
  if (method !== 'chat.postMessage' && method !== 'chat.update') return { label: method, request: 0 };
  const text = given.get('text') ?? '';
  const request = Number(/(?:^Request |\(Request )(\d+)/.exec(text)?.[1] ?? 0);
  const place = placeOf(given.get('channel') ?? '', text, given.has('thread_ts'));
  if (request === 0) return { label: `${method} of news in the ${place}`, request };
  const label =
    method === 'chat.update' ? `${method} of the ${place}, ${stageShown(text)}` : `${method} of the ${place}`;
  return { label, request };
}

/** Those whose names differ from life to life are called by their part. */
const roleOf = (user: string): string => (/^U0P/.test(user) ? 'the one concerned' : user);

function placeOf(channel: string, text: string, isThread: boolean): string {
  if (channel === APPROVALS) return isThread ? 'reminder' : 'card';
  if (channel === HELPDESK) return 'line';
  if (!channel.startsWith('D')) return 'audit channel';
  if (!channel.startsWith('D0P')) return 'outcome for who asked';
  if (/asks to log you off|It is now/.test(text)) return 'question to the one concerned';
  return /You will be logged off|As you asked, you will|This warning has ended|Your log-off is paused|You are ready/.test(
    text,
  )
    ? 'warning'
    : 'outcome for the one concerned';
}

/** Names calls of NetServer: by their operation, and how often it was called since `next` was told of a new part of the story. */
export function soapCalls() {
  const counts = new Map<string, number>();
  let part = '';
  return {
    next(name: string) {
      part = name;
      counts.clear();
    },
    call({ headers }: Passing): Call | undefined {
      const operation = /(\w+)"?$/.exec(String(headers['soapaction'] ?? ''))?.[1];
      if (operation === undefined || part === '') return undefined;
      const count = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, count);
      // How often it looks afterwards is a matter of time.
      return count > 2 ? undefined : { label: `${operation}, ${count === 1 ? '1st' : '2nd'} when ${part}`, request: 0 };
    },
  };
}
