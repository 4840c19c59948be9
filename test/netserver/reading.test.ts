import { describe, expect, test } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { always, connected, failure, ids, upTo } from './connected.ts';
import { kind, people, refused, rows, type Script, soap, startScripted } from './scripted-server.ts';

const answering = (operation: string, answer: Script): Script => {
  const good = kind();
  return (call) => (call.operation === operation ? answer(call) : good(call));
};

const pageOf = (body: string) => Number(/<Page>(\d+)</.exec(body)?.[1]);
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => `[I:${from + at}]`);

describe('looking people up', () => {
  test('reads what the rules need, and types that it does not know as unknown', async () => {
    const record = (id: number, more: string) => `<Associate><AssociateId>${id}</AssociateId>${more}</Associate>`;
    const all = [
      record(
        101,
        '<Name>ANNA</Name><PersonId>7</PersonId><Type>InternalAssociate</Type><GroupIdx>3</GroupIdx><FullName>Anna &amp; Co</FullName><Deleted>false</Deleted>',
      ),
      record(
        102,
        '<Name>OLD</Name><Type>ExternalAssociate</Type><FullName/><Deleted>true</Deleted><UserName>o@x</UserName>',
      ),
      record(103, '<Name>NEW</Name><Type>RobotAssociate</Type><CustomFields><Odd>1</Odd></CustomFields>'),
    ].join('');
    const answer = soap(`<GetAssociateListResponse><Response>${all}</Response></GetAssociateListResponse>`);
    await using server = await startScripted(answering('GetAssociateList', () => answer));
    await using netServer = connected(server.url);
    expect(await netServer.findAssociates(ids(101, 102, 103))).toEqual([
      { id: 101, login: 'ANNA', fullName: 'Anna & Co', groupId: 3, type: 'internal', retired: false },
      { id: 102, login: 'OLD', userName: 'o@x', fullName: '', groupId: 0, type: 'external', retired: true },
      { id: 103, login: 'NEW', fullName: '', groupId: 0, type: 'unknown', retired: false },
    ]);
  });

  test('leaves out who was not asked for, empty records, and who is unknown', async () => {
    await using server = await startScripted(answering('GetAssociateList', () => people([0, 5, 101])));
    await using netServer = connected(server.url);
    expect((await netServer.findAssociates(ids(101, 102))).map(({ id }) => id)).toEqual([101]);
  });

  test.each(['<GetAssociateListResponse/>', '<GetAssociateListResponse><Response/></GetAssociateListResponse>'])(
    'takes %s for nobody',
    async (body) => {
      await using server = await startScripted(answering('GetAssociateList', () => soap(body)));
      await using netServer = connected(server.url);
      expect(await netServer.findAssociates(ids(101))).toEqual([]);
    },
  );

  test.each([
    ['an id that is no number', people([101]).body?.toString().replace('>101<', '>101abc<')],
    ['a body without an answer in it', soap('').body],
  ])('refuses %s', async (_name, body) => {
    const answer = { ...soap(''), body: body ?? '' };
    await using server = await startScripted(answering('GetAssociateList', () => answer));
    await using netServer = connected(server.url);
    expect(await failure(netServer.findAssociates(ids(101)))).toMatchObject({ code: 'unexpected_answer' });
  });

  test('asks for many in parts, and for nobody not at all', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    expect(await netServer.findAssociates([])).toEqual([]);
    expect(server.received).toEqual([]);
    expect((await netServer.findAssociates(upTo(600))).map(({ id }) => id)).toEqual([...upTo(600)]);
    expect(server.count('GetAssociateList')).toBe(3);
  });
});

