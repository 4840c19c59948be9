import soap from 'soap';
import { boltApp, startApp } from './bolt-app.ts';
import { variable } from './environment.ts';

// What somebody writes who has read the guide of Bolt and the guide of the SOAP package: acknowledge, call, reply. It keeps
// no record, checks no rights, looks nobody up and believes the answer. `SOAP_CLIENT` is `cached` or `not cached`.
const NAMESPACE = 'http://www.superoffice.net/ws/crm/NetServer/Services86';
const folder = variable('WSDL_FOLDER');
const cached = variable('SOAP_CLIENT') === 'cached';

const clientOf = (service: string) =>
  soap.createClientAsync(
    `${folder}/${service}.wsdl`,
    cached ? {} : { disableCache: true },
    `${variable('NETSERVER_URL')}/Remote/Services86/${service}.svc`,
  );

async function logOn(): Promise<string> {
  const client = await clientOf('SoPrincipal');
  const [answer] = await client['AuthenticateUsernamePasswordAsync']({
    UserName: variable('NETSERVER_USERNAME'),
    Password: variable('NETSERVER_PASSWORD'),
  });
  return answer.Credentials.Ticket;
}

const ticket = await logOn();

async function associateClient(): Promise<soap.Client> {
  const client = await clientOf('Associate');
  client.addSoapHeader({ Credentials: { Ticket: ticket } }, '', 'tns', NAMESPACE);
  return client;
}

const kept = cached ? await associateClient() : undefined;
const app = boltApp();
app.command('/logoff', async ({ ack, command, respond }) => {
  await ack();
  const int = command.text.match(/\d+/g)?.map(Number) ?? [];
  const client = kept ?? (await associateClient());
  await client['LogOffWindowsUsersAsync']({ AssociateIds: { int } });
  await respond(`Logged off ${int.join(', ')}`);
});
await startApp(app);
