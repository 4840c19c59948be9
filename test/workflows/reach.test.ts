import { describe, expect, test } from 'vitest';
import { company, hire, openRequests, refusedCodes, SALES_ONLY, targetsOf } from './company.ts';
import { HALL } from './made-up-bot.ts';
import { edgeError } from './troubles.ts';

/** What tells of Dina of Support, or that there is somebody like her. */
const DINA = /Dina|Foss|dina|Support|120/;

describe('a group', () => {
  test('is everybody in it who can be logged off, without former employees; the others are named with the reason', async () => {
    const world = await company({ max_targets: 20 });
    const [answer] = await world.say('U0ALICE', '/logoff group:Sales reason: upgrade');
    expect(await targetsOf(world)).toEqual([101, 102, 105, 106, 107, 108, 110].map((id) => `${id} group`));
    expect(answer).toContain('- Ada Min (id 1): protected');
    expect(answer).toContain("- Log-off bot (id 9): this is the bot's own account");
    expect(answer).toContain('- Meeting room 7 (id 7): not an internal user');
    expect(await world.shown('card')).toContain('- Bo Dahl (bo, id 102, Sales), found by group: logged on now');
  });
  test('and people of their own may be named together: each counts once, as first named', async () => {
    const world = await company();
    await world.say('U0BOB', '/logoff dina group:SUPPORT 101');
    expect(await targetsOf(world)).toEqual(['120 login', '101 id']);
  });
  test('of more people than one request may hold is refused with the limit', async () => {
    const world = await company({ max_targets: 3 });
    const [answer] = await world.say('U0ALICE', '/logoff group:Sales');
    expect(answer).toContain('One request holds at most 3 people.');
    expect(await refusedCodes(world)).toEqual(['too_many']);
  });
  test.each(['/logoff group:Nowhere', '/logoff group:"Sales EMEA"', '/logoff group:Sale', '/logoff 101 group:"*"'])(
    'that nobody is in, or that is called otherwise, is not there: %s',
    async (typed) => {
      const world = await company();
      const [answer] = await world.say('U0BOB', typed);
      expect(answer).toMatch(
        /^No user group ".*" has people you may log off\. The window of `\/logoff` shows the groups\. Nothing was done\.$/,
      );
      expect(await refusedCodes(world)).toEqual(['no_such_group']);
    },
  );
  test('that shares its name with another is not guessed', async () => {
    const world = await company();
    world.netserver.groups.set(4, 'SUPPORT');
    hire(world, 121, 'eli', 'Eli', { groupId: 4 });
    const [answer] = await world.say('U0BOB', '/logoff group:Support');
    expect(answer).toContain('Several user groups are called "Support".');
    expect(await openRequests(world)).toBe(0);
  });
  test('that shares its name with an empty one is the other', async () => {
    const world = await company();
    world.netserver.groups.set(4, 'SUPPORT');
    await world.say('U0BOB', '/logoff group:Support');
    expect(await targetsOf(world)).toEqual(['120 group']);
  });
  test('whose members cannot be read is refused in words', async () => {
    const world = await company();
    world.troubles.fail('membersOf', edgeError('timeout'));
    const [answer] = await world.say('U0BOB', '/logoff group:Support');
    expect(answer).toContain(
      'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. Nothing was done.',
    );
    expect(await refusedCodes(world)).toEqual(['timeout']);
  });
});

