/** The time that the local world and the bot live in: the machine's, moved. */
export interface DemoClock {
  now(): number;
  /** Milliseconds by which it is ahead of the machine's (behind, where negative). */
  ahead(): number;
  /** Moves it forward; it never goes back. */
  forward(ms: number): void;
  /** Calls the listener after each move. */
  onMove(listener: (ahead: number) => void): void;
}

/** A clock that starts at `start` (now, if not said) and goes as fast as the machine's. */
export function createDemoClock(start?: number): DemoClock {
  let ahead = start === undefined ? 0 : start - Date.now();
  const listeners: ((ahead: number) => void)[] = [];
  return {
    now: () => Date.now() + ahead,
    ahead: () => ahead,
    forward(ms) {
      ahead += Math.max(0, ms);
      for (const listener of listeners) listener(ahead);
    },
    onMove: (listener) => void listeners.push(listener),
  };
}
