import type { AuthorizeResult, AuthorizeSourceData } from '@slack/bolt';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { textAt } from './payload.ts';
import { singleFlight } from './single-flight.ts';
import type { Home } from './standing.ts';

/** Who the bot is, in which workspace. */
export interface Identity extends Home {
  readonly botUserId: string;
  readonly botId: string;
}

/** Asks Slack once and remembers; a failure is not remembered. Throws a SlackError. */
export function slackIdentity(slack: SlackCaller): () => Promise<Identity> {
  const flight = singleFlight<Identity>();
  let known: Identity | undefined;
  const ask = async (): Promise<Identity> => {
    const method = 'auth.test';
    const answer = await slack.repeatable(method, {});
    const [teamId, botUserId] = [textAt(answer, 'team_id'), textAt(answer, 'user_id')];
    const [botId, enterpriseId] = [textAt(answer, 'bot_id'), textAt(answer, 'enterprise_id')];
    if (teamId === undefined || botUserId === undefined) {
      throw new SlackError({ code: 'bad_response', method, executed: 'no' });
    }
    known = { teamId, botUserId, botId: botId ?? '', ...(enterpriseId === undefined ? {} : { enterpriseId }) };
    return known;
  };
  return () => (known === undefined ? flight('identity', ask) : Promise.resolve(known));
}

/** Where a payload comes from, as Bolt read it. */
export type Source = Pick<AuthorizeSourceData<boolean>, 'teamId' | 'enterpriseId' | 'isEnterpriseInstall'>;

/** Lets payloads of our own workspace (or of our own organisation, where it installed the app) in; throws for others. */
export async function authorize(
  identity: () => Promise<Identity>,
  botToken: string,
  source: Source,
): Promise<AuthorizeResult> {
  const { teamId, enterpriseId, botId, botUserId } = await identity();
  const ownOrganisation =
    source.isEnterpriseInstall && enterpriseId !== undefined && source.enterpriseId === enterpriseId;
  if (source.teamId !== teamId && !ownOrganisation) {
    throw new SlackError({ code: 'foreign_team', method: 'authorize', executed: 'no' });
  }
  return { botToken, botId, botUserId, teamId };
}
