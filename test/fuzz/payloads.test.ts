import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/sandbox/slack/delivery.ts';
import { isJson, type Json } from '../../src/sandbox/slack/json.ts';
import { SOON } from '../e2e/cast.ts';
import { MODES, type Mode, openTown, type Town } from '../e2e/town.ts';
import { pingsIn } from '../faults/pings.ts';
import { mutated } from './mutate.ts';
import { bounded } from './nasty.ts';

/** One payload of each kind that Slack sends to the bot, as it was really sent. */
async function everyKind({ bob, ola, slack, card }: Town): Promise<readonly Delivery[]> {
  const kinds: Delivery[] = [];
  const ended = slack.onEvent((event) => void (event.type === 'delivered' && kinds.push(event.delivery)));
  await bob.say('/logoff 102');
  await bob.click(card(1), 'Approve');
  await ola.click(card(1), 'Show everyone');
  await ola.click(card(1), 'Deny…');
  await ola.submit({});
  await bob.say('/logoff');
  await bob.hasty.typeahead(bob.window(), 'people', 'jane');
  await bob.submit({});
  ended();
  return kinds.map(slim);
}

/** Without what was drawn, of which the bot reads nothing back. */
function slim({ kind, payload }: Delivery): Delivery {
  const without = (part: unknown) => (isJson(part) ? { ...part, blocks: [], text: '' } : part);
  const [message, view] = [payload['message'], payload['view']];
  return {
    kind,
    payload: {
      ...payload,
      ...(message === undefined ? {} : { message: without(message) }),
      ...(view === undefined ? {} : { view: without(view) }),
    },
  };
}

/** A mistake in our own code; what Bolt itself does not understand is acknowledged and answered all the same. */
const isMistake = (line: string): boolean =>
  /"error":"(?!SlackError|AuthorizationError)/.test(line) && !/"where":"[^"]*node_modules/.test(line);

/** A command travels as a form over HTTP, in which everything is text. */
const asForm = (payload: Json): Json =>
  Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

function withPayload(kind: Delivery, payload: unknown, mode: Mode): Delivery {
  const json = isJson(payload) ? payload : {};
  return { ...kind, payload: mode === 'http' && kind.kind === 'slash_commands' ? asForm(json) : json };
}

describe.each(MODES)('over %s', (mode) => {
  it('a payload that is not as Slack sends it ends nothing, calls nobody and logs nobody off', async () => {
    const town = await openTown(mode, { settings: [SOON] });
    const { slack, netserver, log, quiet } = town;
    const kinds = await everyKind(town);
    expect(new Set(kinds.map(({ payload }) => payload['type'] ?? 'command'))).toEqual(
      new Set(['command', 'block_actions', 'view_submission', 'block_suggestion']),
    );
    const any = fc
      .constantFrom(...kinds)
      .chain((kind) => mutated(kind.payload).map((payload) => withPayload(kind, payload, mode)));
    const calls = slack.journal.calls().length;
    // What Slack refuses of forged ids and addresses is no mistake of ours.
    const refused = () => slack.journal.complaints().map(({ where, error }) => `${where} ${error}`);
    await fc.assert(
      fc.asyncProperty(any, async (delivery) => {
        const before = log.length;
        const { acknowledged, status } = await slack.deliver(delivery);
        expect(acknowledged || status === 400, JSON.stringify([status, delivery])).toBe(true);
        await quiet();
        expect(log.slice(before).filter(isMistake), JSON.stringify(delivery)).toEqual([]);
      }),
      bounded(200),
    );
    expect(
      slack.journal
        .calls()
        .slice(calls)
        .flatMap(({ args }) => pingsIn(args)),
    ).toEqual([]);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
    await town.bob.say('/logoff 104 reason: afterwards');
    expect(slack.transcript('C0HELPDESK')).toMatch(/waiting for approval/);
    town.provoked(...refused());
  });
});
