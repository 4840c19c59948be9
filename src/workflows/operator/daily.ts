import { text } from '../../core/cards/card.ts';
import { codeOrName } from '../../core/errors.ts';
import type { Anchor, NoteEntry, Via } from '../../core/request/entry.ts';
import { type Duration, dayIn, describeDuration, describeInstant } from '../../core/time.ts';
import type { AuditLog, DutyStore, Pruned } from '../ports.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { announce, tell } from './announce.ts';

/** How often it is asked whether a new day has begun. */
const LOOK_EVERY: Duration = 60_000;
/** Who takes a duty and says nothing for this long is taken for dead. */
const AT_IT: Duration = 600_000;
const AGAIN_SOON: Duration = 300_000;
const AGAIN_LATER: Duration = 3_600_000;
/** So many entries go in one transaction, and so many transactions in one day: nobody is kept waiting. */
const BATCH = 500;
const BATCHES = 1_000;

export interface DailySettings {
  readonly audit: AuditLog;
  readonly duties: DutyStore;
  readonly timeZone: string;
  readonly auditKeep: Duration;
}

export interface Daily {
  /** Does what is due today and nobody has done yet, then follows the clock. */
  start(): void;
  /** Takes up nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
  /** Resolves when nothing is being done. */
  settled(): Promise<void>;
}

type Duty = (via: Via) => Promise<'done' | { readonly again: Duration }>;

/**
 * What is done once a day over all processes: entries that are too old are removed from the audit, and its last entry is told
 * in the audit channel, where whoever changes the database cannot change it.
 */
export function createDaily(world: World, settings: DailySettings): Daily {
  const { clock, log, holder } = world;
  const { duties, timeZone } = settings;
  const list: readonly (readonly [name: string, duty: Duty])[] = [
    ['prune', (via) => prune(via, world, settings)],
    ['anchor', () => tellAnchor(world, settings)],
  ];
  const finished = new Map<string, string>();
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let stopped = false;

  async function take(name: string, duty: Duty, via: Via): Promise<void> {
    const day = dayIn(clock.now(), timeZone);
    if (stopped || finished.get(name) === day || (await whyIdle(world)) !== undefined) return;
    const claimed = await duties.claim(name, day, holder, clock.now(), clock.now() + AT_IT);
    if (claimed === 'done') finished.set(name, day);
    if (claimed !== 'yours') return;
    const result = await duty(via).catch((error: unknown) => {
      complain(name, error);
      return { again: AGAIN_SOON };
    });
    if (result !== 'done') return await duties.putOff(name, holder, clock.now() + result.again);
    await duties.done(name, day, holder);
    finished.set(name, day);
  }

  function complain(name: string, error: unknown): void {
    const code = codeOrName(error);
    log('error', 'daily_duty_failed', { duty: name, code });
  }

  async function round(via: Via): Promise<void> {
    // In a row: what is told of the audit is what the removal has left.
    for (const [name, duty] of list) await take(name, duty, via).catch((error: unknown) => complain(name, error));
  }

  function schedule(via: Via): void {
    running = round(via).then(() => {
      running = undefined;
      if (!stopped) cancel = clock.after(LOOK_EVERY, () => schedule('timer'));
    });
  }

  const settled = async () => await running;
  return {
    start: () => schedule('start'),
    settled,
    stop: async () => {
      stopped = true;
      cancel?.();
      await settled();
    },
  };
}

const wordsOf = ({ n, hash }: Anchor): string => `entry ${n}, hash ${hash}`;

/** Tells the last entry, in the log as well: some look there, or keep it elsewhere. */
async function tellAnchor(world: World, { audit, timeZone }: DailySettings): ReturnType<Duty> {
  const [head, stub] = await Promise.all([audit.head(), audit.stub()]);
  world.log('info', 'audit_anchor', { n: head.n, hash: head.hash });
  const begins = stub === undefined ? '' : ` It begins after ${wordsOf(stub)}.`;
  const at = describeInstant(world.clock.now(), timeZone, true);
  const told = await tell([text(`Audit record, ${at}: ${wordsOf(head)}.${begins}`)], world);
  if (told === 'posted') return 'done';
  return { again: Math.max(told.retryable ? AGAIN_SOON : AGAIN_LATER, told.retryAfter) };
}

async function prune(via: Via, world: World, { audit, auditKeep, timeZone }: DailySettings): ReturnType<Duty> {
  const { clock, policy, log } = world;
  const olderThan = Math.max(0, clock.now() - auditKeep);
  const describe = (pruned: Pruned): NoteEntry => ({
    at: clock.now(),
    via,
    policyVersion: policy.version,
    note: { kind: 'pruned', ...pruned, olderThan },
  });
  let [last, entries, requests]: [Anchor | undefined, number, number] = [undefined, 0, 0];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const { pruned, heldBy } = await audit.prune(olderThan, BATCH, describe);
    if (pruned === undefined) {
      if (heldBy !== undefined) log('warn', 'audit_prune_held', { request: heldBy });
      break;
    }
    last = pruned.upTo;
    entries += pruned.entries;
    requests += pruned.requests;
  }
  if (last === undefined) return 'done';
  log('info', 'audit_pruned', { n: last.n, hash: last.hash, entries, requests });
  const before = describeInstant(olderThan, timeZone, true);
  const what = `Removed from the audit record: ${entries} entries and ${requests} requests from before ${before}`;
  const kept = `kept for ${describeDuration(auditKeep)}`;
  await announce([text(`${what} (${kept}). The last of them: ${wordsOf(last)}.`)], world);
  return 'done';
}
