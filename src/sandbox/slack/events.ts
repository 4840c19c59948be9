import type { Acknowledgement, Delivery } from './delivery.ts';
import type { ApiCall } from './journal.ts';

/** What happened in the workspace, for whoever looks on (a page, a test that waits). */
export type SlackEvent =
  | {
      readonly type: 'message';
      readonly change: 'posted' | 'updated' | 'deleted';
      readonly channel: string;
      readonly ts: string;
      /** Set where one person alone sees it. */
      readonly visibleTo?: string;
    }
  | {
      readonly type: 'view';
      readonly user: string;
      readonly view: string;
      readonly change: 'opened' | 'updated' | 'closed';
    }
  | { readonly type: 'call'; readonly call: ApiCall }
  | { readonly type: 'delivered'; readonly delivery: Delivery; readonly acknowledgement: Acknowledgement }
  | { readonly type: 'sockets'; readonly open: number }
  | { readonly type: 'directory' };

export interface Events {
  emit(event: SlackEvent): void;
  /** Calls the listener on each event until the returned function is called. */
  on(listener: (event: SlackEvent) => void): () => void;
}

/** An event hub without memory. */
export function createEvents(): Events {
  const listeners = new Set<(event: SlackEvent) => void>();
  return {
    emit: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Waits until `check` gives something other than undefined, null or false; looks again on every event and every
 * 25 ms. Rejects, saying what was awaited, when the real time is up.
 */
export function until<T>(
  events: Events,
  check: () => T | undefined | null | false,
  { within = 5_000, what = 'what was awaited' }: { readonly within?: number; readonly what?: string } = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let done = false;
    const finish = (act: () => void): void => {
      if (done) return;
      done = true;
      stop();
      clearInterval(poll);
      clearTimeout(limit);
      act();
    };
    const look = (): void => {
      if (done) return;
      try {
        const found = check();
        if (found !== undefined && found !== null && found !== false) finish(() => resolve(found));
      } catch (cause) {
        finish(() => reject(cause));
      }
    };
    const stop = events.on(look);
    const poll = setInterval(look, 25);
    const limit = setTimeout(
      () => finish(() => reject(new Error(`${what} did not happen within ${within} ms`))),
      within,
    );
    look();
  });
}
