import { describeDuration } from '../time.ts';
import type { ReasonDemand, Rule } from './policy.ts';

/** "1 person", "5 people". */
const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** "a", "a or b", "a, b or c". */
export const either = (words: readonly string[]): string => words.join(', ').replace(/, (?=[^,]*$)/, ' or ');

/** "a", "a and b", "a, b and c"; the rest is counted where there are more than `most`. */
export function listed(words: readonly string[], most = 12): string {
  const left = words.length - most;
  const shown = left > 0 ? [...words.slice(0, most), `${left} more`] : words;
  return shown.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

/** "anybody", "at most 5 people of Sales": whom a rule lets somebody log off. */
export function targetWords(targets: Rule['targets']): string {
  if (targets === 'self') return 'oneself';
  if (targets === 'any') return 'anybody';
  const { at_most, groups } = targets;
  const whom = at_most === undefined ? 'people' : `at most ${people(at_most)} in one request`;
  return groups === undefined ? whom : `${whom}, only of ${either(groups)}`;
}

/** "without approval", "with 2 approvals by a or b". */
export function approvalWords({
  approvals,
  approvers,
}: {
  readonly approvals: number;
  readonly approvers?: readonly string[] | undefined;
}): string {
  if (approvals === 0) return 'without approval';
  return `with ${approvals === 1 ? '1 approval' : `${approvals} approvals`} by ${either(approvers ?? [])}`;
}

/** What a rule asks for besides approvals, or what it asked for in one decision; a new demand: a line here. */
interface MoreDemands {
  readonly reason?: ReasonDemand | undefined;
  readonly consent?: unknown;
  readonly confirm?: true | undefined;
  readonly confirm_above?: number | undefined;
  readonly budget?: { readonly people: number; readonly per: number } | undefined;
  readonly overBudget?: true | undefined;
  readonly warn?: number | undefined;
  readonly snooze?: Rule['snooze'] | undefined;
  readonly targetsMayStop?: true | undefined;
  readonly targets_may_stop?: boolean | undefined;
  readonly targets?: Rule['targets'];
}

/** "without approval, a reason, ...": everything that is asked for. */
export function demandWords(demand: Parameters<typeof approvalWords>[0] & MoreDemands): string {
  const { reason, consent, confirm, confirm_above, budget, overBudget, targetsMayStop, targets_may_stop } = demand;
  const mayStop = targetsMayStop === true || targets_may_stop === true;
  return [
    approvalWords(demand) + (overBudget === true ? ' (the budget is used up)' : ''),
    ...(consent === undefined || consent === false ? [] : ['or with the consent of the one person']),
    ...(reason === undefined ? [] : [reason === 'required' ? 'with a reason' : `with a reason like ${reason.pattern}`]),
    ...(confirm === true ? ['confirmed by who asks'] : []),
    ...(confirm_above === undefined ? [] : [`confirmed by who asks above ${people(confirm_above)}`]),
    ...(budget === undefined ? [] : [`for ${people(budget.people)} per ${describeDuration(budget.per)}`]),
    ...(demand.targets === 'self' ? [] : warningWords(demand)),
    ...(mayStop ? ['who is concerned may stop it'] : []),
  ].join(', ');
}

/** "warned 2 min before (10 min more once)". */
export function warningWords({ warn = 0, snooze }: Pick<MoreDemands, 'warn' | 'snooze'>): readonly string[] {
  if (warn === 0) return [];
  const more =
    snooze === undefined || snooze.times === 0
      ? ''
      : ` (${describeDuration(snooze.for)} more, ${howOften(snooze.times)})`;
  return [`warned ${describeDuration(warn)} before${more}`];
}

const howOften = (count: number): string => (count === 1 ? 'once' : `${count} times`);
