import type { Configuration } from '../app.ts';
import { type ProposedIdentities, proposeIdentities } from '../core/propose-identities.ts';
import { connectNetServer } from '../netserver/netserver.ts';
import { netServerOptions } from '../runtime/netserver-options.ts';
import { slackCaller } from '../slack/client.ts';
import { slackIdentity } from '../slack/identity.ts';
import { listMembers } from '../slack/members.ts';
import type { Clock, Log } from '../workflows/ports.ts';

/** Reads everybody on both sides and gives a text to review and to put into the settings. Changes nothing. */
export async function matchPeople(configuration: Configuration, clock: Clock, log: Log): Promise<string> {
  const { environment, policy } = configuration;
  const netserver = connectNetServer(netServerOptions(configuration, clock, log));
  const { slackApiUrl: apiUrl } = environment;
  const slack = slackCaller(environment.slackBotToken.reveal(), { log, ...(apiUrl === undefined ? {} : { apiUrl }) });
  try {
    const [members, people] = await Promise.all([listMembers(slack, slackIdentity(slack)), netserver.readUsers()]);
    return describe(proposeIdentities(members, people), policy.identities);
  } finally {
    await netserver.close();
  }
}

/** YAML for the settings, with what has to be decided by somebody as comments. */
function describe(found: ProposedIdentities, present: Readonly<Record<string, number>>): string {
  const lines = found.proposals.map(({ slack, slackName, associate, by }) => {
    const now = present[slack];
    const note = now === undefined ? '' : now === associate.id ? ', as in the settings' : `, THE SETTINGS SAY ${now}`;
    return `  ${slack}: ${associate.id}  # ${oneLine(slackName)} = ${oneLine(associate.fullName)} (${oneLine(associate.login)}), by ${by}${note}`;
  });
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
    ...section(
      'In SuperOffice, not found in Slack',
      found.missingInSlack,
      (who) => `${who.id} ${oneLine(who.fullName)} (${oneLine(who.login)})`,
    ),
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

/** A name may hold anything; a comment must stay one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
