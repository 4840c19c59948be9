import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { channelId, requestId } from '../../src/core/ids.ts';
import { type Policy, policyShape } from '../../src/core/policy/policy.ts';
import type { AuditEntry } from '../../src/core/request/entry.ts';
import type { Place } from '../../src/core/request/place.ts';
import type { Request } from '../../src/core/request/request.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { RequestStore } from '../../src/workflows/ports.ts';
import type { World } from '../../src/workflows/world.ts';
import { unwarned } from '../core/made-up.ts';
import { createTestClock, settle, type TestClock } from '../test-clock.ts';
import { type Life, throughGate } from './gates.ts';
import { type Bot, makeBot } from './made-up-bot.ts';
import { createNetServer, type MadeUpNetServer } from './made-up-netserver.ts';
import { createSlack, type MadeUpSlack, plain } from './made-up-slack.ts';
import { createTroubles, type Troubles } from './troubles.ts';

export const APPROVALS = 'C0APPROVALS';

const RULES = {
  identities: { U0ANNA: 101 },
  people: { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE', 'U0OLA', 'U0EVA'] } },
  never: [1, 'svc-backup'],
  approval_expires_after: '30m',
  dispatch_within: '10m',
  rules: [
    { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
    { name: 'a few people', who: 'helpdesk', targets: { at_most: 6 }, approvals: 1, approvers: 'leads' },
    { name: 'leads', who: 'leads', targets: 'any', approvals: 2, approvers: 'leads' },
  ],
};

/** Rules as the settings give them; what is given replaces the made-up ones key by key. */
export const policyOf = (changes: Readonly<Record<string, unknown>> = {}, version = 'aaaaaaaaaaaa'): Policy => ({
  ...z.strictObject(policyShape).parse(unwarned({ ...RULES, ...changes })),
  version,
});

export interface StartOptions {
  readonly policy?: Policy;
  /** Until when it lives; without one it lives until the test ends. */
  readonly life?: Life;
  /** Whether its reconciler follows the clock; else only what wakes it makes it work. */
  readonly ticking?: boolean;
  /** Changes what it is told of the outside, where no other option does. */
  readonly wrap?: (world: World) => World;
}

export interface Surroundings {
  readonly clock: TestClock;
  readonly store: Store;
  readonly slack: MadeUpSlack;
  readonly netserver: MadeUpNetServer;
  readonly troubles: Troubles;
  /** What happened outside and in the records, in order. */
  readonly effects: string[];
  /** Codes that the operator could read in the log. */
  readonly logged: string[];
  /** Starts another process on the same records. */
  start(more?: StartOptions): Promise<Bot>;
  request(id?: number): Promise<Request>;
  /** What Slack shows where the command was typed, or in the approvals channel, as the record of drawings has it. */
  shown(place: Place, id?: number): Promise<string>;
  audit(): Promise<readonly AuditEntry[]>;
  /** Changes the database behind the bot's back; only where the world was made with `onDisk`. */
  sql(statement: string): void;
}

export interface WorldOptions {
  readonly policy?: Policy;
  readonly onDisk?: boolean;
}

/** A made-up Slack and NetServer around the real records, with a clock that stands still. Closed when the test ends. */
export async function makeSurroundings({ onDisk = false }: WorldOptions = {}): Promise<Surroundings> {
  const clock = createTestClock();
  const folder = onDisk ? mkdtempSync(join(tmpdir(), 'logoff-workflows-')) : undefined;
  const file = folder === undefined ? ':memory:' : join(folder, 'logoff.db');
  // The clock stands still until it is moved, so the disk takes no time either.
  const disk = vi.spyOn(fs, 'fdatasync').mockImplementation((_, done) => done(null));
  const logged: string[] = [];
  const store = await openStore({ url: `sqlite:${file}`, now: clock.now });
  const troubles = createTroubles();
  const effects: string[] = [];
  const slack = createSlack(troubles, effects);
  const netserver = createNetServer(troubles, effects);
  const requests = telling(store.requests, troubles, effects);
  const bots: { readonly bot: Bot; readonly life: Life | undefined }[] = [];
  let starts = 0;

  onTestFinished(async () => {
    troubles.heal();
    for (const { bot, life } of bots) if (life?.alive() !== false) await bot.reconciler.stop();
    await store.close();
    disk.mockRestore();
    if (folder !== undefined) rmSync(folder, { recursive: true });
    expect(slack.unreadable).toEqual([]);
  });

  return {
    clock,
    store,
    slack,
    netserver,
    troubles,
    effects,
    logged,
    async start({ policy = policyOf(), life, ticking = true, wrap } = {}) {
      starts += 1;
      if ((await store.policies.active()) !== policy.version) await activate(store, policy, clock.now());
      const world: World = {
        clock,
        log: (_, code) => logged.push(code),
        holder: `process ${starts}`,
        policy,
        timeZone: 'UTC',
        verify: { for: 30_000, every: 2_000, watch: 60_000 },
        callLimit: 15_000,
        approvalsChannel: channelId(APPROVALS),
        requests,
        drawings: store.drawings,
        policies: store.policies,
        lastRefusal: store.lastRefusal,
        pauses: store.pauses,
        netserver,
        people: netserver.directory,
        directory: slack.directory,
        messenger: slack.messenger,
      };
      const lived = life === undefined ? world : throughGate(world, life.gate, life.alive);
      const bot = makeBot(wrap === undefined ? lived : wrap(lived), store);
      bots.push({ bot, life });
      if (ticking) bot.reconciler.start();
      await settle();
      return bot;
    },
    async request(id = 1) {
      const request = await store.requests.read(requestId(id));
      if (request === undefined) throw new Error(`there is no request ${id}`);
      return request;
    },
    async shown(place, id = 1) {
      const drawing = await store.drawings.read(requestId(id), place);
      const message = slack.messages.find(({ channel, ts }) => channel === drawing?.channel && ts === drawing.ts);
      return message === undefined ? '(nothing)' : plain(message.card);
    },
    audit: async () => (await store.audit.read(1, 10_000)).flatMap(({ entry }) => entry ?? []),
    sql(statement) {
      const database = new DatabaseSync(file);
      database.exec(statement);
      database.close();
    },
  };
}

/** Surroundings with one process in them that ticks. */
export async function makeWorld(options: WorldOptions = {}): Promise<Surroundings & Bot> {
  const surroundings = await makeSurroundings(options);
  return {
    ...surroundings,
    ...(await surroundings.start(options.policy === undefined ? {} : { policy: options.policy })),
  };
}

/** The records, telling of what was written. Troubles by name: `open`, `read`, `read back` (the answer is on its way), `save`, `saved` (after it was written), `proven`, `note`. */
function telling(requests: RequestStore, troubles: Troubles, effects: string[]): RequestStore {
  return {
    ...requests,
    async open(key, make, counted) {
      await troubles.meet('open');
      const opened = await requests.open(key, make, counted);
      if (opened.fresh) effects.push(`record ${opened.request.id} ${opened.request.status}`);
      return opened;
    },
    async read(id) {
      await troubles.meet('read');
      const request = await requests.read(id);
      await troubles.meet('read back');
      return request;
    },
    async save(before, request, entries, dueAt, guard, places) {
      await troubles.meet('save');
      const saved = await requests.save(before, request, entries, dueAt, guard, places);
      if (saved) effects.push(`record ${request.id} ${request.status}`);
      await troubles.meet('saved');
      return saved;
    },
    async proven(id) {
      await troubles.meet('proven');
      return await requests.proven(id);
    },
    async note(entry) {
      await troubles.meet('note');
      await requests.note(entry);
    },
  };
}

async function activate(store: Store, policy: Policy, at: number): Promise<void> {
  const note = { kind: 'policy_activated' } as const;
  await store.policies.activate(policy.version, { at, via: 'start', policyVersion: policy.version, note });
}
