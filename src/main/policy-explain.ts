import type { Variables } from '../config/environment.ts';
import { loadSettings, settingsPath } from '../config.ts';
import { associateIdSchema, channelIdSchema, slackUserIdSchema, userGroupIdSchema } from '../core/ids.ts';
import { explain, explainedLines } from '../core/policy/explain.ts';
import { plainFacts, type Question } from '../core/policy/plain-facts.ts';
import type { Policy } from '../core/policy/policy.ts';
import { type Flags, readFlags } from './policy-flags.ts';
import { factsNow } from './policy-online.ts';
import { type Output, Refused, WrongUse } from './refused.ts';

const OPTIONS = {
  settings: { type: 'string' },
  user: { type: 'string' },
  usergroup: { type: 'string', multiple: true },
  channel: { type: 'string' },
  targets: { type: 'string' },
  group: { type: 'string' },
  reason: { type: 'string' },
  online: { type: 'boolean' },
} as const;

/** `policy explain`: prints what comes of a question and why. Offline everybody is taken to be what the settings say. */
export async function explainPolicy(
  args: readonly string[],
  variables: Variables,
  { out }: Output,
  readPolicy: (path: string) => Policy,
): Promise<number> {
  const flags = readFlags(args, OPTIONS, []);
  const question = questionOf(flags);
  const path = flags.text('settings') ?? settingsPath(variables);
  const reason = flags.text('reason');
  if (!flags.isOn('online')) {
    const policy = readPolicy(path);
    out(`${explainedLines(explain(policy, plainFacts(question, policy), reason)).join('\n')}\n`);
    out('\n(Taken from the settings alone: a full member, internal users. --online asks Slack and SuperOffice.)\n');
    return 0;
  }
  if (question.usergroups?.length !== 0 || question.group !== undefined) {
    throw new WrongUse('--group and --usergroup are looked up with --online: leave them out');
  }
  const loaded = loadSettings({ ...variables, LOGOFF_CONFIG: path });
  if (!loaded.ok) throw new Refused(loaded.report);
  const { facts, notes } = await factsNow(question, loaded);
  out(`${[...explainedLines(explain(loaded.policy, facts, reason)), ...notes].join('\n')}\n`);
  return 0;
}

/** The question that the flags ask. Throws WrongUse for ids that are none. */
function questionOf(flags: Flags): Question {
  const fits = (
    name: string,
    value: string,
    schema: { safeParse(value: string): { success: boolean } },
    like: string,
  ) => {
    if (!schema.safeParse(value).success) throw new WrongUse(`--${name} "${value}" must be ${like}`);
    return value;
  };
  const channel = flags.text('channel');
  const named = flags.needed('targets');
  const isEveryone = named.toLowerCase() === 'everyone';
  const targets = isEveryone ? [] : named.split(',').map((word) => word.trim());
  return {
    user: fits('user', flags.needed('user'), slackUserIdSchema, 'a Slack person id such as U012ABCDEF'),
    usergroups: flags
      .texts('usergroup')
      .map((group) => fits('usergroup', group, userGroupIdSchema, 'a Slack user group id such as S012ABCDEF')),
    channel: channel && fits('channel', channel, channelIdSchema, 'a Slack channel id such as C012ABCDEF'),
    targets: targets.map((word) => {
      if (!/^\d+$/.test(word)) {
        if (word === '') throw new WrongUse('--targets must be associate ids or logins with commas between them');
        return word;
      }
      const id = associateIdSchema.safeParse(Number(word));
      if (!id.success) throw new WrongUse(`--targets "${word}" is not an associate id`);
      return id.data;
    }),
    ...(isEveryone ? { everyone: true } : {}),
    group: flags.text('group'),
  };
}
