import { approvals } from './figures/approvals.ts';
import { closedRequests } from './figures/closed-requests.ts';
import { coldStart } from './figures/cold-start.ts';
import { hanging } from './figures/hanging.ts';
import { logOffCall } from './figures/log-off-call.ts';
import { memory } from './figures/memory.ts';
import { picker } from './figures/picker.ts';
import { starting } from './figures/starting.ts';
import { tricks } from './figures/tricks.ts';
import { wholeCommand } from './figures/whole-command.ts';
import type { Figure } from './measure/figure.ts';
import type { Plan } from './plan.ts';

/** Figures that are measured together. */
export interface Group {
  readonly name: string;
  /** Whether `--check` measures them as well. */
  readonly checked: boolean;
  measure(plan: Plan): Promise<readonly Figure[]>;
}

/** In the order of the table of targets; behind it what each trick is good for. */
export const groups: readonly Group[] = [
  { name: 'call', checked: true, measure: logOffCall },
  { name: 'command', checked: true, measure: wholeCommand },
  { name: 'approval', checked: false, measure: approvals },
  { name: 'hanging', checked: true, measure: hanging },
  { name: 'cold', checked: true, measure: coldStart },
  { name: 'start', checked: true, measure: starting },
  { name: 'memory', checked: false, measure: memory },
  { name: 'closed', checked: true, measure: closedRequests },
  { name: 'picker', checked: true, measure: picker },
  { name: 'tricks', checked: false, measure: tricks },
];
