import { z } from 'zod';
import { type Block, inTurn } from '../measure/blocks.ts';
import { randomFrom } from '../measure/random.ts';
import { watchStalls } from '../process/stalls.ts';
import { answer } from '../process/talk.ts';
import { byHand, idsOf, ourEdge, packageClient } from './callers.ts';
import { bytesSent } from './wire.ts';

// The three ways to make one call, in one process, so that nothing but the way differs.

/** CPU milliseconds of this process for each call, over a short block of calls. */
const blockOf =
  (call: () => Promise<unknown>, forMs: number): Block =>
  async () => {
    const before = process.cpuUsage();
    const begun = performance.now();
    let calls = 0;
    while (performance.now() - begun < forMs) {
      await call();
      calls += 1;
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / calls;
  };

answer({
  async compare(args) {
    const asked = z.object({ url: z.string(), ids: z.int(), rounds: z.int(), blockMs: z.number(), seed: z.int() });
    const { url, ids: count, rounds, blockMs, seed } = asked.parse(args);
    const ids = idsOf(count);
    const random = randomFrom(seed);
    const hand = byHand(url);
    const ticket = await hand.logOn();
    const ours = ourEdge(url);
    const soap = await packageClient(url, ticket);
    const variants = new Map([
      ['ours', blockOf(() => ours.logOff(ids, () => true), blockMs)],
      ['by hand', blockOf(() => hand.logOff(ids, ticket), blockMs)],
      ['soap', blockOf(() => soap['LogOffWindowsUsersAsync']({ AssociateIds: { int: [...ids] } }), blockMs)],
    ]);
    await inTurn(variants, Math.ceil(rounds / 3), random);
    const measured = await inTurn(variants, rounds, random);
    await ours.close();
    return measured.map((round) => Object.fromEntries(round));
  },
  /** The longest stall in each of several calls that are answered with what the server was told to answer. */
  async stalls(args) {
    const asked = z.object({ url: z.string(), way: z.enum(['ours', 'soap']), times: z.int() });
    const { url, way, times } = asked.parse(args);
    const ids = idsOf(1);
    const ours = ourEdge(url);
    await ours.self();
    const soap = await packageClient(url, await byHand(url).logOn());
    const call = () =>
      way === 'ours' ? ours.logOff(ids, () => true) : soap['LogOffWindowsUsersAsync']({ AssociateIds: { int: [1] } });
    const seen = [];
    for (let time = 0; time < times; time += 1) {
      const stop = watchStalls();
      const went = await call().then(
        () => 'well',
        () => 'wrong',
      );
      // The turn in which the answer was dealt with is over then.
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(stop());
      if (went === 'well') throw new Error('junk passed for an answer');
    }
    await ours.close();
    return seen;
  },
  bytes: (args) => bytesSent(z.object({ ids: z.int() }).parse(args).ids),
});
process.send?.({ msg: 'ready' });
process.once('disconnect', () => process.exit(0));
