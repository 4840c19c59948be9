import type { SlackBot } from '../../slack/inspect.ts';
import { tryAppToken } from '../../slack/inspect.ts';
import { type Finding, type Line, ok, skipped, toCheck, wrong } from './finding.ts';
import type { Tools } from './tools.ts';

/** Each scope of the manifest, with what does not work without it. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'nobody can type /logoff',
  'chat:write': 'no card and no answer can be posted',
  'users:read': 'nobody’s standing can be read, so everybody is refused',
  'users:read.email': 'nobody is matched by e-mail address',
  'usergroups:read': 'user groups of the settings hold nobody',
  'channels:read': 'public channels cannot be looked at, so commands in them are refused',
  'groups:read': 'private channels cannot be looked at',
  'im:write': 'nobody can be warned or told by direct message',
};

const INSTALL = 'Paste manifest.yml under App Manifest of the Slack app, and reinstall it.';

/** The tokens and what they may do. Gives the bot where its token was accepted: without it nothing else can be asked. */
export async function examineTokens(
  tools: Tools,
): Promise<{ readonly lines: readonly Line[]; readonly bot?: SlackBot }> {
  const { examine, slack } = tools;
  let bot: SlackBot | undefined;
  const token = await examine('slack.bot_token', async () => {
    bot = await slack.bot();
    return describeBot(bot);
  });
  // It was set in there, which the compiler cannot see.
  const found: SlackBot | undefined = bot;
  const lines = [
    ...token,
    ...(await examineOtherSecret(tools, found)),
    ...(await examine('slack.scope', async () => describeScopes(found))),
    ...(await examine('slack.should_escape', async () => SHOULD_ESCAPE)),
  ];
  return { lines, ...(found === undefined ? {} : { bot: found }) };
}

function describeBot({ name, userId, team, teamId, botId }: SlackBot): Finding {
  const who = `${name} (${userId}) in ${team} (${teamId})`;
  if (botId !== undefined) return ok(who);
  return wrong(`${who} is no bot`, 'Set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) of the app.');
}

/** In socket mode the app token, in http mode the signing secret. */
async function examineOtherSecret(
  { examine, configuration, clocks, slack }: Tools,
  bot: SlackBot | undefined,
): Promise<readonly Line[]> {
  const { settings, environment } = configuration;
  if (settings.slack.mode === 'http') return await examine('slack.signing_secret', async () => SIGNING_SECRET);
  return await examine('slack.app_token', async () => {
    const appToken = environment.slackAppToken?.reveal() ?? '';
    const { slackApiUrl: apiUrl } = environment;
    const onDate = (date: string) => clocks.hearDate('slack', date);
    await tryAppToken(appToken, { onDate, log: () => {}, ...(apiUrl === undefined ? {} : { apiUrl }) });
    const other = await appMismatch(appToken, bot, slack);
    return other ?? ok('Slack gives it connections');
  });
}

/** An app token names its app. With the tokens of two apps both are accepted, and no command ever arrives. */
async function appMismatch(
  appToken: string,
  bot: SlackBot | undefined,
  slack: Tools['slack'],
): Promise<Finding | undefined> {
  const named = /^xapp-\d+-(A[A-Z0-9]{5,})-/.exec(appToken)?.[1];
  if (named === undefined || bot?.botId === undefined) return undefined;
  const app = await slack.appOf(bot.botId).catch(() => undefined);
  if (app === undefined || app === named) return undefined;
  return wrong(
    `it belongs to app ${named}, but the bot token belongs to ${app}`,
    'Take both tokens from the pages of one app.',
  );
}

function describeScopes(bot: SlackBot | undefined): readonly Finding[] {
  if (bot === undefined) return [skipped('the bot token could not be used')];
  const { scopes } = bot;
  if (scopes === undefined)
    return [toCheck('Slack’s answer did not say which scopes the token has', 'Compare them with manifest.yml.')];
  const each = Object.entries(SCOPES).map(([scope, without]) =>
    scopes.includes(scope) ? ok(scope) : wrong(`${scope} is missing: ${without}`, INSTALL),
  );
  const more = scopes.filter((scope) => !Object.hasOwn(SCOPES, scope));
  if (more.length === 0) return each;
  return [...each, toCheck(`more than is needed: ${more.join(', ')}`, 'Take away what nothing else needs.')];
}

/** Slack tells it only to a token for app configuration, which a person makes for some hours; the bot has none. */
const SHOULD_ESCAPE = toCheck(
  'cannot be checked from here: Slack tells it to no token of the bot’s',
  'Type /logoff @someone in Slack: an answer that @names arrive as plain text means that it is off. It belongs on (manifest.yml).',
);

const SIGNING_SECRET = toCheck(
  'cannot be checked from here',
  'Type /logoff help in Slack: with a wrong secret nothing is answered, and the log says slack_bad_signature.',
);
