import { type Decision, decide } from './decide.ts';
import { settingChanges } from './diff-settings.ts';
import { CHANGE_KINDS, type Change, type ChangeKind, type Difference, differencesInWords } from './diff-words.ts';
import type { Policy } from './policy.ts';
import { factsUnder, spaceOf } from './situations.ts';
import { demandWords } from './words.ts';

export interface PolicyDiff {
  /** What turns from no to yes first. */
  readonly changes: readonly Change[];
  /** False where there were too many combinations to look at all of them. */
  readonly isComplete: boolean;
}

/** Looking at more people in lists than this takes longer than a start should wait. */
const MOST_WORK = 1_500_000;

/** Says what two policies decide differently, by asking both about people and lists that stand for all others. */
export function diffPolicies(before: Policy, now: Policy): PolicyDiff {
  if (isSame(before, now)) return { changes: [], isComplete: true };
  const space = spaceOf([before, now]);
  const differences: Difference[] = [];
  let plain: string | undefined;
  let work = 0;
  for (const situation of space.situations()) {
    work += situation.shape.targets.length;
    if (work > MOST_WORK) break;
    const old = decide(before, factsUnder(situation, before));
    const fresh = decide(now, factsUnder(situation, now));
    const kind = kindOf(effectOf(old, before), effectOf(fresh, now));
    const words = `${inWords(old)} -> ${inWords(fresh)}`;
    // What is out of the ordinary is told where it makes a difference.
    const isTold = situation.but !== undefined && plain === words;
    if (situation.but === undefined) plain = kind === undefined ? undefined : words;
    if (kind !== undefined && !isTold) differences.push({ ...situation, kind, words });
  }
  const settings = settingChanges(before, now).map((say): Change => ({ kind: 'settings', say }));
  return { changes: [...differencesInWords(differences, space), ...settings], isComplete: work <= MOST_WORK };
}

function isSame(before: Policy, now: Policy): boolean {
  const { version: _, ...old } = before;
  const { version: __, ...fresh } = now;
  return JSON.stringify(old) === JSON.stringify(fresh);
}

/** What a decision comes to: with how many approvals, by whom, and what else it asks for. Nothing: no. */
interface Effect {
  readonly approvals: number;
  readonly others: string;
}

function effectOf(decision: Decision, { people }: Policy): Effect | undefined {
  if (decision.effect === 'deny') return undefined;
  const { approvals, approvers, ...more } = decision.demand;
  const ids = approvers.flatMap((name) => [...(people[name]?.users ?? []), ...(people[name]?.usergroups ?? [])]);
  return { approvals, others: JSON.stringify([approvals === 0 ? [] : [...new Set(ids)].sort(), more]) };
}

function kindOf(before: Effect | undefined, now: Effect | undefined): ChangeKind | undefined {
  if (now === undefined) return before === undefined ? undefined : 'stricter';
  if (before === undefined) return 'from no to yes';
  if (now.approvals !== before.approvals) return now.approvals < before.approvals ? 'fewer approvals' : 'stricter';
  return now.others === before.others ? undefined : 'other demands';
}

const inWords = (decision: Decision): string =>
  decision.effect === 'deny' ? 'no' : `${demandWords(decision.demand)} ("${decision.rule}")`;

/** A diff as lines of plain text, a heading over each kind. */
export function diffLines({ changes, isComplete }: PolicyDiff): readonly string[] {
  const lines = CHANGE_KINDS.flatMap((kind) => {
    const found = changes.filter((change) => change.kind === kind);
    return found.length === 0 ? [] : [`${kind}:`, ...found.map(({ say }) => `- ${say}`)];
  });
  const partial = isComplete ? [] : ['These rules are too large to compare every case: there may be more.'];
  return lines.length + partial.length === 0 ? ['The rules are the same.'] : [...lines, ...partial];
}
