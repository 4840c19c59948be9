/** How many windows are remembered; the oldest is forgotten. */
const MOST = 500;

interface Entry {
  newest: string;
  /** Which hash each hash became by our own updates. */
  readonly became: Map<string, string>;
  tail: Promise<void>;
}

/** Draws for one press in a window; gives the window's new hash where it was changed. */
export type Draw = (hash: string | undefined) => Promise<string | undefined>;

/**
 * Keeps quick presses in one window apart: each is looked at as it comes, but only the newest is drawn, one update at a
 * time. A press that was sent before our last update reached the screen carries the hash from before it, so that hash is
 * followed; where somebody else changed the window, Slack refuses the hash and the update is dropped.
 */
export function newestOnly() {
  const windows = new Map<string, Entry>();

  function entryOf(window: string): Entry {
    const known = windows.get(window);
    if (known !== undefined) return known;
    const entry: Entry = { newest: '', became: new Map(), tail: Promise.resolve() };
    windows.set(window, entry);
    for (const oldest of windows.keys()) {
      if (windows.size <= MOST) break;
      windows.delete(oldest);
    }
    return entry;
  }

  function follow(entry: Entry, hash: string | undefined): string | undefined {
    let now = hash;
    for (let step = 0; now !== undefined && step <= entry.became.size; step += 1) {
      const next = entry.became.get(now);
      if (next === undefined) break;
      now = next;
    }
    return now;
  }

  return {
    /** `look` finds out what to draw, nothing where there is nothing to draw. `at` is Slack's time of the press. */
    async press(
      window: string,
      at: string,
      hash: string | undefined,
      look: () => Promise<Draw | undefined>,
    ): Promise<void> {
      const entry = entryOf(window);
      if (at < entry.newest) return;
      entry.newest = at;
      const draw = await look();
      if (draw === undefined || entry.newest !== at) return;
      const turn = entry.tail.then(async () => {
        if (entry.newest !== at) return;
        const before = follow(entry, hash);
        const after = await draw(before);
        if (before !== undefined && after !== undefined) entry.became.set(before, after);
      });
      entry.tail = turn.catch(() => undefined);
      await turn;
    },
    /** What is still being looked at for this window is not drawn any more. */
    end(window: string): void {
      entryOf(window).newest = '\uffff';
    },
    /** The window can be pressed in again. */
    again(window: string): void {
      windows.delete(window);
    },
  };
}
