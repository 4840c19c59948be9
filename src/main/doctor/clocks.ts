import type { Duration, Instant } from '../../core/time.ts';
import type { Examine } from './examine.ts';
import { type Finding, type Line, ok, skipped, toCheck, wrong } from './finding.ts';

/** How far a clock may be off before somebody should look: signatures and tickets bear minutes, people's times do not. */
const MOST_OFF: Duration = 30_000;
/** Nearer than this it cannot be told: an answer takes its time, and the header Date has whole seconds. */
const CLOSE: Duration = 5_000;
/** On average half of its second has passed. */
const HALF_A_SECOND: Duration = 500;

export type ClockOwner = 'slack' | 'netserver' | 'database';

/** What other clocks were heard to say, against this machine's. */
export interface Clocks {
  /** Takes the header `Date` of an answer that has just come. */
  hearDate(owner: ClockOwner, date: string): void;
  hear(owner: ClockOwner, now: Instant): void;
  /** How far this machine is ahead of the other (negative: behind). */
  ahead(owner: ClockOwner): Duration | undefined;
}

export function createClocks(now: () => Instant): Clocks {
  const heard = new Map<ClockOwner, Duration>();
  const hear = (owner: ClockOwner, other: Instant) => void heard.set(owner, now() - other);
  return {
    hear,
    hearDate(owner, date) {
      const other = Date.parse(date);
      if (!Number.isNaN(other)) hear(owner, other + HALF_A_SECOND);
    },
    ahead: (owner) => heard.get(owner),
  };
}

/** Compares this machine's clock with those that were heard; `owners` are those that there should be. */
export async function examineClocks(
  clocks: Clocks,
  owners: readonly ClockOwner[],
  examine: Examine,
): Promise<readonly Line[]> {
  const lines = await Promise.all(owners.map((owner) => examine(`clock.${owner}`, async () => compare(owner, clocks))));
  return lines.flat();
}

const NAMES: Readonly<Record<ClockOwner, string>> = {
  slack: 'Slack',
  netserver: 'NetServer',
  database: 'the database',
};

function compare(owner: ClockOwner, clocks: Clocks): Finding {
  const ahead = clocks.ahead(owner);
  if (ahead === undefined) return skipped(`${NAMES[owner]} did not tell its time`);
  const off = Math.abs(ahead);
  if (off <= CLOSE) return ok(`within ${CLOSE / 1_000} s of that of ${NAMES[owner]}`);
  if (off <= MOST_OFF) return ok(`${inWords(ahead)} that of ${NAMES[owner]}`);
  const say = `this machine is ${inWords(ahead)} ${NAMES[owner]}`;
  if (owner === 'slack') return wrong(say, 'Synchronise the clock of this machine (NTP).');
  // Whose clock is wrong then shows by Slack's.
  const own = Math.abs(clocks.ahead('slack') ?? 0) > MOST_OFF;
  const whose = own ? 'this machine' : `the server of ${NAMES[owner]}`;
  return toCheck(say, `Synchronise the clock of ${whose} (NTP).`);
}

function inWords(ahead: Duration): string {
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  const text = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${text} ${ahead > 0 ? 'ahead of' : 'behind'}`;
}
