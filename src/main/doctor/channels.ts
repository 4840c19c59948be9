import type { ChannelId } from '../../core/ids.ts';
import { slackUserId, slackUserIdSchema } from '../../core/ids.ts';
import { SlackError } from '../../slack/errors.ts';
import type { SlackChannelState } from '../../slack/inspect.ts';
import { inBatches } from '../in-batches.ts';
import { type Finding, type Line, ok, toCheck, wrong } from './finding.ts';
import type { Tools } from './tools.ts';

/** In a channel with more people than this nobody is looked up one by one. */
const MOST_PEOPLE = 100;

/** A channel of the settings, with what it is for. */
interface Named {
  readonly id: ChannelId;
  readonly uses: readonly string[];
  /** The bot posts there, so it must be a member. */
  readonly isPostedTo: boolean;
}

function namedChannels({ configuration }: Tools): readonly Named[] {
  const { settings, policy } = configuration;
  const uses = new Map<ChannelId, string[]>();
  const add = (id: ChannelId | undefined, use: string) => {
    if (id !== undefined) uses.set(id, [...(uses.get(id) ?? []), use]);
  };
  add(settings.slack.approvalsChannel, 'approvals_channel');
  add(settings.slack.auditChannel, 'audit_channel');
  for (const { name, channels = [] } of policy.rules) for (const id of channels) add(id, `rule "${name}"`);
  return [...uses].map(([id, names]) => ({
    id,
    uses: names,
    isPostedTo: names.some((name) => name.endsWith('_channel')),
  }));
}

/** Each channel that the settings name. */
export async function examineChannels(tools: Tools): Promise<readonly Line[]> {
  const lines = await Promise.all(
    namedChannels(tools).map((channel) => tools.examine('slack.channel', () => describe(channel, tools))),
  );
  return lines.flat();
}

async function describe(channel: Named, tools: Tools): Promise<readonly Finding[]> {
  const { id, uses, isPostedTo } = channel;
  const what = `${id} (${uses.join(', ')})`;
  let state: SlackChannelState;
  try {
    state = await tools.slack.channel(id);
  } catch (error) {
    if (!(error instanceof SlackError) || error.code !== 'channel_not_found') throw error;
    return [
      wrong(
        `${what}: Slack shows the bot no such channel`,
        'Correct the id; in a private channel type /invite for the bot first.',
      ),
    ];
  }
  const { name, isPrivate, isMember, isArchived, isShared, people } = state;
  const called = `${what} = #${name}`;
  const problems: readonly Finding[] = [
    ...(isArchived ? [wrong(`${called} is archived`, 'Bring it back, or name another channel.')] : []),
    ...(isShared
      ? [
          wrong(
            `${called} is shared with other companies or workspaces`,
            'Name a channel of your own: nothing is decided or told in a shared one.',
          ),
        ]
      : []),
    ...(isPostedTo && !isMember
      ? [wrong(`the bot is not in ${called}`, `Type /invite in #${name} and choose the bot.`)]
      : []),
  ];
  const counted = people === undefined ? '' : `, ${people} ${people === 1 ? 'member' : 'members'}`;
  const fine = ok(`${called}, ${isPrivate ? 'private' : 'public'}${counted}${isMember ? ', the bot is in it' : ''}`);
  // Who reads along matters where cards and news are posted.
  const guests = isPostedTo && isMember ? await guestsIn(id, called, tools) : [];
  return [...(problems.length === 0 ? [fine] : problems), ...guests];
}

async function guestsIn(id: ChannelId, called: string, { slack }: Tools): Promise<readonly Finding[]> {
  const { ids, whole } = await slack.membersOf(id, MOST_PEOPLE);
  if (!whole) return [toCheck(`${called} has over ${MOST_PEOPLE} members; they were not looked at for guests`)];
  const members = ids.filter((member) => slackUserIdSchema.safeParse(member).success);
  const people = await inBatches(members, (member) => slack.directory.person(slackUserId(member)));
  const outsiders = people.filter(({ standing }) => standing === 'guest' || standing === 'stranger');
  if (outsiders.length === 0) return [];
  const names = outsiders.map(({ name, slack: who, standing }) => `${name} (${who}, ${standing})`).join(', ');
  return [toCheck(`in ${called} read along: ${names}`, 'Remove them where they should not know who is logged off.')];
}
