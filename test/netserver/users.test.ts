import { describe, expect, test } from 'vitest';
import { type LocalNetServer, startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { connected, failure, PASSWORD } from './connected.ts';
import { kind, refused, rows, rowsOf, type Script, soap, startScripted } from './scripted-server.ts';

const account = { userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: ['admin-users'] };
const company = (count: number) =>
  startNetServer({
    people: {
      associates: [{ id: 77, name: 'SLACKBOT' }, ...manyUsers(count)],
      groups: manyGroups,
      accounts: [account],
    },
  });

const entityOf = (body: string) => /<Entities><[^>]*>(\w+)</.exec(body)?.[1];
const rangeOf = (body: string) => {
  const page = Number(/<Page>(\d+)</.exec(body)?.[1]);
  const size = Number(/<PageSize>(\d+)</.exec(body)?.[1]);
  return { from: page * size, size, to: (page + 1) * size };
};

/** Answers archive readings so; nobody is retired unless said so. */
const archive =
  (all: (body: string) => ReturnType<Script>, retired: (body: string) => ReturnType<Script> = () => rows([])): Script =>
  (call) => {
    if (call.operation !== 'GetArchiveListByColumns') return kind()(call);
    return entityOf(call.body) === 'retired' ? retired(call.body) : all(call.body);
  };

/** Does something to the server right after its n-th archive reading has been made up. */
const afterReading = (local: LocalNetServer, n: number, act: () => void) => {
  let count = 0;
  local.onExchange(({ operation }) => {
    if (operation === 'GetArchiveListByColumns') count += 1;
    if (operation === 'GetArchiveListByColumns' && count === n) act();
  });
};

const readings = (local: LocalNetServer) =>
  local.journal().filter(({ operation }) => operation === 'GetArchiveListByColumns');

describe('a reading of all users', () => {
  test('has every user once, with what stands in their columns', async () => {
    await using local = await company(1500);
    await using netServer = connected(local.url);
    const people = await netServer.readUsers();

    const expected = manyUsers(1500).map((user) => ({
      id: user.id,
      login: user.name,
      userName: user.userName,
      // White space at the ends does not survive the package.
      fullName: user.fullName?.trim(),
      email: user.email,
      group: manyGroups.find(({ id }) => id === user.groupId)?.name,
      retired: user.deleted,
    }));
    const byId = new Map(people.map((person) => [Number(person.id), person]));
    expect(people).toHaveLength(1501);
    expect(expected.map(({ id }) => byId.get(id ?? 0))).toEqual(expected);
    expect(local.complaints()).toEqual([]);
  });

  test('asks in pages of at most 150 rows, each beginning among the rows of the one before', async () => {
    await using local = await company(3000);
    await using netServer = connected(local.url);
    await netServer.readUsers();
    const all = readings(local).filter(({ requestXml }) => entityOf(requestXml) === 'all');
    const ranges = all.map(({ requestXml }) => rangeOf(requestXml));
    for (const [at, { from, size }] of ranges.entries()) {
      expect(size).toBeLessThanOrEqual(150);
      if (at > 0) expect(from).toBeLessThan(ranges[at - 1]?.to ?? 0);
    }
    // 2,824 are not retired: 19 pages if none overlapped.
    expect(all.length).toBeLessThanOrEqual(22);
  });

  test('marks former employees, and those who retire while it goes on', async () => {
    await using local = await company(500);
    await using netServer = connected(local.url);
    afterReading(local, 1, () =>
      local.addAssociate({ id: 1001, name: 'gone', fullName: 'Just Retired', deleted: true }),
    );
    const people = await netServer.readUsers();
    expect(people.find(({ id }) => id === 1001)).toMatchObject({ fullName: 'Just Retired', retired: true });
    expect(people.filter(({ retired }) => retired)).toHaveLength(
      manyUsers(500).filter((user) => user.deleted).length + 1,
    );
    expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  });

  test('believes the entity for former employees where the one for all has them too', async () => {
    await using server = await startScripted(
      archive(
        () => rows(['[I:1]', '[I:2]', '[I:3]']),
        () => rows(['[I:2]']),
      ),
    );
    await using netServer = connected(server.url);
    expect((await netServer.readUsers()).map(({ id, retired }) => [id, retired])).toEqual([
      [1, false],
      [3, false],
      [2, true],
    ]);
  });

  test('leaves out people who are no users, and reads what is missing as empty', async () => {
    const all = [
      { associateDbId: '[I:0]', fullName: 'Could Be' },
      { associateDbId: '', fullName: 'No User' },
      { associateDbId: '[I:5]', assocName: 'EVE', fullName: '' },
    ];
    await using server = await startScripted(archive(() => rowsOf(all)));
    await using netServer = connected(server.url);
    expect(await netServer.readUsers()).toEqual([
      { id: 5, login: 'EVE', userName: '', fullName: '', email: '', group: '', retired: false },
    ]);
  });

  test.each([
    ['no id column', rowsOf([{ fullName: 'Anna' }])],
    ['something else for an id', rows(['[D:01/01/2026]'])],
    ['an id out of range', rows(['[I:2147483648]'])],
  ])('is none with %s', async (_name, answer) => {
    await using server = await startScripted(archive(() => answer));
    await using netServer = connected(server.url);
    expect(await failure(netServer.readUsers())).toMatchObject({ code: 'unexpected_answer' });
  });

  test('is refused in words where the bot may not read the archive', async () => {
    const answer = soap('<GetArchiveListByColumnsResponse/>', { header: refused('SoSentryException', 'Not for you') });
    await using server = await startScripted(archive(() => answer));
    await using netServer = connected(server.url);
    expect(await failure(netServer.readUsers())).toMatchObject({ code: 'not_allowed', detail: 'Not for you' });
  });
});

describe('people who come and go while pages are read', () => {
  const survivors = (people: readonly { readonly id: number }[]) => new Set(people.map(({ id }) => Number(id)));

  test.each([
    ['one who goes before the page at hand', [1001]],
    ['as many as a page has rows', Array.from({ length: 200 }, (_, at) => 1001 + at)],
    ['the last one of the page that was just read', [1604]],
  ])('nobody slips through: %s', async (_name, going) => {
    await using local = await company(1200);
    await using netServer = connected(local.url);
    afterReading(local, 3, () => {
      for (const id of going) local.removeAssociate(id);
    });
    const found = survivors(await netServer.readUsers());
    for (const { id } of local.associates()) expect(found.has(id), `${id}`).toBe(true);
  });

  test('one who goes after every page costs pages, not people', async () => {
    await using local = await company(1200);
    await using netServer = connected(local.url);
    let next = 1001;
    local.onExchange(({ operation }) => {
      if (operation === 'GetArchiveListByColumns') local.removeAssociate(next++);
    });
    const people = await netServer.readUsers();
    const found = survivors(people);
    for (const { id } of local.associates()) expect(found.has(id), `${id}`).toBe(true);
    expect(readings(local).length).toBeLessThan(40);
  });

  test('those who come in between push nobody out, and nobody is there twice', async () => {
    await using local = await company(1200);
    await using netServer = connected(local.url);
    afterReading(local, 3, () => {
      for (let id = 100; id < 400; id += 1) local.addAssociate({ id, name: `early${id}` });
    });
    const people = await netServer.readUsers();
    const found = survivors(people);
    for (const user of manyUsers(1200)) expect(found.has(user.id), `${user.id}`).toBe(true);
    expect(found.size).toBe(people.length);
  });

  test('a server whose pages are all the same is given up on', async () => {
    const same = Array.from({ length: 200 }, (_, at) => `[I:${at + 1}]`);
    await using server = await startScripted(archive((body) => rows(same.slice(0, rangeOf(body).size))));
    await using netServer = connected(server.url);
    expect(await failure(netServer.readUsers())).toMatchObject({ code: 'unexpected_answer' });
    expect(server.count('GetArchiveListByColumns')).toBeLessThan(30);
  });
});
