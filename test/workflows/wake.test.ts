import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { placesOf } from '../../src/core/request/place.ts';
import { isOpen } from '../../src/core/request/request.ts';
import { settle } from '../test-clock.ts';
import { type Gate, throughGate } from './gates.ts';
import { type Bot, HALL } from './made-up-bot.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const TWO_OF_THREE = policyOf({
  rules: [{ name: 'two', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }],
});

const steps = {
  wake: async (bot: Bot) => bot.reconciler.wake(requestId(1), 'button'),
  alice: (bot: Bot) => bot.click('U0ALICE', 'approve'),
  ola: (bot: Bot) => bot.click('U0OLA', 'approve'),
  deny: (bot: Bot) => bot.submit('U0EVA', 'deny'),
  cancel: (bot: Bot) => bot.click('U0BOB', 'cancel'),
  time: (_: Bot, { clock }: Surroundings) => clock.advance(2_000),
  'long time': (_: Bot, { clock }: Surroundings) => clock.advance(50_000),
} as const;
type Step = keyof typeof steps;

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Step[]>('wake', 'alice', 'ola', 'time') },
  { weight: 1, arbitrary: fc.constantFrom<Step[]>('deny', 'cancel', 'long time') },
);
const planArbitrary = fc.array(fc.record({ step: stepArbitrary, bot: fc.nat(1), calls: fc.nat(12) }), {
  maxLength: 12,
});

/** Lets calls through one at a time, in an order that the scheduler picks, both as they leave and as their answers come. */
function shuffled(scheduler: fc.Scheduler) {
  let open = false;
  const turn = async (name: string) => {
    if (!open) await scheduler.schedule(Promise.resolve(), name);
  };
  const gate: Gate = async (name, call) => {
    await turn(name);
    const result = await call();
    await turn(`${name} answered`);
    return result;
  };
  const goOn = async (most: number) => {
    for (let count = 0; count < most && scheduler.count() > 0; count += 1) {
      await scheduler.waitOne();
      await settle();
    }
  };
  return {
    gate,
    goOn,
    async finish() {
      open = true;
      await goOn(Number.POSITIVE_INFINITY);
    },
  };
}

async function play(
  scheduler: fc.Scheduler,
  plan: readonly { step: Step; bot: number; calls: number }[],
  processes: number,
  ticking: boolean,
): Promise<Surroundings> {
  const surroundings = await makeSurroundings();
  const { gate, goOn, finish } = shuffled(scheduler);
  const bots: Bot[] = [];
  for (let count = 0; count < processes; count += 1) {
    bots.push(await surroundings.start({ policy: TWO_OF_THREE, ticking, wrap: (world) => throughGate(world, gate) }));
  }
  const asking = bots[0]?.say('U0BOB', '/logoff 101 102');
  await settle();
  while ((await surroundings.store.requests.listOpen(1)).length === 0) await goOn(1);
  await asking;
  for (const { step, bot, calls } of plan) {
    const chosen = bots[bot % processes];
    if (chosen !== undefined) await steps[step](chosen, surroundings);
    await goOn(calls);
  }
  await finish();
  return surroundings;
}

/** Both places show the newest version, each posted once; only a drawer that stood still for over a minute may leave a copy. */
async function expectDrawn({ request, store, slack }: Surroundings, plan: readonly { step: Step }[]): Promise<void> {
  const record = await request();
  const { version } = record;
  const shown = await Promise.all(placesOf(record).map((place) => store.drawings.read(requestId(1), place)));
  for (const drawing of shown) expect(drawing).toMatchObject({ version, failures: 0 });
  const paused = plan.some(({ step }) => step === 'long time');
  const posts = slack.messages.map(({ channel }) => channel).sort();
  const places = shown.flatMap((drawing) => (drawing?.ts === undefined ? [] : [`${drawing.channel}`])).sort();
  expect(places).toEqual(expect.arrayContaining([APPROVALS, HALL]));
  expect(paused ? [...new Set(posts)] : posts).toEqual(paused ? [...new Set(places)] : places);
}

