import type { Configuration } from '../app.ts';
import type { DirectoryPerson } from '../core/directory.ts';
import { EdgeError } from '../core/errors.ts';
import { type ProposedIdentities, proposeIdentities, type Settled } from '../core/propose-identities.ts';
import { connectNetServer } from '../netserver/netserver.ts';
import { netServerOptions } from '../runtime/netserver-options.ts';
import { slackCaller } from '../slack/client.ts';
import { slackIdentity } from '../slack/identity.ts';
import { listMembers } from '../slack/members.ts';
import type { Clock, Log } from '../workflows/ports.ts';
import { oneLine } from './one-line.ts';

/** A text to review and to put into the settings, or what kept it from being made: a sentence for each side. */
export type Matched =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads everybody on both sides and proposes who is who. Changes nothing. */
export async function matchPeople(configuration: Configuration, clock: Clock, log: Log): Promise<Matched> {
  const { environment, policy } = configuration;
  const netserver = connectNetServer(netServerOptions(configuration, clock, log));
  const { slackApiUrl: apiUrl } = environment;
  const slack = slackCaller(environment.slackBotToken.reveal(), { log, ...(apiUrl === undefined ? {} : { apiUrl }) });
  try {
    const [members, people] = await Promise.allSettled([
      listMembers(slack, slackIdentity(slack)),
      netserver.readUsers(),
    ]);
    if (members.status === 'fulfilled' && people.status === 'fulfilled')
      return { ok: true, text: describe(proposeIdentities(members.value, people.value, policy.identities)) };
    return { ok: false, problems: [members, people].flatMap(problemOf) };
  } finally {
    await netserver.close();
  }
}

/** The sentence of a side that could not be read. Throws what is no fault of an edge. */
function problemOf(side: PromiseSettledResult<unknown>): readonly string[] {
  if (side.status === 'fulfilled') return [];
  if (!(side.reason instanceof EdgeError)) throw side.reason;
  return [side.reason.message];
}

const called = ({ fullName, login }: DirectoryPerson): string => `${oneLine(fullName)} (${oneLine(login)})`;

/** A line of the settings as it is, with what somebody should know who looks at it again. */
function describeSettled({ slack, id, member, associate, otherwise }: Settled): string {
  const who = `${member === undefined ? 'NOT FOUND IN SLACK' : oneLine(member.name)} = ${associate === undefined ? 'NOT FOUND IN SUPEROFFICE' : called(associate)}`;
  const retired = associate?.retired === true ? ', RETIRED' : '';
  const other =
    otherwise === undefined
      ? ''
      : `, BUT BY ${otherwise.by.toUpperCase()} IT IS ${otherwise.associate.id} ${called(otherwise.associate)}`;
  return `  ${slack}: ${id}  # ${who}, as in the settings${retired}${other}`;
}

/** YAML for the settings, with what has to be decided by somebody as comments. */
function describe(found: ProposedIdentities): string {
  const proposed = found.proposals.map(
    ({ slack, slackName, associate, by }) =>
      `  ${slack}: ${associate.id}  # ${oneLine(slackName)} = ${called(associate)}, by ${by}`,
  );
  const lines = [...found.settled.map(describeSettled), ...proposed];
  return [
    '# Proposed by e-mail address and full name. Review each line: an entry here lets that Slack person act as the associate.',
    'identities:',
    ...(lines.length === 0 ? ['  {}'] : lines),
    ...section(
      'Several for one, choose yourself',
      found.doubles,
      ({ what, slack, associates }) =>
        `${oneLine(what)}: Slack ${slack.join(', ')}; associates ${associates.join(', ')}`,
    ),
    ...section('In SuperOffice, not found in Slack', found.missingInSlack, (who) => `${who.id} ${called(who)}`),
    ...section(
      'In Slack, not found in SuperOffice',
      found.missingInSuperOffice,
      ({ slack, name }) => `${slack} ${oneLine(name)}`,
    ),
    '',
  ].join('\n');
}

const section = <T>(title: string, items: readonly T[], line: (item: T) => string): readonly string[] =>
  items.length === 0 ? [] : [`# ${title} (${items.length}):`, ...items.map((item) => `#   ${line(item)}`)];
