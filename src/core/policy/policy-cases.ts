import { z } from 'zod';
import { channelIdSchema, MAX_ASSOCIATE_ID, slackUserIdSchema, userGroupIdSchema } from '../ids.ts';
import { type Decision, decide, reasonProblem } from './decide.ts';
import { plainFacts } from './plain-facts.ts';
import type { Policy } from './policy.ts';
import { demandWords } from './words.ts';

/** One question to the rules and the answer that is wanted: what `policy test` reads. */
export const policyCaseSchema = z.strictObject({
  user: slackUserIdSchema.describe('Who asks: a Slack id, or one that the settings do not name.'),
  usergroups: z.array(userGroupIdSchema).optional().describe('Slack user groups that they are taken to be in.'),
  channel: channelIdSchema.optional().describe('Where it is typed. Without it: a channel that no rule names.'),
  targets: z
    .union([
      z.literal('everyone'),
      z
        .array(z.union([z.int().min(1).max(MAX_ASSOCIATE_ID), z.string().trim().min(1).max(100)]))
        .min(1)
        .max(1001),
    ])
    .describe('Whom to log off: associate ids, or logins; or everyone who is on then.'),
  group: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('The primary group that all of these are taken to be in.'),
  reason: z.string().max(500).optional().describe('The reason that is given.'),
  expect: z.enum(['allow', 'needs_approval', 'deny']).describe('What must come of it.'),
  rule: z.string().trim().min(1).optional().describe('The rule that must decide.'),
  approvals: z.int().min(0).max(10).optional().describe('How many approvals it must need.'),
});
export const policyCasesSchema = z.array(policyCaseSchema).min(1).max(1_000);
export type PolicyCase = z.infer<typeof policyCaseSchema>;

/** A case that came out otherwise. */
export interface Differing {
  readonly index: number;
  readonly case: PolicyCase;
  readonly say: string;
}

/** Asks the rules each question; gives those whose answer is not the wanted one. */
export function differingCases(policy: Policy, cases: readonly PolicyCase[]): readonly Differing[] {
  return cases.flatMap((wanted, index): readonly Differing[] => {
    const decision = decided(policy, wanted);
    const wants = [
      ...(decision.effect === wanted.expect ? [] : [wanted.expect]),
      ...(wanted.rule === undefined || decision.rule === wanted.rule ? [] : [`the rule "${wanted.rule}"`]),
      ...(wanted.approvals === undefined || decision.approvals === wanted.approvals
        ? []
        : [`${wanted.approvals} approvals`]),
    ];
    if (wants.length === 0) return [];
    return [{ index, case: wanted, say: `wanted ${wants.join(' and ')}; it is ${decision.words}` }];
  });
}

interface Decided {
  readonly effect: Decision['effect'];
  readonly rule?: string;
  readonly approvals?: number;
  readonly words: string;
}

/** What a request comes to, with a reason that does not fit taken as the refusal that it is. */
function decided(policy: Policy, wanted: PolicyCase): Decided {
  const { targets } = wanted;
  const whom = targets === 'everyone' ? ({ targets: [], everyone: true } as const) : { targets };
  const decision = decide(policy, plainFacts({ ...wanted, ...whom }, policy));
  if (decision.effect === 'deny') return { effect: 'deny', words: `deny (${decision.code})` };
  const { effect, rule, demand } = decision;
  const problem = reasonProblem(demand.reason, wanted.reason);
  if (problem !== undefined) return { effect: 'deny', rule, words: `deny (${problem.code}) by the rule "${rule}"` };
  const { approvals } = demand;
  return { effect, rule, approvals, words: `${effect} by the rule "${rule}", ${demandWords(demand)}` };
}

/** "U0BOB for 101 and 102 in C0HELPDESK": a case in a few words. */
export function caseWords({ user, targets, channel, group }: PolicyCase): string {
  const shown = targets === 'everyone' ? targets : targets.slice(0, 6).join(', ');
  const more = targets !== 'everyone' && targets.length > 6 ? ` and ${targets.length - 6} more` : '';
  const of = group === undefined ? '' : ` of ${group}`;
  return `${user} for ${shown}${more}${of}${channel === undefined ? '' : ` in ${channel}`}`;
}