describe('who is on the Windows client', () => {
  test('is asked of the entity loggedOnWin alone', async () => {
    await using server = await startScripted(answering('GetArchiveListByColumns', () => rows(['[I:101]', '102'])));
    await using netServer = connected(server.url);
    expect(await netServer.whoIsOn()).toEqual(new Set([associateId(101), associateId(102)]));
    const body = server.received.at(-1)?.body ?? '';
    expect(body).toMatch(/<Entities><arr:string [^>]*>loggedOnWin<\/arr:string><\/Entities>/);
    expect(body).toContain('<IsActive>true</IsActive>');
    expect(server.count('GetArchiveListByColumns')).toBe(1);
  });

  test('is read page by page, and one who slips past because others went is found on the way back', async () => {
    // 1,100 are on. Once page 0 is read one of them leaves, so everybody behind moves up: 501 is on page 0 when page 1 is read.
    let on = numbers(1, 1100);
    await using server = await startScripted(
      answering('GetArchiveListByColumns', ({ body }) => {
        const page = pageOf(body);
        const answer = rows(on.slice(page * 500, page * 500 + 500));
        if (page === 0) on = on.filter((value) => value !== '[I:1]');
        return answer;
      }),
    );
    await using netServer = connected(server.url);
    const found = await netServer.whoIsOn();
    expect(found.size).toBe(1100);
    expect(found.has(associateId(501))).toBe(true);
    expect(
      server.received
        .filter(({ operation }) => operation === 'GetArchiveListByColumns')
        .map(({ body }) => pageOf(body)),
    ).toEqual([0, 1, 2, 1, 0]);
  });

  test('is refused where the bot may not see it', async () => {
    const answer = soap('<GetArchiveListByColumnsResponse/>', { header: refused('SoSentryException', 'Not for you') });
    await using server = await startScripted(answering('GetArchiveListByColumns', () => answer));
    await using netServer = connected(server.url);
    expect(await failure(netServer.whoIsOn())).toMatchObject({ code: 'not_allowed', detail: 'Not for you' });
  });

  test.each([
    ['a row without an id', ''],
    ['a row with something else', '[D:01/01/2026]'],
    ['an id out of range', '[I:2147483648]'],
  ])('is unknown rather than short of %s', async (_name, value) => {
    await using server = await startScripted(answering('GetArchiveListByColumns', () => rows(['[I:1]', value])));
    await using netServer = connected(server.url);
    expect(await failure(netServer.whoIsOn())).toMatchObject({ code: 'unexpected_answer' });
  });

  test.each([
    ['nothing', ''],
    ['two things', '<GetArchiveListByColumnsResponse/><GetArchiveListByColumnsResponse/>'],
  ])('is unknown where a good header stands over a body with %s in it', async (_name, body) => {
    await using server = await startScripted(answering('GetArchiveListByColumns', () => soap(body)));
    await using netServer = connected(server.url);
    expect(await failure(netServer.whoIsOn())).toMatchObject({ code: 'unexpected_answer' });
  });

  test.each([
    '<GetArchiveListByColumnsResponse/>',
    '<GetArchiveListByColumnsResponse><Response/></GetArchiveListByColumnsResponse>',
  ])('is nobody where the answer is %s', async (body) => {
    await using server = await startScripted(answering('GetArchiveListByColumns', () => soap(body)));
    await using netServer = connected(server.url);
    expect(await netServer.whoIsOn()).toEqual(new Set());
  });

  test('is given up on where every page is the same', async () => {
    await using server = await startScripted(answering('GetArchiveListByColumns', () => rows(numbers(1, 500))));
    await using netServer = connected(server.url);
    expect(await failure(netServer.whoIsOn())).toMatchObject({ code: 'unexpected_answer' });
    expect(server.count('GetArchiveListByColumns')).toBeLessThan(10);
  });
});

describe('what is sent', () => {
  test.each([
    ['nobody', []],
    ['a half', [1.5]],
    ['zero', [0]],
    ['too large a number', [2147483648]],
    ['not a number', [Number.NaN]],
    ['the same twice', [7, 8, 7]],
  ])('is never %s', async (_name, list) => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    // What a caller without types could hand in.
    const error = await failure(Reflect.apply(netServer.logOff, netServer, [list, always]));
    expect(error).toMatchObject({ code: 'bad_input', executed: 'no' });
    expect(server.received).toEqual([]);
  });

  test('is never over 60 KB', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    const many = ids(...Array.from({ length: 2600 }, (_, at) => 2_000_000_000 + at));
    expect(await failure(netServer.logOff(many, always))).toMatchObject({ code: 'bad_input', executed: 'no' });
    expect(server.count('LogOffWindowsUsers')).toBe(0);
  });

  test('is nothing once there is no time left for it', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    const error = await failure(netServer.logOff(ids(1), () => false));
    expect(error).toMatchObject({ code: 'cannot_send_in_time', executed: 'no' });
    expect(server.count('LogOffWindowsUsers')).toBe(0);
    await netServer.logOff(ids(1), always);
  });
});

test('the server says what it is, without a logon', async () => {
  await using server = await startScripted(kind());
  await using netServer = connected(server.url);
  expect(await netServer.systemInfo()).toEqual({
    description: 'NetServer',
    fileVersion: '8.5.1',
    companyName: 'Example',
    serialNr: '12345',
  });
  expect(server.received.map(({ operation }) => operation)).toEqual(['GetSystemInfo']);
});
