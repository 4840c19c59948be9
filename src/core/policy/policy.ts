import { z } from 'zod';
import { associateIdSchema, channelIdSchema, slackUserIdSchema, userGroupIdSchema } from '../ids.ts';
import { durationSchema } from '../time.ts';
import { LONGEST_PATTERN, patternProblem } from './safe-pattern.ts';

/** A rule's `who: anyone`: every full member of the own workspace. Therefore no people may be called so. */
export const ANYONE = 'anyone';

const peopleName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,40}$/,
    'must be a short name of letters, digits, spaces, dots, dashes or underscores',
  );

const peopleNames = z
  .union([peopleName, z.array(peopleName).min(1)])
  .transform((names): readonly string[] => (typeof names === 'string' ? [names] : names));

export const peopleSchema = z
  .strictObject({
    users: z.array(slackUserIdSchema).default([]).describe('Slack people by id.'),
    usergroups: z
      .array(userGroupIdSchema)
      .default([])
      .describe('Slack user groups by id (S…): whoever is in them now. Where Slack does not answer, nobody is.'),
  })
  .describe('People by Slack id, by Slack user group, or both.');

const targetsSchema = z.union([
  z.literal('self').describe('Only the requester, where `identities` ties them to an associate.'),
  z.literal('any').describe('Anybody whom nothing else protects.'),
  z
    .strictObject({
      at_most: z.int().min(1).max(1000).optional().describe('At most this many people in one request.'),
      groups: z
        .array(z.string().trim().min(1).max(100))
        .min(1)
        .optional()
        .describe('Only people whose primary SuperOffice user group has one of these names.'),
    })
    .refine((keys) => keys.at_most !== undefined || keys.groups !== undefined, 'must hold at_most, groups, or both')
    .describe('All keys must hold.'),
]);

/** What was approved today is not waited with until another day. */
const upToADay = <S extends z.ZodType<number, string>>(schema: S) =>
  schema.refine((time) => time <= 86_400_000, 'must be at most 24h');

