import type { Person } from '../core/people.ts';
import type { NoteEntry } from '../core/request/entry.ts';
import type { Held } from '../core/request/request.ts';
import type { Instant } from '../core/time.ts';

/** Who asks, and since when each of several counts begins. */
export interface Counted {
  readonly by: Person;
  readonly since: readonly Instant[];
}

/** What must hold at the very moment of writing. */
export interface Guard {
  readonly policyVersion: string;
  readonly unlessPaused: true;
  /** Nobody whom the record that is written has in hand is left to another request (`leftTo`). */
  readonly unlessTaken: true;
}

/** The pause of all dispatch, for all processes. */
export interface PauseStore {
  current(): Promise<Held | undefined>;
  /** False, and nothing is written, where it is paused already. */
  pause(pause: Held, entry: NoteEntry): Promise<boolean>;
  /** False, and nothing is written, where it is not paused. */
  resume(entry: NoteEntry): Promise<boolean>;
}
