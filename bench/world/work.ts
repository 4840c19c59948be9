import { setTimeout as pause } from 'node:timers/promises';
import type { LocalNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import type { ApiCall } from '../../src/sandbox/slack/journal.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import { ALICE, ALWAYS_ON, BOB, FIRST_ID, OLA } from './people.ts';

const CHANNEL = 'C0HELPDESK';
const APPROVALS = 'C0APPROVALS';
/** Nothing takes that long; whoever is not answered by then has lost a request. */
const LOST_AFTER = 30_000;

/** What is done again and again: a command without approval, one with, or a message to a bot that knows no commands. */
export type Work = 'command' | 'approved' | 'message';

/** Where the last thing that somebody reads comes: directly, as an answer to the command, or in the channel. */
export type Reply = 'direct' | 'response_url' | 'channel';

/** A Slack workspace with the one program that is its app. */
export interface Place {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
}

/** Gives the next person to be logged off, each time another one. */
export function peopleInTurn(users: number): () => number {
  let at = 0;
  return () => {
    at = (at + 1) % (users - ALWAYS_ON);
    return FIRST_ID + ALWAYS_ON + at;
  };
}

const isReply = (call: ApiCall, reply: Reply, id: number): boolean => {
  const { method, args } = call;
  if (reply === 'response_url') return method === 'response_url' && String(args['body']).includes(` ${id}`);
  if (method !== 'chat.postMessage' || !String(args['text']).includes(` ${id}`)) return false;
  return String(args['channel']).startsWith(reply === 'direct' ? 'D' : 'C');
};

/** Resolves with the first call of the app that passes; rejects when it is lost. */
function called(slack: LocalSlack, passes: (call: ApiCall) => boolean, what: string): Promise<ApiCall> {
  return new Promise((resolve, reject) => {
    const stop = slack.onEvent((event) => {
      if (event.type !== 'call' || !passes(event.call)) return;
      stop();
      clearTimeout(limit);
      resolve(event.call);
    });
    const limit = setTimeout(() => {
      stop();
      reject(
        new Error(
          `${what} is lost:\n${slack.transcript(CHANNEL).slice(-500)}\n${JSON.stringify(slack.journal.complaints().slice(-3))}`,
        ),
      );
    }, LOST_AFTER);
  });
}

/** One piece of work from its beginning to what somebody reads at its end. */
export async function workOnce({ slack, netserver }: Place, work: Work, reply: Reply, id: number): Promise<void> {
  netserver.logOn(id);
  const replied = called(slack, (call) => isReply(call, reply, id), `${work} ${id}`);
  if (work === 'message') {
    const event = {
      type: 'message',
      user: BOB,
      channel: CHANNEL,
      text: `<@${slack.workspace.users().find(({ is_bot }) => is_bot)?.id}> logoff ${id}`,
      ts: slack.workspace.timestamp(),
    };
    await slack.deliver({
      kind: 'events_api',
      payload: { type: 'event_callback', team_id: slack.workspace.team.id, event },
    });
  } else if (work === 'command') {
    await slack.as(BOB).say(CHANNEL, `/logoff ${id} reason: locked out`);
  } else {
    const isCard = ({ method, args }: ApiCall) =>
      method === 'chat.postMessage' && args['channel'] === APPROVALS && String(args['text']).includes(`id ${id}`);
    const posted = called(slack, isCard, `the card of ${id}`);
    await slack.as(OLA).say(CHANNEL, `/logoff ${id} reason: locked out`);
    const { answer } = await posted;
    await slack.as(ALICE).click({ channel: APPROVALS, ts: String(answer?.['ts']) }, 'Approve');
  }
  await replied;
  if (netserver.isLoggedOn(id)) throw new Error(`${id} is still logged on`);
}

/** How long one is at it, how many at a time. */
export interface Shift {
  readonly work: Work;
  readonly reply: Reply;
  readonly atOnce: number;
  /** No new work is begun after so many milliseconds, or after so many pieces. */
  readonly forMs?: number | undefined;
  readonly pieces?: number | undefined;
}

/** Works for a while, and leaves no messages behind. */
export async function workFor(place: Place, shift: Shift, next: () => number) {
  const { work, reply, atOnce, forMs = Number.POSITIVE_INFINITY, pieces = Number.POSITIVE_INFINITY } = shift;
  const begun = performance.now();
  let started = 0;
  const times: number[] = [];
  const lane = async () => {
    while (started < pieces && performance.now() - begun < forMs) {
      started += 1;
      const at = performance.now();
      await workOnce(place, work, reply, next());
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const wall = performance.now() - begun;
  // What comes after the reply (a last note in the records) belongs to the work as well.
  await pause(20);
  tidy(place.slack);
  return { done: times.length, wall, times };
}

/** Slack finds messages by looking through all of them, so that those of earlier work would slow down later work. */
function tidy({ workspace, journal }: LocalSlack): void {
  for (const { id } of workspace.channels()) for (const message of workspace.messages(id)) workspace.remove(message);
  journal.clear();
}
