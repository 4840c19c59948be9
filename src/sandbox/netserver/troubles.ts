import type { Comeback } from './world.ts';

/**
 * What can be made to go wrong. Troubles that spoil the reply happen after the work is done; those that stand for
 * something in front of the server happen instead of it. `effect` says otherwise where both make sense.
 */
export type Trouble =
  /** Never answers. */
  | { readonly kind: 'hang'; readonly effect?: boolean }
  /** Waits, then works and answers; with `effect` works at once and answers late. */
  | { readonly kind: 'slow'; readonly ms: number; readonly effect?: boolean }
  /** The right reply, a byte at a time. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  /** The right reply, cut in the middle; the HTTP message itself is whole. */
  | { readonly kind: 'cut-xml' }
  | { readonly kind: 'html'; readonly status: 200 | 500; readonly effect?: boolean }
  | { readonly kind: 'json'; readonly effect?: boolean }
  /** Plain text with 401: Windows authentication in front of the site. */
  | { readonly kind: 'unauthorized' }
  /** 200 and nothing. */
  | { readonly kind: 'empty'; readonly effect?: boolean }
  | { readonly kind: 'redirect'; readonly status: 302 | 307; readonly to: string }
  /** The right reply under a wrong name. */
  | { readonly kind: 'wrong-content-type'; readonly contentType: string }
  | { readonly kind: 'huge'; readonly bytes?: number; readonly effect?: boolean }
  /** 80 KB of less-than signs, or of a web page, under the name of XML. */
  | { readonly kind: 'junk'; readonly shape: 'less-than' | 'html'; readonly bytes?: number; readonly effect?: boolean }
  /** A normal reply with `Succeeded` false. */
  | { readonly kind: 'exception'; readonly type: string; readonly message: string; readonly friendlyText?: string }
  /** The caller's role does not allow it. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'fault'; readonly message: string }
  /** The right body without any soap:Header. */
  | { readonly kind: 'no-headers' }
  | { readonly kind: 'unavailable'; readonly effect?: boolean }
  /** The right password is taken for a wrong one. */
  | { readonly kind: 'wrong-password' }
  /** Says yes and does nothing. */
  | { readonly kind: 'no-effect' }
  /** Those logged off come back by themselves; at once where nothing is said. */
  | { readonly kind: 'back-again'; readonly when?: Comeback };

export type Troubles = ReturnType<typeof createTroubles>;

/** The troubles in store, each for one operation or for all (`*`), for some calls or until it is taken back. */
export const createTroubles = () => {
  const store: { readonly operation: string; readonly trouble: Trouble; left: number }[] = [];
  return {
    /** Makes trouble; earlier trouble for the same calls comes first. The answer takes it back. */
    trouble: (operation: string, trouble: Trouble, { times = Number.POSITIVE_INFINITY } = {}): (() => void) => {
      const entry = { operation, trouble, left: times };
      store.push(entry);
      return () => {
        const at = store.indexOf(entry);
        if (at >= 0) store.splice(at, 1);
      };
    },
    /** Takes all trouble back, or that of one operation. */
    clearTrouble: (operation?: string): void => {
      const kept = operation === undefined ? [] : store.filter((entry) => entry.operation !== operation);
      store.splice(0, store.length, ...kept);
    },
    /** What is in store, for showing. */
    troubles: (): readonly { readonly operation: string; readonly trouble: Trouble; readonly left: number }[] =>
      store.map((entry) => ({ ...entry })),
    /** The trouble for this call, if any; counts it. */
    take: (operation: string): Trouble | undefined => {
      const at = store.findIndex((entry) => entry.operation === operation || entry.operation === '*');
      const entry = store[at];
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) store.splice(at, 1);
      return entry.trouble;
    },
  };
};
