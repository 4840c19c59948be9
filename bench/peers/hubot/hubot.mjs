import { SlackBot } from '@hubot-friends/hubot-slack/src/Bot.mjs';
import { WebClient } from '@slack/web-api';
import { Robot } from 'hubot';
import soap from 'soap';

// Hubot with its Slack adapter and the script that somebody would write: a message to it, a SOAP call, an answer in the
// channel. Hubot knows no slash commands. Only the address of Slack differs from what its adapter does by itself.
const NAMESPACE = 'http://www.superoffice.net/ws/crm/NetServer/Services86';
const { env } = process;
const clientOptions = { slackApiUrl: env.SLACK_API_URL };
const clientOf = (service) =>
  soap.createClientAsync(
    `${env.WSDL_FOLDER}/${service}.wsdl`,
    {},
    `${env.NETSERVER_URL}/Remote/Services86/${service}.svc`,
  );

const principal = await clientOf('SoPrincipal');
const [logon] = await principal.AuthenticateUsernamePasswordAsync({
  UserName: env.NETSERVER_USERNAME,
  Password: env.NETSERVER_PASSWORD,
});
const client = await clientOf('Associate');
client.addSoapHeader({ Credentials: { Ticket: logon.Credentials.Ticket } }, '', 'tns', NAMESPACE);

const use = (robot) =>
  new SlackBot(robot, {
    appToken: env.SLACK_APP_TOKEN,
    botToken: env.SLACK_BOT_TOKEN,
    socketModeOptions: { clientOptions },
    web: new WebClient(env.SLACK_BOT_TOKEN, { ...clientOptions, maxRequestConcurrency: 1, logLevel: 'error' }),
    disableUserSync: true,
  });
const robot = new Robot({ use }, false, 'hubot');
await robot.loadAdapter();
await robot.run();
// Its name is known now: it is the bot user's, and a message must begin with it.
robot.respond(/logoff (\d+)/i, async (response) => {
  const int = [Number(response.match[1])];
  await client.LogOffWindowsUsersAsync({ AssociateIds: { int } });
  await response.send(`Logged off ${int.join(', ')}`);
});
process.stdout.write(`${JSON.stringify({ msg: 'ready' })}\n`);
