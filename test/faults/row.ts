import type { Mode, RaisedTown, TownOptions } from '../e2e/raise-town.ts';

/** One fault: what must be seen when it happens to a bot in full work, and what is done to see it. */
export interface Fault {
  readonly door: 'socket' | 'http' | 'web api' | 'netserver' | 'input';
  readonly fault: string;
  readonly expected: string;
  /** How Slack reaches the bot; by socket where not said. */
  readonly mode?: Mode;
  readonly town?: TownOptions;
  /** Makes it happen and gives what people, Slack and SuperOffice saw of it. */
  play(town: RaisedTown): Promise<string>;
}

/** A fault that happened. */
export interface Row {
  readonly door: string;
  readonly fault: string;
  readonly expected: string;
  readonly seen: string;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
