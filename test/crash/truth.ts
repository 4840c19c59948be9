import { associateId, type RequestId } from '../../src/core/ids.ts';
import type { Place } from '../../src/core/request/place.ts';
import type { Request, RequestIn } from '../../src/core/request/request.ts';
import type { LocalNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import type { Store } from '../../src/store/open-store.ts';
import { APPROVALS } from '../e2e/cast.ts';
import type { Outcome } from './points.ts';

interface Around {
  readonly slack: LocalSlack;
  readonly netserver: LocalNetServer;
  readonly store: Store;
}

export type Verdict = { readonly ok: true; readonly seen: Outcome } | { readonly ok: false; readonly seen: string };

const wrong = (seen: string): Verdict => ({ ok: false, seen });

/** How it came out, where records, NetServer and every message say the same; else what does not fit. */
export async function truthAbout(request: Request, person: number, around: Around): Promise<Verdict> {
  const { netserver } = around;
  const calls = netserver.calls('LogOffWindowsUsers').filter((ids) => ids.includes(person)).length;
  if (calls > 1) return wrong(`NetServer was asked ${calls} times`);
  switch (request.status) {
    case 'done':
      return await truthAboutDone(request, person, calls, around);
    case 'denied':
    case 'cancelled': {
      if (calls > 0) return wrong(`${request.status}, and NetServer was asked`);
      const untrue = await untrueMessage(request, `${request.status} by`, ['line', 'card'], around);
      if (untrue !== undefined) return wrong(untrue);
      return { ok: true, seen: request.status === 'denied' ? 'denied, nothing sent' : 'cancelled, nothing sent' };
    }
    default:
      return wrong(`it ended as ${request.status}`);
  }
}

async function truthAboutDone(
  request: RequestIn<'done'>,
  person: number,
  calls: number,
  around: Around,
): Promise<Verdict> {
  const { netserver, store } = around;
  const outcome = request.results.find(({ id }) => id === associateId(person))?.outcome.kind;
  if (outcome !== (calls === 1 ? 'gone' : 'listed')) return wrong(`${calls} calls, and the record says ${outcome}`);
  if (netserver.isLoggedOn(person) !== (calls === 0)) return wrong('the record differs from SuperOffice');
  const facts = (await store.requests.history(request.id)).map(({ fact }) => fact.kind);
  const unknown = facts.includes('call_unknown');
  if (calls === 0 && !unknown) return wrong('nobody was told that it may not have been sent');
  const claims = facts.filter((kind) => kind === 'dispatch_claimed').length;
  if (claims !== 1) return wrong(`${claims} claims`);

  const words = calls === 1 ? '1 person logged off' : 'interrupted while it asked SuperOffice';
  const untrue =
    (await untrueMessage(request, words, ['line', 'card', 'outcome'], around)) ??
    (calls === 1 ? await untrueMessage(request, 'You were logged off', [`told:${person}`], around) : undefined);
  if (untrue !== undefined) return wrong(untrue);
  if (calls === 0) return { ok: true, seen: 'not sent, said so' };
  return { ok: true, seen: unknown ? 'sent, answer unknown' : 'sent' };
}

/** The first of these messages that does not say so, or on which something can still be decided. */
async function untrueMessage(
  { id }: Request,
  words: string,
  places: readonly Place[],
  { slack, store }: Around,
): Promise<string | undefined> {
  for (const place of places) {
    const message = await shownAt(place, id, slack, store);
    if (message === undefined) return `no ${place} is on record`;
    if (!message.text.includes(words)) return `the ${place} says: ${message.text.split('\n')[0]}`;
    if (canDecide(message)) return `on the ${place} it can still be decided`;
  }
  return undefined;
}

/** The message that counts, by the records. */
export async function shownAt(
  place: Place,
  id: RequestId,
  slack: LocalSlack,
  store: Store,
): Promise<Message | undefined> {
  const drawing = await store.drawings.read(id, place);
  const { channel, ts } = drawing ?? {};
  return channel === undefined || ts === undefined ? undefined : slack.workspace.find(channel, ts);
}

const canDecide = (message: Message): boolean =>
  /"action_id":"(?:approve|deny|confirm|consent|ready|snooze|cancel)"/.test(JSON.stringify(message.blocks));

const hasApprove = (message: Message): boolean => JSON.stringify(message.blocks).includes('"action_id":"approve"');

/** A card too many becomes a pointer at its first click. Gives what is wrong. */
export async function copiesOf(id: RequestId, { slack, store }: Around): Promise<string | undefined> {
  const current = await shownAt('card', id, slack, store);
  const copies = slack.workspace
    .messages(APPROVALS)
    .filter(
      (message) =>
        message.text.startsWith(`Request ${id}:`) &&
        message.ts !== current?.ts &&
        message.visibleTo === undefined &&
        !message.text.includes('still waiting for approval'),
    );
  if (copies.length > 1) return `${copies.length + 1} cards`;
  for (const copy of copies.filter(hasApprove)) {
    await slack.as('U0ALICE').click(copy, 'Approve');
    const now = () => slack.workspace.find(copy.channel, copy.ts);
    const pointer = await slack
      .until(() => now()?.text.includes('this copy of the card is out of date'), { within: 30_000 })
      .catch(() => false);
    if (!pointer) return 'a card too many can still be approved';
  }
  return undefined;
}
