import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { NetServerError } from '../../src/netserver/errors.ts';
import { always, connected, expectNoSecrets, ids } from '../netserver/connected.ts';
import {
  kind,
  people,
  type Reply,
  rows,
  rowsOf,
  type Script,
  soap,
  startScripted,
} from '../netserver/scripted-server.ts';
import { ANSWERS, anyCommand, bounded } from './nasty.ts';

const good: Readonly<Record<string, string>> = {
  LogOffWindowsUsers: String(soap('<LogOffWindowsUsersResponse/>').body),
  GetAssociateList: String(people([101, 102]).body),
  GetArchiveListByColumns: String(rows(['[I:101]', '[I:102]']).body),
  GetList: String(
    soap(
      '<GetListResponse><Response><MDOListItem><Id>4</Id><Name>Sales</Name></MDOListItem></Response></GetListResponse>',
    ).body,
  ),
  GetSystemInfo: String(soap('<GetSystemInfoResponse/>').body),
};

/** The answer with pieces taken out, doubled, changed or put in. */
const spoilt = (body: string): fc.Arbitrary<string> => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<a>',
      '</a>',
      ' i:nil="true"',
      'true',
      'false',
      '<Succeeded>true</Succeeded>',
      '<ExceptionInfo/>',
      '&#0;',
      '&x;',
      '9'.repeat(30),
      '-1',
      '[I:',
      '\u0000',
    ),
    anyCommand.map((text) => text.slice(0, 200)),
  );
  const cut = fc.tuple(fc.nat({ max: body.length }), fc.nat({ max: 40 }), fc.oneof(fc.constant(''), piece));
  return fc
    .array(cut, { minLength: 1, maxLength: 4 })
    .map((cuts) => cuts.reduce((text, [at, drop, put]) => `${text.slice(0, at)}${put}${text.slice(at + drop)}`, body));
};

const reply = (body: string, status = 200, type = 'text/xml; charset=utf-8'): Reply => ({
  status,
  headers: { 'content-type': type },
  body,
});

const anyReply = (body: string): fc.Arbitrary<Reply> =>
  fc.oneof(
    { weight: 6, arbitrary: spoilt(body).map((text) => reply(text)) },
    { weight: 2, arbitrary: fc.constantFrom(...ANSWERS).map((text) => reply(text)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(body, ...ANSWERS), fc.integer({ min: 200, max: 599 }))
        .map(([text, status]) => reply(text, status)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constant(body),
          fc.constantFrom('text/html', 'application/xml', 'text/xml; charset=utf-16', 'text/plain'),
        )
        .map(([text, type]) => reply(text, 200, type)),
    },
  );

/** All goes well but one operation. */
const answered = (operation: string, answer: Reply): Script => {
  const well = kind();
  return (call) => (call.operation === operation ? answer : well(call));
};

/** Its own value, or an error of this edge with nothing secret in it; anything else fails the test. */
async function settled<T>(work: Promise<T>): Promise<{ readonly value: T } | undefined> {
  try {
    return { value: await work };
  } catch (error) {
    expect(error).toBeInstanceOf(NetServerError);
    expectNoSecrets(error);
    return undefined;
  }
}

/** Where a 1xx or a body with 204 or 304 would be against HTTP itself, the server of the test says 200. */
const sendable = (answer: Reply): Reply =>
  [204, 205, 304].includes(answer.status ?? 200) ? { ...answer, status: 200 } : answer;

type NetServer = ReturnType<typeof connected>;

async function everyReply(
  operation: string,
  look: (netServer: NetServer, answer: Reply) => Promise<void>,
): Promise<void> {
  await using server = await startScripted(kind());
  await using netServer = connected(server.url);
  await netServer.self();
  await fc.assert(
    fc.asyncProperty(anyReply(good[operation] ?? ''), async (any) => {
      const answer = sendable(any);
      server.follow(answered(operation, answer));
      await look(netServer, answer);
      server.follow(kind());
      await isBack(netServer);
    }),
    bounded(200),
  );
  // Whatever came before, the next good answer is understood.
  server.follow(kind());
  await netServer.logOff(ids(101), always);
}

/** Three answers in a row that stand for a dead server, and it is only asked whether it is back. */
const isBack = (netServer: NetServer) =>
  vi.waitFor(() => {
    netServer.pass(60_000);
    expect(netServer.isAway()).toBe(false);
  });

const textOf = ({ body }: Reply): string => String(body ?? '');

/** The element with its attributes, comments and marked sections before the word. */
const SAYS_YES = /Succeeded(?:"[^"]*"|[^"<>])*>\s*(?:<!--.*?-->|<!\[CDATA\[)*true/s;

describe('whatever SuperOffice answers', () => {
  it('a log-off succeeds only where the answer says so, in so many words', async () => {
    await everyReply('LogOffWindowsUsers', async (netServer, answer) => {
      const done = await settled(netServer.logOff(ids(101), always));
      if (done !== undefined) expect(textOf(answer)).toMatch(SAYS_YES);
    });
  });

  it('nobody counts as logged on or off who is not named in the list', async () => {
    await everyReply('GetArchiveListByColumns', async (netServer, answer) => {
      const on = await settled(netServer.whoIsOn());
      for (const id of on?.value ?? []) expect(textOf(answer)).toContain(`[I:${id}]`);
    });
  });

  it('people are whole, or there is an error', async () => {
    await everyReply('GetAssociateList', async (netServer) => {
      const found = await settled(netServer.findAssociates(ids(101, 102)));
      for (const one of found?.value ?? []) {
        expect([101, 102]).toContain(one.id);
        expect(typeof one.fullName).toBe('string');
        expect(['internal', 'other']).toContain(one.type === 'internal' ? 'internal' : 'other');
      }
    });
  });

  it('groups and the server itself are read, or there is an error', async () => {
    await everyReply('GetList', async (netServer) => void (await settled(netServer.readGroups())));
    await everyReply('GetSystemInfo', async (netServer) => void (await settled(netServer.systemInfo())));
  });

  it('a name in the list of people is a text and nothing else', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    const xml = (text: string) =>
      text
        .toWellFormed()
        .replaceAll(/[^\u0020-\ud7ff\ue000-\ufffd]/g, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;');
    await fc.assert(
      fc.asyncProperty(anyCommand, async (name) => {
        const row = { associateDbId: '[I:101]', assocName: xml(name.slice(0, 300)), fullName: xml(name.slice(0, 300)) };
        server.follow(answered('GetArchiveListByColumns', rowsOf([row])));
        const read = await settled(netServer.readUsers());
        for (const one of read?.value ?? [])
          expect([one.id, typeof one.fullName, typeof one.login]).toEqual([101, 'string', 'string']);
      }),
      bounded(100),
    );
  });
});