const patternSchema = z
  .string()
  .max(LONGEST_PATTERN)
  .superRefine((pattern, context) => {
    const message = patternProblem(pattern);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** How often whoever is warned may ask for how much more time, where a rule does not say. */
export const DEFAULT_SNOOZE = { times: 1, for: 600_000 };

const reasonSchema = z.union([
  z.literal('required').describe('Some reason must be given.'),
  z
    .strictObject({
      pattern: patternSchema.describe(
        'A regular expression that the reason must fit, such as ^[A-Z]+-[0-9]+. At most 200 characters, and none that could take long.',
      ),
      say: z.string().trim().min(1).max(200).describe('What somebody reads whose reason does not fit.'),
    })
    .describe('The reason must fit.'),
]);
export type ReasonDemand = z.infer<typeof reasonSchema>;

export const ruleSchema = z.strictObject({
  name: z.string().trim().min(1).max(75).describe('What cards, audit and explanations call this rule.'),
  who: peopleNames.describe(
    'Who may ask: `anyone` (every full member of the own workspace), a name under `people`, or a list of them.',
  ),
  targets: targetsSchema.describe(
    'Who may be logged off: self, any, { at_most: n }, { groups: [Sales] }, or both keys.',
  ),
  channels: z
    .array(channelIdSchema)
    .min(1)
    .optional()
    .describe(
      'Slack channels (C…) in which it may be typed; part of the match, like who and targets. Without it: anywhere. Channels shared with other companies never.',
    ),
  reason: reasonSchema
    .optional()
    .describe("What the reason must be: required, or { pattern: '^[A-Z]+-[0-9]+', say: 'Give the ticket number.' }."),
  approvals: z
    .int()
    .min(0)
    .max(10)
    .default(1)
    .describe('How many different people must approve. The requester never counts.'),
  approvers: peopleNames.optional().describe('Who may approve: a name under `people`, or a list of them.'),
  consent: z
    .boolean()
    .optional()
    .describe(
      'Where exactly one person is to be logged off: their own "Log me off now" replaces the approvals. Needs an entry under `identities`, or a trusted e-mail domain.',
    ),
  budget: z
    .strictObject({
      people: z.int().min(1).max(100_000).describe('How many people.'),
      per: durationSchema.refine((per) => per > 0, 'must be longer than 0s').describe('In which time, such as 1h.'),
    })
    .optional()
    .describe(
      'How many people one requester may ask for in a time, whatever became of it. Beyond it somebody else must approve: one of `approvers`; where there are none, it is refused.',
    ),
  confirm_above: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe('Above this many people the requester looks at the whole list and confirms it first.'),
  warn: upToADay(durationSchema)
    .default(60_000)
    .describe(
      'How long before they are logged off people who are on are warned, by a direct message from the bot. Default 1m; 0s: not at all. Nobody is warned of what they ask for themselves alone, or agreed to.',
    ),
  snooze: z
    .strictObject({
      times: z.int().min(0).max(5).describe('How often each person may ask for more time; 0: never.'),
      for: upToADay(durationSchema.refine((time) => time > 0, 'must be longer than 0s')).describe(
        'How much, counted from when they ask. The whole request waits.',
      ),
    })
    .default(DEFAULT_SNOOZE)
    .describe(
      'Whether people who are warned may ask for more time. Default { times: 1, for: 10m }: once each, since whoever is warned and cannot answer loses work. { times: 0, for: 10m } takes that away.',
    ),
  targets_may_stop: z
    .boolean()
    .optional()
    .describe(
      'Whether those who are to be logged off may stop it until SuperOffice is asked; for all in the request. Needs an entry under `identities`, or a trusted e-mail domain.',
    ),
});

/** One message to SuperOffice holds this many people, and so does one request. */
export const MOST_AT_ONCE = 1_000;

/** The part of the settings that decides who may do what. Keys are those of the file. */
export const policyShape = {
  identities: z
    .record(slackUserIdSchema, associateIdSchema)
    .default({})
    .describe('Which associate a Slack person is. Gives the right to `targets: self`.'),
  trust_email: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as example.com'))
    .default([])
    .describe(
      'Domains whose confirmed e-mail addresses tell who somebody is as surely as `identities`. Others can edit the address on a SuperOffice card: name only domains where you accept that. Sub-domains are not included.',
    ),
  people: z.record(peopleName, peopleSchema).default({}).describe('Named sets of people that rules refer to.'),
  may_see: z
    .strictObject({
      who: peopleNames
        .default([])
        .describe('Who may list who is logged on, of those they may log off; and ask for everyone, by a rule for any.'),
      history: peopleNames.default([]).describe('Who may look at requests that they have no part in.'),
    })
    .default({ who: [], history: [] })
    .describe('Who may look at what.'),
  never: z
    .array(z.union([associateIdSchema, z.string().trim().min(1).max(100)]))
    .default([])
    .describe('Associate ids, logins, or names that people log on with, whom no rule can reach.'),
  approval_expires_after: durationSchema.default(30 * 60_000).describe('How long approvers have. Default 30m.'),
  dispatch_within: durationSchema
    .default(10 * 60_000)
    .describe('How long an approved request may wait for NetServer before it is given up. Default 10m.'),
  max_targets: z
    .int()
    .min(1)
    .max(MOST_AT_ONCE)
    .default(50)
    .describe('Most people that one request may name. Default 50.'),
  rules: z.array(ruleSchema).min(1).describe('The first rule that matches decides. No match means no.'),
};

export type Rule = z.infer<typeof ruleSchema>;
export type PolicySettings = z.infer<z.ZodObject<typeof policyShape>>;

/** The rules in force. `version` is the first 12 hex digits of the settings file's SHA-256. */
export type Policy = Readonly<PolicySettings> & { readonly version: string };

/** A problem that only shows when the parts of a policy are looked at together; `path` leads to the place. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Finds names that lead nowhere, rules of the same name, rules that ask for approvals from nobody, and no time at all. */
export function policyProblems(policy: PolicySettings): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const known = new Set(Object.keys(policy.people));
  const check = (names: readonly string[], path: readonly (string | number)[]) => {
    for (const name of names) {
      if (!known.has(name)) problems.push({ path, message: `"${name}" is not a name under people` });
    }
  };
  if (known.has(ANYONE))
    problems.push({ path: ['people', ANYONE], message: '"anyone" has a meaning of its own; use another name' });
  check(policy.may_see.who, ['may_see', 'who']);
  check(policy.may_see.history, ['may_see', 'history']);
  for (const key of ['approval_expires_after', 'dispatch_within'] as const) {
    if (policy[key] === 0)
      problems.push({ path: [key], message: 'must be longer than 0s, or nothing is ever in time' });
  }
  const names = new Set<string>();
  policy.rules.forEach((rule, index) => {
    const at = (key: string) => ['rules', index, key];
    if (names.has(rule.name)) problems.push({ path: at('name'), message: `two rules are called "${rule.name}"` });
    names.add(rule.name);
    if (rule.who.includes(ANYONE) && rule.who.length > 1) {
      problems.push({ path: at('who'), message: '"anyone" stands alone: it holds everybody already' });
    }
    check(
      rule.who.filter((name) => name !== ANYONE),
      at('who'),
    );
    check(rule.approvers ?? [], at('approvers'));
    if (rule.approvals > 0 && rule.approvers === undefined) {
      problems.push({ path: at('approvals'), message: 'asks for approvals but names no approvers' });
    }
  });
  return problems;
}
