import { equal, ok } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Checks } from './checks.ts';
import { demo } from './database.ts';
import type { ForeignServer, Stack } from './stacks.ts';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

interface Message {
  readonly body: string;
  readonly header?: string;
  readonly envelope?: string;
  readonly action?: string;
}

/** Shows that the server would have refused: each message has one thing wrong with it. Without this, its silence would prove nothing. */
export async function checkStrictness({ check }: Checks, stack: Stack, server: ForeignServer) {
  const namespace = 'http://www.superoffice.net/ws/crm/NetServer/Services86';
  const post = async (service: string, operation: string, message: Message): Promise<number> => {
    const { body, header, envelope = SOAP_11, action = `${namespace}/${service}/${operation}` } = message;
    const head = header === undefined ? '' : `<s:Header>${header}</s:Header>`;
    const response = await fetch(`${server.url}/Remote/Services86/${service}.svc`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"`, connection: 'close' },
      body: `<s:Envelope xmlns:s="${envelope}" xmlns="${namespace}" xmlns:a="${ARRAYS}">${head}<s:Body>${body}</s:Body></s:Envelope>`,
    });
    await response.text();
    return response.status;
  };
  const logOff = (inside: string, more: Partial<Message> = {}) =>
    post('Associate', 'LogOffWindowsUsers', { body: `<LogOffWindowsUsers>${inside}</LogOffWindowsUsers>`, ...more });
  const one = '<AssociateIds><a:int>101</a:int></AssociateIds>';
  const wrong: Readonly<Record<string, () => Promise<number>>> = {
    'ids in the wrong namespace': () => logOff('<AssociateIds><int>101</int></AssociateIds>'),
    'an id that is no number': () => logOff('<AssociateIds><a:int>x</a:int></AssociateIds>'),
    'an id that is too large': () => logOff('<AssociateIds><a:int>2147483648</a:int></AssociateIds>'),
    'a member that nobody declared': () => logOff(`${one}<Force>true</Force>`),
    'a member that stands there twice': () => logOff(`${one}${one}`),
    'SOAP 1.2': () => logOff(one, { envelope: SOAP_12 }),
    'the action of another operation': () => logOff(one, { action: `${namespace}/Associate/GetAssociateList` }),
    'an operation of another service': () =>
      post('MDO', 'LogOffWindowsUsers', { body: `<LogOffWindowsUsers>${one}</LogOffWindowsUsers>` }),
    ...(stack.mindsOrder
      ? {
          'members out of order': () =>
            post('Associate', 'GetAssociatesByGroup', {
              body: '<GetAssociatesByGroup><Type>2</Type><GroupId>4</GroupId></GetAssociatesByGroup>',
            }),
          'a header that the message does not have': () => logOff(one, { header: '<Succeeded>true</Succeeded>' }),
          'a header in the wrong namespace': () => logOff(one, { header: '<Credentials xmlns="urn:x"/>' }),
        }
      : {}),
  };
  for (const [what, send] of Object.entries(wrong)) {
    await check(`would refuse ${what}`, async () => {
      server.state.reset(demo);
      // gSOAP may hang up on a message instead of answering it; it notes its answers down a moment after they are sent.
      const answered = await send().catch(() => 'hung up');
      ok(answered === 500 || answered === 'hung up', `${answered}`);
      const noted = () => answered === 'hung up' || server.state.complaints().length > 0;
      for (let turn = 0; turn < 40 && !noted(); turn += 1) await setTimeout(25);
      ok(noted());
      equal(server.state.journal().length, 0);
    });
  }
}
