import { type SlackUserId, slackUserId } from '../../core/ids.ts';
import type { Standing } from '../../core/people.ts';
import { SlackError } from '../../slack/errors.ts';
import type { SlackGroup } from '../../slack/inspect.ts';
import { inBatches } from '../in-batches.ts';
import { type Finding, type Line, ok, wrong } from './finding.ts';
import type { Tools } from './tools.ts';

const STANDINGS: Readonly<Record<Standing, string>> = {
  member: 'active',
  guest: 'a guest',
  stranger: 'from another workspace',
  bot: 'a bot',
  deactivated: 'deactivated',
  unknown: 'not known to Slack, or invited and never there',
};

const REPLACE = 'The rules give them nothing: remove them from the settings, or put somebody else there.';

/** Each Slack person and user group that the settings name. */
export async function examinePeople(tools: Tools): Promise<readonly Line[]> {
  const { examine, configuration, slack } = tools;
  const { people, identities } = configuration.policy;
  const sets = Object.values(people);
  const persons = new Set<SlackUserId>([
    ...sets.flatMap(({ users }) => users),
    ...Object.keys(identities).map((user) => slackUserId(user)),
  ]);
  const groups = new Set<string>(sets.flatMap(({ usergroups }) => usergroups));
  // Asked once, for the first that needs them.
  let listed: Promise<readonly SlackGroup[]> | undefined;
  const known = () => {
    listed ??= slack.groups();
    return listed;
  };
  const lines = [
    ...(await inBatches([...persons], (id) => examine('slack.person', () => describePerson(id, tools)))),
    ...(await inBatches([...groups], (id) =>
      examine('slack.user_group', async () => describeGroup(id, await known(), tools)),
    )),
  ];
  return lines.flat();
}

async function describePerson(id: SlackUserId, { slack }: Tools): Promise<Finding> {
  const { name, standing } = await slack.directory.person(id);
  const say = `${id} = ${name === id ? 'nobody' : name}, ${STANDINGS[standing]}`;
  return standing === 'member' ? ok(say) : wrong(say, REPLACE);
}

async function describeGroup(id: string, known: readonly SlackGroup[], { slack }: Tools): Promise<Finding> {
  const group = known.find((each) => each.id === id);
  if (group === undefined) return wrong(`${id}: Slack has no such user group`, 'Correct the id, or remove it.');
  const called = `${id} = @${group.handle} (${group.name})`;
  if (group.isDisabled)
    return wrong(`${called} is switched off, so it holds nobody`, 'Switch it on in Slack, or remove it.');
  const members = (await slack.directory.userGroupMembers([id])).get(id);
  if (members === undefined)
    throw new SlackError({ code: 'unavailable', method: 'usergroups.users.list', executed: 'no' });
  if (members.size === 0) return wrong(`${called} is empty`, 'Put people into it in Slack, or remove it.');
  return ok(`${called}, ${members.size} ${members.size === 1 ? 'member' : 'members'}`);
}