describe('under a rule for one group, people of others are not there', () => {
  test.each([
    ['by login', '/logoff dina'],
    ['by full name', '/logoff "Dina Foss"'],
    ['by address', '/logoff dina@example.com'],
    ['by a near miss', '/logoff "Dina Fos"'],
    ['by a prefix', '/logoff "Dina F"'],
    ['by group', '/logoff group:Support'],
    ['by mention', '/logoff <@U0DINA>'],
    ['by mention, known only by e-mail', '/logoff <@U0DINA2>'],
    ['by the name at the end', '/logoff anna "Dina Foss"'],
  ])('%s', async (_, typed) => {
    const world = await company({ ...SALES_ONLY, identities: { U0DINA: 120 } });
    world.slack.emails.set('U0DINA2', 'dina@example.com');
    world.slack.emails.set('U0NOBODY', 'nobody@example.com');
    const unknown = typed
      .replace(/dina@example.com/, 'nobo@example.com')
      .replace(/"Dina F.*"/, '"Nobo Dyyy"')
      .replace(/dina$/, 'noba')
      .replace('Support', 'Nowhere')
      .replace(/U0DINA2?/, 'U0NOBODY');
    expect(unknown).not.toBe(typed);
    const heard = await world.say('U0BOB', typed);
    await world.say('U0BOB', '/logoff cancel 1');
    const heardOfNobody = await world.say('U0BOB', unknown);
    const plainly = (answers: readonly string[], named: string) =>
      answers.map((answer) => answer.replaceAll(named, 'X').replace(/"[^"]*"|@\S+/g, 'X'));
    expect(plainly(heard, typed)).toEqual(plainly(heardOfNobody, unknown));
    for (const { card } of world.slack.messages) expect(JSON.stringify(card.parts)).not.toMatch(/120|"dina"/);
    for (const request of await world.store.requests.listOpen(10)) {
      expect(request.targets.map(({ id }) => id)).toEqual([101]);
    }
  });

  test('by id: left out just as an id that there is not, without the name, in answer and card', async () => {
    const world = await company(SALES_ONLY);
    const [answer] = await world.say('U0BOB', '/logoff 101 120 555');
    expect(answer?.split('\n').slice(-2)).toEqual([
      '- id 120: nobody you may log off has this id',
      '- id 555: nobody you may log off has this id',
    ]);
    expect(await targetsOf(world)).toEqual(['101 id']);
    expect(await world.shown('card')).not.toMatch(/Dina|Foss|Support/);
  });

  test('nor does a rule, protection or kind show of somebody out of reach', async () => {
    const world = await company({ ...SALES_ONLY, never: [120] });
    hire(world, 121, 'room', 'Room', { groupId: 3, type: 'resource' });
    const [answer] = await world.say('U0BOB', '/logoff 120 121 555');
    const codes = answer?.match(/nobody you may log off has this id/g);
    expect(codes).toHaveLength(3);
  });

  test('a namesake out of reach makes nobody less certain, and is not offered', async () => {
    const world = await company(SALES_ONLY);
    hire(world, 121, 'anna2', 'Anna Berg', { groupId: 3 });
    expect(await world.say('U0BOB', '/logoff "Anna Berg"')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['101 name']);
  });

  test('members of a group by some other way than their primary group are not told of', async () => {
    const world = await company(SALES_ONLY);
    world.netserver.alsoIn.set(2, [120, 555]);
    const [answer] = await world.say('U0BOB', '/logoff group:Sales');
    expect(answer).not.toMatch(DINA);
    expect((await world.request()).targets.map(({ id }) => id)).not.toContain(120);
    expect((await world.request()).leftOut.map(({ id }) => id)).toEqual([1, 9, 104]);
  });

  test('people of the group go the whole way', async () => {
    const world = await company(SALES_ONLY);
    await world.say('U0BOB', '/logoff anna');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    expect((await world.request()).status).toBe('done');
  });

  test('who moved to another group before the call is not logged off', async () => {
    const world = await company(SALES_ONLY);
    await world.say('U0BOB', '/logoff anna');
    hire(world, 101, 'anna', 'Anna Berg', { groupId: 3 });
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('aborted');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('nobody is logged off while the groups cannot be read: such a rule can then not be judged', async () => {
    const world = await company(SALES_ONLY);
    await world.say('U0BOB', '/logoff anna');
    world.troubles.fail('readPeople', edgeError('timeout'), 4);
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('approved');
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(20_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });
});

describe('for somebody who may only log themselves off', () => {
  test.each(['/logoff anna', '/logoff "Anna Berg"', '/logoff ana', '/logoff group:Sales', '/logoff <@U0ANNA>'])(
    'nobody else is there: %s',
    async (typed) => {
      const world = await company({ identities: { U0ANNA: 101, U0DINA: 120 } });
      const heard = (await world.say('U0DINA', typed)).join();
      expect(heard).not.toMatch(/Anna Berg \(|id 101|\[/);
      expect(heard).toMatch(/Nobody you may|No user group|do not know for certain/);
      expect(await openRequests(world)).toBe(0);
    },
  );
  test('they themselves are, by any of their names', async () => {
    const world = await company({ identities: { U0DINA: 120 } });
    for (const typed of ['dina', '"Dina Foss"', 'dina@example.com', '<@U0DINA>', 'me', '120', 'group:Support']) {
      expect(await world.say('U0DINA', `/logoff ${typed}`)).toEqual([]);
    }
    expect(await targetsOf(world, 7)).toEqual(['120 group']);
  });
});

describe('whoever no rule concerns', () => {
  const COMMANDS = [
    '101',
    'anna',
    '"Anna Berg"',
    'anna@example.com',
    'ana',
    'group:Sales',
    '<@U0ANNA>',
    'me',
    '101 "x"',
  ];
  test.each(COMMANDS)('is refused before anything is looked up: %s', async (typed) => {
    const world = await company({ rules: SALES_ONLY.rules.slice(1), trust_email: ['example.com'] });
    world.slack.emails.set('U0ZOE', 'bjorn@example.com');
    const [answer] = await world.say('U0ZOE', `/logoff ${typed}`);
    expect(answer).toContain('No rule lets you log anybody off.');
    expect(world.netserver.calls).toEqual([]);
    expect(await refusedCodes(world)).toEqual(['no_rule_for_person']);
  });
  test.each(['', 'help', 'nonsense"', '@anna', '#1'])('nor by other words: %j', async (typed) => {
    const world = await company({ rules: SALES_ONLY.rules.slice(1) });
    world.slack.emails.set('U0ZOE', 'bjorn@example.com');
    await world.say('U0ZOE', `/logoff ${typed}`);
    expect(world.netserver.calls).toEqual([]);
  });
  test.each(['U0GUEST', 'U0STRANGER', 'U0ROBOT', 'U0LEFT', 'U0UNKNOWN'])('nor for %s', async (who) => {
    const world = await company();
    world.slack.emails.set(who, 'bjorn@example.com');
    await world.say(who, '/logoff anna');
    await world.say(who, '/logoff status');
    expect(world.netserver.calls).toEqual([]);
  });
});

test('the line in the channel names nobody, however they were named', async () => {
  const world = await company();
  await world.say('U0BOB', '/logoff "Anna Berg" reason: secret');
  const inHall = world.slack.messages.filter(({ channel }) => channel === HALL);
  expect(JSON.stringify(inHall)).not.toMatch(/Anna|Berg|secret/);
});
