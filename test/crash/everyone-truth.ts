import type { Place } from '../../src/core/request/place.ts';
import type { Request } from '../../src/core/request/request.ts';
import type { LocalNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import type { Store } from '../../src/store/open-store.ts';
import { APPROVALS, type Change, HELPDESK } from '../e2e/cast.ts';

/** Whoever is logged on, in every life: all are sent each time. */
export const EVERYBODY: readonly number[] = [101, 102, 104, 105, 1001, 1002];

const LEADS = '    targets: any\n    approvals: 1\n    approvers: crm-leads\n';
const WARNED_FOR = 2_000;

/** The leads may log everyone off; people are told two seconds before. */
export const EVERYONE_MAY: readonly Change[] = [
  [`${LEADS}    warn: 0s\n`, `${LEADS}    warn: 2s\n`],
  ['may_see: { who: [helpdesk]', 'may_see: { who: [crm-leads]'],
];

/** How it may come out; everything must say the same, and NetServer was asked once at most. */
export const WHAT_CAME = {
  sent: 'sent',
  answerLost: 'sent, answer unknown',
  notSent: 'not sent, said so',
  notApproved: 'not approved in time, said so',
  askedAgain: 'not recorded, asked again',
} as const;

export interface Known {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly store: Store;
  /** How many calls had left before it was asked for. */
  readonly calls: number;
  readonly recorded: boolean;
}

interface Verdict {
  readonly ok: boolean;
  readonly seen: string;
}

const wrong = (seen: string): Verdict => ({ ok: false, seen });

/** How it came out, where records, NetServer and all messages say the same; else what does not fit. */
export async function truthAboutEveryone(request: Request, known: Known): Promise<Verdict> {
  const { netserver, store } = known;
  const calls = netserver.calls('LogOffWindowsUsers').length - known.calls;
  if (request.status === 'expired' && request.was === 'approval') {
    if (calls > 0) return wrong('expired, and NetServer was asked');
    const untrue = await untrueMessage(request, 'Nobody answered by', ['line', 'card'], known);
    return untrue === undefined ? { ok: true, seen: WHAT_CAME.notApproved } : wrong(untrue);
  }
  if (request.status !== 'done') return wrong(`it ended as ${request.status}`);
  if (calls > 1) return wrong(`NetServer was asked ${calls} times`);
  const entries = await store.requests.history(request.id);
  const unknown = entries.some(({ fact }) => fact.kind === 'call_unknown');
  if (calls === 0 && !unknown) return wrong('nobody was told that it may not have been sent');
  const early = sentEarly(request, entries);
  if (early !== undefined) return wrong(early);
  if (calls === 1 && EVERYBODY.some((id) => netserver.isLoggedOn(id))) return wrong('somebody is still on');
  const words = calls === 1 ? '0 left: safe to upgrade.' : `${EVERYBODY.length} left on the Windows client`;
  const untrue =
    (await untrueMessage(request, words, ['line', 'card', 'over', 'outcome'], known)) ??
    (await untrueMessage(request, 'this announcement is over', ['notice'], known)) ??
    (await untrueMessage(request, calls === 1 ? 'You were logged off' : 'still lists you', ['told:101'], known)) ??
    copies(request, known);
  if (untrue !== undefined) return wrong(untrue);
  if (!known.recorded) return { ok: true, seen: WHAT_CAME.askedAgain };
  if (calls === 0) return { ok: true, seen: WHAT_CAME.notSent };
  return { ok: true, seen: unknown ? WHAT_CAME.answerLost : WHAT_CAME.sent };
}

/** Whether somebody was sent before the time, or before their own time; everybody must be sent, by one claim. */
function sentEarly(
  { everyone }: Request,
  entries: Awaited<ReturnType<Store['requests']['history']>>,
): string | undefined {
  const claims = entries.flatMap(({ at, fact }) => (fact.kind === 'dispatch_claimed' ? [{ at, ids: fact.sent }] : []));
  const [claim] = claims;
  if (claim === undefined || claims.length > 1) return `it was claimed ${claims.length} times`;
  if (claim.ids.length !== EVERYBODY.length) return `${claim.ids.length} people were sent`;
  if (claim.at < (everyone?.at ?? Number.POSITIVE_INFINITY)) return 'it was sent before the time';
  const told = new Map<number, number>();
  for (const { at, fact } of entries) if (fact.kind === 'warned') for (const { id } of fact.people) told.set(id, at);
  const early = claim.ids.find((id) => claim.at - (told.get(id) ?? claim.at) < WARNED_FOR);
  return early === undefined ? undefined : `${early} was sent before their time`;
}

/** The first of these messages that does not say so, or with which something can still be decided. */
async function untrueMessage(
  { id }: Request,
  words: string,
  places: readonly Place[],
  { slack, store }: Known,
): Promise<string | undefined> {
  for (const place of places) {
    const { channel, ts } = (await store.drawings.read(id, place)) ?? {};
    const message = channel === undefined || ts === undefined ? undefined : slack.workspace.find(channel, ts);
    if (message === undefined) return `no ${place} is on record`;
    if (!message.text.includes(words)) return `the ${place} says: ${message.text.split('\n')[0]}`;
    if (/"action_id":"(?:approve|deny|cancel)"/.test(JSON.stringify(message.blocks)))
      return `on the ${place} it can still be decided`;
  }
  return undefined;
}

/** Of each message one too many at most: line, notice and what came out in the channel, a card, and what Anna is told. */
function copies({ id }: Request, { slack }: Known): string | undefined {
  const most = { [HELPDESK]: 3, [APPROVALS]: 1, D0ANNA: 2 };
  for (const [channel, count] of Object.entries(most)) {
    const found = slack.workspace
      .messages(channel)
      .filter(({ text, visibleTo }) => visibleTo === undefined && isAbout(text, id));
    if (found.length < count || found.length > count + 1) return `${found.length} messages in ${channel}`;
  }
  return undefined;
}

/** What somebody reads about themselves has the number of the request behind the words. */
const isAbout = (text: string, id: number): boolean =>
  text.startsWith(`Request ${id}: `) || text.includes(`(Request ${id})`);
