import type { Reference } from './command.ts';
import { isSlip } from './names.ts';

/** The words behind `/logoff` that are no names. */
const VERBS = ['help', 'status', 'cancel', 'who', 'why', 'pause', 'resume', 'history', 'everyone'] as const;
/** What these may hold behind them, as far as it is repeated. */
const NUMBERED: readonly string[] = ['status', 'cancel', 'why'];

/**
 * The command that somebody may have meant whose first word is nobody's name but a slip away from a verb: "cancle 1" is
 * "/logoff cancel 1". Nothing for any other word.
 */
export function meantVerb([first, second, ...more]: readonly Reference[], word: string): string | undefined {
  if (first?.kind !== 'name' || first.name !== word) return undefined;
  const typed = word.toLowerCase();
  const verb = [1, 2].flatMap((slips) => VERBS.filter((each) => isNear(each, typed, slips)))[0];
  if (verb === undefined) return undefined;
  if (second === undefined) return `/logoff ${verb}`;
  const isNumber = second.kind === 'id' && more.length === 0 && NUMBERED.includes(verb);
  return isNumber ? `/logoff ${verb} ${second.id}` : `/logoff ${verb} …`;
}

/** In a short word a slip more makes another word of it. */
const isNear = (verb: string, typed: string, slips: number): boolean =>
  typed.length > 2 && (slips === 1 || verb.length > 5) && isSlip(verb, typed, slips);
