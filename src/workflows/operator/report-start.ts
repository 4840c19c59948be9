import { text } from '../../core/cards/card.ts';
import type { RequestId } from '../../core/ids.ts';
import type { Fact } from '../../core/request/entry.ts';
import type { Request } from '../../core/request/request.ts';
import { type Duration, describeDuration, type Instant } from '../../core/time.ts';
import type { World } from '../world.ts';
import { announce } from './announce.ts';

/** All processes together report a start at most this often. */
const REPORT_EVERY: Duration = 3_600_000;
/** More than this is not looked through for the sake of one line. */
const COUNTED = 10_000;

/** What a start needs to know of the process before it. */
export interface LifeSigns {
  lastBeat(): Promise<Instant | undefined>;
  /** True for one caller of all processes, then for nobody until `every` has passed. */
  claimStartReport(now: Instant, every: Duration): Promise<boolean>;
}

/** What was left open when a process starts; `away` is absent where none ran before. */
export interface Left {
  readonly at: Instant;
  readonly away?: Duration;
  readonly open: readonly Pick<Request, 'id' | 'version'>[];
  readonly behind: readonly RequestId[];
}

/** Looks at what the processes before left. To be called before the reconciler starts. */
export async function lookBack(
  life: Pick<LifeSigns, 'lastBeat'>,
  { clock, requests, drawings }: Pick<World, 'clock' | 'requests' | 'drawings'>,
): Promise<Left> {
  const now = clock.now();
  const [last, open, behind] = await Promise.all([
    life.lastBeat(),
    requests.listOpen(COUNTED),
    drawings.stale(now, COUNTED),
  ]);
  return {
    at: now,
    ...(last === undefined ? {} : { away: Math.max(0, now - last) }),
    open: open.map(({ id, version }) => ({ id, version })),
    behind,
  };
}

/**
 * Says in one line what the start changed, in the log and in the audit channel; nothing where nothing changed. To be
 * called when the reconciler has taken up what was left.
 */
export async function tellOfStart({ at, away, open, behind }: Left, life: LifeSigns, world: World): Promise<void> {
  const { clock, log, drawings } = world;
  const changed = await Promise.all(open.map(async (one) => ({ id: one.id, did: await doneSince(at, one, world) })));
  const those = (...kinds: Fact['kind'][]) => changed.filter(({ did }) => kinds.some((kind) => did.includes(kind)));
  const expired = those('expired');
  const unknown = those('call_unknown');
  const givenUp = those('aborted', 'failed');
  const takenUp = those('warned', 'dispatch_claimed', 'nobody_to_send', 'verified');
  const others = takenUp.filter((one) => ![...unknown, ...givenUp].includes(one));
  const stale = new Set(await drawings.stale(clock.now(), COUNTED));
  const drawn = new Set([...behind, ...[...expired, ...unknown].map(({ id }) => id)].filter((id) => !stale.has(id)));
  const counts = {
    expired: expired.length,
    unknown: unknown.length,
    given_up: givenUp.length,
    taken_up: others.length,
  };
  if (Object.values(counts).every((many) => many === 0) && drawn.size === 0) return;
  log('info', 'taken_up', { away, ...counts, redrawn: drawn.size });
  if (world.auditChannel === undefined || !(await life.claimStartReport(clock.now(), REPORT_EVERY))) return;
  const parts = [
    ...(expired.length > 0 ? [`${count(expired.length, 'request')} expired`] : []),
    ...(unknown.length > 0
      ? [`${count(unknown.length, 'outcome')} ${unknown.length === 1 ? 'is' : 'are'} unknown`]
      : []),
    ...(givenUp.length > 0 ? [`${count(givenUp.length, 'request')} given up`] : []),
    ...(others.length > 0 ? [`${count(others.length, 'request')} taken up`] : []),
    ...(drawn.size > 0 ? [`${count(drawn.size, 'card')} redrawn`] : []),
  ];
  const after = away === undefined ? '' : ` after ${describeDuration(rounded(away))}`;
  await announce([text(`Started again${after}: ${parts.join(', ')}`)], world);
}

/** What the start did to a request by itself. */
async function doneSince(
  start: Instant,
  { id, version }: Pick<Request, 'id' | 'version'>,
  { requests }: Pick<World, 'requests'>,
): Promise<readonly Fact['kind'][]> {
  const request = await requests.read(id);
  if (request === undefined || request.version === version) return [];
  const entries = await requests.history(id);
  return entries.filter(({ at, via }) => via === 'start' && at >= start).map(({ fact }) => fact.kind);
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

const MINUTE: Duration = 60_000;
/** To a unit in which it is worth reading: 754 s are 13 min. */
function rounded(duration: Duration): Duration {
  const unit = [24 * 60 * MINUTE, 60 * MINUTE, MINUTE].find((each) => duration >= 2 * each) ?? 1_000;
  return Math.round(duration / unit) * unit;
}