describe('however wakes, saves and timers fall', () => {
  test(
    'wakes alone, without the clock coming round, leave nothing undrawn and nothing undone',
    { timeout: 60_000 },
    () =>
      fc.assert(
        fc.asyncProperty(fc.scheduler(), planArbitrary, fc.constantFrom(1, 2), async (scheduler, plan, processes) => {
          const surroundings = await play(scheduler, plan, processes, false);
          await expectDrawn(surroundings, plan);
          const request = await surroundings.request();
          expect(['awaiting_approval', 'verifying', 'done', 'denied', 'cancelled']).toContain(request.status);
          await surroundings.clock.advance(61_000);
          await expectDrawn(surroundings, plan);
          const after = await surroundings.request();
          expect(isOpen(after)).toBe(after.status === 'awaiting_approval');
          expect(surroundings.netserver.logOffs).toHaveLength(after.status === 'done' ? 1 : 0);
        }),
        { numRuns: 60 },
      ),
  );

  test('two processes draw each place once, send one call, and come to the same end', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), planArbitrary, async (scheduler, plan) => {
        const surroundings = await play(scheduler, plan, 2, true);
        await surroundings.clock.advance(40 * 60_000);
        await expectDrawn(surroundings, plan);
        const { status } = await surroundings.request();
        expect(['expired', 'done', 'denied', 'cancelled']).toContain(status);
        expect(surroundings.netserver.logOffs.length).toBeLessThanOrEqual(1);
        expect(surroundings.netserver.logOffs.length).toBeGreaterThanOrEqual(status === 'done' ? 1 : 0);
        expect(await surroundings.store.requests.due(surroundings.clock.now(), 10)).toEqual([]);
        expect(await surroundings.store.audit.verify()).toMatchObject({ ok: true });
      }),
      { numRuns: 6 },
    ),
  );
});

describe('an outage', () => {
  test.each(['read', 'save'])('of the records leaves no more timers behind the longer it lasts (%s)', async (call) => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.troubles.fail(call, edgeError('database_unavailable'), Number.POSITIVE_INFINITY);
    world.reconciler.wake(requestId(1), 'button');
    await world.clock.advance(30_000);
    expect(world.clock.waiting()).toBeLessThanOrEqual(3);
    world.troubles.heal();
    await world.clock.advance(6_000);
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('of Slack that takes an unforeseen form leaves no more timers behind either', async () => {
    const world = await makeWorld();
    world.troubles.fail('post', new TypeError('made up'), Number.POSITIVE_INFINITY);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(30_000);
    expect(world.clock.waiting()).toBeLessThanOrEqual(3);
    expect(world.logged).toContain('reconcile_failed');
    world.troubles.heal();
    await world.clock.advance(6_000);
    expect(await world.shown('card')).toContain('[Approve]');
  });
});

test('a wake that comes while the request is looked at is not lost, although that look saw an older record', async () => {
  const surroundings = await makeSurroundings();
  const bot = await surroundings.start({ ticking: false });
  await bot.say('U0BOB', '/logoff 101');
  const goOn = surroundings.troubles.hang('read back');
  bot.reconciler.wake(requestId(1), 'button');
  await settle();
  await bot.click('U0ALICE', 'approve');
  expect(surroundings.netserver.logOffs).toEqual([]);
  goOn();
  await settle();
  expect(surroundings.netserver.logOffs).toEqual([[101]]);
});

test('a process that stopped leaves no timer and takes no new work', async () => {
  const surroundings = await makeSurroundings();
  const bot = await surroundings.start();
  await bot.say('U0BOB', '/logoff 101');
  await bot.click('U0ALICE', 'approve');
  await bot.reconciler.stop();
  expect(surroundings.clock.waiting()).toBe(0);
  bot.reconciler.wake(requestId(1), 'button');
  await surroundings.clock.advance(120_000);
  expect((await surroundings.request()).status).toBe('verifying');
});

test('a process that winds down takes what still comes in and draws it, sends nothing, and leaves it to the next one', async () => {
  const surroundings = await makeSurroundings();
  const bot = await surroundings.start();
  await bot.say('U0BOB', '/logoff 101');
  bot.reconciler.windDown();
  await bot.click('U0ALICE', 'approve');
  await bot.say('U0BOB', '/logoff 102');
  await surroundings.clock.advance(60_000);
  expect([(await surroundings.request(1)).status, surroundings.netserver.logOffs]).toEqual(['approved', []]);
  expect(await surroundings.shown('card', 2)).toContain('Request 2');
  expect(surroundings.clock.waiting()).toBe(0);
  await bot.reconciler.stop();
  await surroundings.start();
  await surroundings.clock.advance(1_000);
  expect(surroundings.netserver.logOffs).toEqual([[101]]);
});
