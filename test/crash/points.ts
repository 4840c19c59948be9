import type { Call } from './calls.ts';
import type { Life } from './lives.ts';
import type { Moment } from './writes.ts';
import { SIGN_OF_LIFE } from './writes.ts';

/** A place in the life of a request where its process is killed. */
export interface Point {
  readonly life: Life;
  /** Its place in the table. */
  readonly at: number;
  readonly label: string;
  readonly when: Moment;
  /** Whether it belongs to one request; a look-up does not tell for whom it is. */
  readonly bound: boolean;
  /** How it may come out. */
  readonly expected: readonly Outcome[];
  /** It may be left out in a life that goes fast: drawings in between. */
  readonly optional: boolean;
}

/**
 * How a request may come out whose process was killed on the way. In each case records, NetServer, line and card must say
 * the same, and NetServer was asked once at most.
 */
export type Outcome =
  | 'sent'
  | 'sent, answer unknown'
  | 'not sent, said so'
  | 'denied, nothing sent'
  | 'cancelled, nothing sent'
  | 'not recorded, asked again';

/** What a life comes to where nobody is sent. */
const UNSENT = new Map<string, Outcome>([
  ['denied', 'denied, nothing sent'],
  ['cancelled', 'cancelled, nothing sent'],
]);

/** What comes by the clock and not from this life. */
const BY_THE_CLOCK: ReadonlySet<string> = new Set([SIGN_OF_LIFE, 'chat.postMessage of news in the audit channel']);

/**
 * Both sides of each write and call of a life that no life before it had, in the order in which they first happened. `at` is
 * where they begin in the table.
 */
export function pointsOf(life: Life, trail: readonly Call[], known: ReadonlySet<string>, at: number): readonly Point[] {
  const labels = [...new Set(trail.map(({ label }) => label))].filter((label) => !BY_THE_CLOCK.has(label));
  const recorded = labels.indexOf('write new request');
  return labels.flatMap((label, index) => {
    if (known.has(label)) return [];
    const bound = trail.some((call) => call.label === label && call.request !== 0);
    const optional = /moving|claim of/.test(label);
    return (['before', 'after'] as const).map((when, side) => ({
      life,
      at: at + 2 * index + side,
      label,
      when,
      bound,
      optional,
      expected:
        index < recorded || (index === recorded && when === 'before')
          ? (['not recorded, asked again'] as const)
          : expectation(life, label, when),
    }));
  });
}

function expectation({ name }: Life, label: string, when: Moment): readonly Outcome[] {
  const unsent = UNSENT.get(name);
  if (unsent !== undefined) return [unsent];
  const side = `${when} ${label.replace(/,.*$/, '')}`;
  if (side === 'after write dispatching' || side === 'before LogOffWindowsUsers') return ['not sent, said so'];
  if (side === 'after LogOffWindowsUsers' || side === 'before write verifying') return ['sent, answer unknown'];
  // What is drawn or answered while NetServer is being asked may stop that at any point.
  return /moving|^answer/.test(label) ? ['sent', 'sent, answer unknown', 'not sent, said so'] : ['sent'];
}
