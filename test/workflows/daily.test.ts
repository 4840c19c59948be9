import { expect, it, onTestFinished } from 'vitest';
import { channelId } from '../../src/core/ids.ts';
import type { AuditEntry } from '../../src/core/request/entry.ts';
import { createDaily, type Daily } from '../../src/workflows/operator/daily.ts';
import type { World } from '../../src/workflows/world.ts';
import { settle } from '../test-clock.ts';
import { plain } from './made-up-slack.ts';
import { makeSurroundings, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const AUDIT = 'C0AUDIT';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

interface Options {
  readonly auditKeep?: number;
  readonly timeZone?: string;
  readonly auditChannel?: string | undefined;
  readonly wrap?: (world: World) => World;
  readonly policy?: ReturnType<typeof policyOf>;
}

/** One more process with its daily work, on the records of `town`. */
async function process(town: Surroundings, options: Options = {}): Promise<Daily> {
  const { auditKeep = 180 * DAY, timeZone = 'Europe/Oslo', wrap = (world) => world, policy } = options;
  const auditChannel = 'auditChannel' in options ? options.auditChannel : AUDIT;
  const bot = await town.start({
    ticking: false,
    ...(policy === undefined ? {} : { policy }),
    wrap: (world) => wrap({ ...world, auditChannel: auditChannel === undefined ? undefined : channelId(auditChannel) }),
  });
  const { audit, duties } = town.store;
  const daily = createDaily(bot.world, { audit, duties, timeZone, auditKeep });
  onTestFinished(() => daily.stop());
  daily.start();
  await daily.settled();
  return daily;
}

/** A long time: the clock of the daily work is looked at every ten minutes only, which is often enough for it. */
async function passes({ clock }: Surroundings, span: number): Promise<void> {
  for (let left = span; left > 0; left -= 10 * MINUTE) {
    const part = Math.min(left, 10 * MINUTE);
    clock.pause(part - Math.min(part, MINUTE));
    await clock.advance(Math.min(part, MINUTE));
  }
}

const lines = ({ slack }: Surroundings): readonly string[] =>
  slack.messages.filter(({ channel }) => channel === AUDIT).map(({ card }) => plain(card));

const anchor = (line: string | undefined) => {
  const [, n, hash = ''] = /entry (\d+), hash ([0-9a-f]{64})/.exec(line ?? '') ?? [];
  return { n: Number(n), hash };
};

const kinds = (entries: readonly AuditEntry[]) =>
  entries.map((entry) => ('fact' in entry ? entry.fact.kind : entry.note.kind));

it('the last entry is told once a day in the zone of the settings, by whichever of two processes, and it verifies', async () => {
  const town = await makeSurroundings();
  await Promise.all([process(town), process(town)]);
  expect(lines(town)).toEqual([
    expect.stringMatching(/^Audit record, 23 Nov 2026, 15:00 CET: entry 1, hash [0-9a-f]{64}\.$/),
  ]);
  await passes(town, 8 * HOUR + 59 * MINUTE);
  expect(lines(town)).toHaveLength(1);
  await town.clock.advance(2 * MINUTE);
  expect(lines(town)).toHaveLength(2);
  expect(lines(town)[1]).toMatch(/^Audit record, 24 Nov 2026, 00:0\d CET: /);
  await passes(town, 3 * DAY);
  expect(lines(town)).toHaveLength(5);
  expect(await town.store.audit.verify(anchor(lines(town)[4]))).toMatchObject({ ok: true });
  expect(await town.store.audit.verify({ ...anchor(lines(town)[4]), n: 2 })).toMatchObject({
    ok: false,
    damage: 'removed',
  });
});

it('a start tells it where no process was there that day, once for all the days that were missed, and not again that day', async () => {
  const town = await makeSurroundings();
  const first = await process(town);
  await first.stop();
  const same = await process(town);
  expect(lines(town)).toHaveLength(1);
  await same.stop();
  await passes(town, 3 * DAY);
  expect(lines(town)).toHaveLength(1);
  await process(town);
  expect(lines(town)).toHaveLength(2);
  await town.clock.advance(HOUR);
  expect(lines(town)).toHaveLength(2);
});

it('a process that dies between taking the line and posting it does not keep it from being told', async () => {
  const town = await makeSurroundings();
  const never = new Promise<never>(() => {});
  const dying = (world: World): World => ({ ...world, messenger: { ...world.messenger, post: () => never } });
  const bot = await town.start({
    ticking: false,
    wrap: (world) => dying({ ...world, auditChannel: channelId(AUDIT) }),
  });
  const { audit, duties } = town.store;
  createDaily(bot.world, { audit, duties, timeZone: 'UTC', auditKeep: DAY }).start();
  await settle();
  await process(town, { timeZone: 'UTC' });
  expect(lines(town)).toEqual([]);
  await town.clock.advance(11 * MINUTE);
  expect(lines(town)).toHaveLength(1);
});

it('where Slack refuses, it is tried again later and disturbs nothing; where it may have been posted, it is not said twice', async () => {
  const town = await makeSurroundings();
  town.troubles.fail('post', edgeError('rate_limited', { retryable: true, retryAfter: 20 * MINUTE }));
  town.troubles.fail('posted', edgeError('timeout', { retryable: true, executed: 'maybe' }));
  await process(town);
  await town.clock.advance(19 * MINUTE);
  expect(lines(town)).toEqual([]);
  await town.clock.advance(2 * MINUTE);
  expect(lines(town)).toHaveLength(1);
  await town.clock.advance(2 * HOUR);
  expect(lines(town)).toHaveLength(1);
  expect(town.logged.filter((code) => code === 'not_announced')).toHaveLength(2);
});

it('a channel that the bot is not in is asked once an hour only, and the log has the line all the same', async () => {
  const town = await makeSurroundings();
  town.slack.closed.add(AUDIT);
  await process(town);
  await passes(town, 3 * HOUR + MINUTE);
  expect(town.logged.filter((code) => code === 'not_announced')).toHaveLength(4);
  expect(town.logged).toContain('audit_anchor');
  town.slack.closed.delete(AUDIT);
  await town.clock.advance(HOUR);
  expect(lines(town)).toHaveLength(1);
});

it('without an audit channel the line stands in the log, once a day', async () => {
  const town = await makeSurroundings();
  await process(town, { auditChannel: undefined });
  await passes(town, DAY);
  expect(town.slack.messages).toEqual([]);
  expect(town.logged.filter((code) => code === 'audit_anchor')).toHaveLength(2);
});

it('what is older than audit_keep goes once a day, is told with the entry to compare by, and looks like nothing afterwards', async () => {
  const town = await makeSurroundings();
  const bot = await town.start({ ticking: false });
  await bot.say('U0BOB', '/logoff 102');
  await bot.click('U0ALICE', 'deny');
  await bot.submit('U0ALICE', 'deny', 1, 'no');
  const [, , lastOld] = await town.store.audit.read(1, 10);
  const daily = await process(town, { auditKeep: 2 * DAY, timeZone: 'UTC' });
  await passes(town, DAY);
  await bot.say('U0BOB', '/logoff 103');
  await bot.say('U0BOB', '/logoff cancel 2');
  expect(kinds(await town.audit())).toEqual(['policy_activated', 'opened', 'denied', 'opened', 'cancelled']);
  // At the midnight in between nothing was two days old yet.
  await passes(town, DAY);
  expect(await town.store.audit.stub()).toBeUndefined();
  await passes(town, 12 * HOUR);
  expect(kinds(await town.audit())).toEqual(['opened', 'cancelled', 'pruned']);
  const told = lines(town).find((line) => line.startsWith('Removed'));
  expect(told).toMatch(/^Removed from the audit record: 3 entries and 1 requests from before 24 Nov 2026, 00:0\d UTC/);
  expect(anchor(told)).toEqual({ n: 3, hash: lastOld?.hash });
  expect(lines(town).at(-1)).toContain(`It begins after entry 3, hash ${lastOld?.hash}.`);
  expect(await bot.say('U0ALICE', '/logoff status 1')).toEqual([
    'There is no request 1 that you can see. `/logoff status` lists those that you can.',
  ]);
  expect(await town.store.audit.verify(anchor(lines(town).at(-1)))).toMatchObject({ ok: true, stub: { n: 3 } });
  await daily.stop();
});

it('a process whose rules were replaced removes nothing by its older settings and tells nothing', async () => {
  const town = await makeSurroundings();
  const older = await process(town, { auditKeep: DAY, auditChannel: undefined });
  await town.start({ ticking: false, policy: policyOf({}, 'bbbbbbbbbbbb') });
  await passes(town, 5 * DAY);
  expect(await town.store.audit.stub()).toBeUndefined();
  await older.stop();
});

it('records that do not answer are left for later, and nothing is lost', async () => {
  const town = await makeSurroundings();
  const { audit, duties } = town.store;
  const bot = await town.start({
    ticking: false,
    wrap: (world) => ({ ...world, auditChannel: channelId(AUDIT) }),
  });
  let fails = 2;
  const limping = {
    ...audit,
    head: async () => {
      fails -= 1;
      if (fails >= 0) throw edgeError('database_unavailable');
      return await audit.head();
    },
  };
  const daily = createDaily(bot.world, { audit: limping, duties, timeZone: 'UTC', auditKeep: DAY });
  onTestFinished(() => daily.stop());
  daily.start();
  await town.clock.advance(12 * MINUTE);
  expect(lines(town)).toHaveLength(1);
  expect(town.logged.filter((code) => code === 'daily_duty_failed')).toHaveLength(2);
});
