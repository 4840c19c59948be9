import { describe, expect, test } from 'vitest';
import { company, hire, openRequests, refusedCodes, targetsOf } from './company.ts';

describe('whoever is named exactly is asked for', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['/logoff anna', ['101 login'], undefined],
    ['/logoff ANNA reason: crash', ['101 login'], 'crash'],
    ['/logoff "anna berg" because it hangs', ['101 name'], 'it hangs'],
    ['/logoff “Bjørn Åsen”', ['110 name'], undefined],
    ['/logoff <mailto:bjorn@example.com|bjorn@example.com>', ['110 email'], undefined],
    ['/logoff <@U0ANNA|anna>', ['101 mention'], undefined],
    ['/logoff group:support', ['120 group'], undefined],
    ['/logoff 102', ['102 id'], undefined],
    [
      '/logoff 102, anna "Bjørn Åsen" dina@example.com reason: x',
      ['102 id', '101 login', '110 name', '120 email'],
      'x',
    ],
    ['/logoff anna 101 "Anna Berg" <@U0ANNA>', ['101 login'], undefined],
    ['/logoff anna, "Bo Dahl"', ['101 login', '102 name'], undefined],
    ['/logoff anna "bo",', ['101 login', '102 login'], undefined],
    ['/logoff anna reason: "Bo Dahl"', ['101 login'], 'Bo Dahl'],
    ['/logoff anna "Bo hangs"', ['101 login'], 'Bo hangs'],
    ['/logoff anna "Bo Dahll"', ['101 login'], 'Bo Dahll'],
    ['/logoff anna "Bo Dahl" reason: x', ['101 login', '102 name'], 'x'],
  ])('%s', async (typed, targets, reason) => {
    const world = await company();
    expect(await world.say('U0BOB', typed)).toEqual([]);
    expect(await targetsOf(world)).toEqual(targets);
    expect((await world.request()).reason).toBe(reason);
  });

  test('and the card says who they are, in Slack too, and how they were found', async () => {
    const world = await company();
    world.slack.emails.set('U0BJORN', 'Bjorn@Example.com');
    await world.say('U0BOB', '/logoff "anna berg" bjorn@example.com 102');
    expect(await world.shown('card')).toContain(
      [
        '- Anna Berg (anna, id 101, Sales), @Anna Berg, found by full name: logged on now',
        '- Bjørn Åsen (bjorn.a, id 110, Sales), @Bjørn Åsen (known only by e-mail), found by e-mail address: logged on now',
        '- Bo Dahl (bo, id 102, Sales): logged on now',
      ].join('\n'),
    );
    expect((await world.request()).targets.map(({ slack }) => slack)).toEqual([
      { user: 'U0ANNA', how: 'map' },
      { user: 'U0BJORN', how: 'email' },
      undefined,
    ]);
  });

  test('somebody whose address two people in SuperOffice have is nobody in Slack', async () => {
    const world = await company();
    world.slack.emails.set('U0BJORN', 'bjorn@example.com');
    hire(world, 111, 'other', 'Other', { email: 'BJORN@example.com' });
    await world.say('U0BOB', '/logoff bjorn.a');
    expect((await world.request()).targets[0]?.slack).toBeUndefined();
  });
});

describe('a near miss', () => {
  test('is offered and never taken: pressing the button is as if the right command had been typed', async () => {
    const world = await company();
    expect(await world.say('U0BOB', '/logoff Bjorn.Asen 102 reason: crash')).toEqual([
      [
        'Nobody is called exactly "Bjorn.Asen". Do you mean one of these? Nothing was done yet.',
        '- Bjørn Åsen (bjorn.a, id 110, Sales)',
        '[Bjørn Åsen (110)]',
      ].join('\n'),
    ]);
    expect(world.effects).toEqual([]);

    expect(await world.press('U0BOB', 'Bjørn Åsen (110)')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['110 id', '102 id']);
    expect(await world.request()).toMatchObject({
      reason: 'crash',
      origin: { via: 'button', text: '110 102 reason: crash' },
      requester: { slack: 'U0BOB' },
    });
    expect(await world.shown('card')).toContain('> crash');
  });

  test('that is pressed twice is one request', async () => {
    const world = await company();
    await world.say('U0BOB', '/logoff ana');
    await Promise.all([world.press('U0BOB', 'Anna Berg (101)'), world.press('U0BOB', 'Anna Berg (101)')]);
    expect(await world.press('U0BOB', 'Anna Berg (101)')).toEqual([
      'Request 1: you have already asked for this. It is now: waiting for approval',
    ]);
    expect(await openRequests(world)).toBe(1);
    expect(world.slack.messages).toHaveLength(2);
  });

  test.each(['/logoff an', '/logoff "Berg"', '/logoff "berg anna"', '/logoff anne', '/logoff nana'])(
    '%s is no name of Anna: she is offered',
    async (typed) => {
      const world = await company();
      const [answer] = await world.say('U0BOB', typed);
      expect(answer).toContain('[Anna Berg (101)]');
      expect(await openRequests(world)).toBe(0);
    },
  );

  test('among several names: each is asked about in its turn, and nothing of the rest is lost', async () => {
    const world = await company();
    const [first] = await world.say('U0BOB', '/logoff ana dian "Bo Dahl"');
    expect(first).toContain('"ana"');
    const [second] = await world.press('U0BOB', 'Anna Berg (101)');
    expect(second).toContain('"dian"');
    const [third] = await world.press('U0BOB', 'Dina Foss (120)');
    expect(third).toContain('"Bo Dahl"');
    expect(await world.press('U0BOB', 'Bo Dahl (102)')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['101 id', '120 id', '102 id']);
  });

  test('of the last name is still asked about after another was chosen, and does not become the reason', async () => {
    const world = await company();
    await world.say('U0BOB', '/logoff ana dian');
    const [second] = await world.press('U0BOB', 'Anna Berg (101)');
    expect(second).toContain('Nobody is called exactly "dian".');
  });

  test('pressed by somebody else counts as if they had typed it', async () => {
    const world = await company();
    await world.say('U0BOB', '/logoff ana');
    const [answer] = await world.press('U0ZOE', 'Anna Berg (101)');
    expect(answer).toContain('No rule lets you log these people off together.');
    expect(await openRequests(world)).toBe(0);
  });
});

describe('a quoted text at the end that somebody is called', () => {
  const asked = async () => {
    const world = await company();
    hire(world, 131, 'cunning', 'locked out');
    const [answer] = await world.say('U0BOB', '/logoff anna "locked out"');
    expect(await openRequests(world)).toBe(0);
    expect(answer).toBe(
      [
        '"locked out" is somebody\'s name. Do you mean this person too, or is it the reason? Nothing was done yet.',
        '- locked out (cunning, id 131, Sales)',
        '[locked out (131)] [It is the reason]',
      ].join('\n'),
    );
    return world;
  };

  test('may be the reason', async () => {
    const world = await asked();
    expect(await world.press('U0BOB', 'It is the reason')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['101 login']);
    expect((await world.request()).reason).toBe('locked out');
  });

  test('may be that person', async () => {
    const world = await asked();
    expect(await world.press('U0BOB', 'locked out (131)')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['101 login', '131 id']);
    expect((await world.request()).reason).toBeUndefined();
  });

  test('is that person without asking where a comma stands before, and the reason behind "reason:"', async () => {
    const world = await company();
    hire(world, 131, 'cunning', 'locked out');
    await world.say('U0BOB', '/logoff anna, "locked out"');
    expect(await targetsOf(world)).toEqual(['101 login', '131 name']);
    await world.say('U0BOB', '/logoff anna reason: "locked out"');
    expect(await targetsOf(world, 2)).toEqual(['101 login']);
    await world.say('U0BOB', '/logoff cancel 2');
    await world.say('U0BOB', '/logoff anna, "a crash"');
    expect((await world.request(3)).reason).toBe('a crash');
  });
});

describe('several people of one name', () => {
  test('are all offered, each with what tells them apart', async () => {
    const world = await company();
    hire(world, 111, 'anna2', 'ANNA BERG', { groupId: 3 });
    expect(await world.say('U0BOB', '/logoff "Anna Berg"')).toEqual([
      [
        'Several people are called "Anna Berg". Whom do you mean? Nothing was done yet.',
        '- Anna Berg (anna, id 101, Sales), @Anna Berg',
        '- ANNA BERG (anna2, id 111, Support)',
        '[Anna Berg (101)] [ANNA BERG (111)]',
      ].join('\n'),
    ]);
    await world.press('U0BOB', 'ANNA BERG (111)');
    expect(await targetsOf(world)).toEqual(['111 id']);
  });

  test('are offered as well where the name stands in quotes at the end', async () => {
    const world = await company();
    hire(world, 111, 'anna2', 'Anna Berg');
    const [answer] = await world.say('U0BOB', '/logoff bo "anna berg"');
    expect(answer).toContain(
      'Several people are called "anna berg". Do you mean one of them too, or is it the reason?',
    );
    expect(answer).toContain('[It is the reason]');
    await world.press('U0BOB', 'Anna Berg (111)');
    expect(await targetsOf(world)).toEqual(['102 login', '111 id']);
    expect((await world.request()).reason).toBeUndefined();
  });

  test('but never because a part of the name is the same', async () => {
    const world = await company();
    hire(world, 111, 'ab2', 'Anna Berge');
    await world.say('U0BOB', '/logoff "Anna Berg"');
    expect(await targetsOf(world)).toEqual(['101 name']);
  });
});

test.each([
  '/logoff nobody.such',
  '/logoff 101 "No Body" 102',
  '/logoff x',
  '/logoff "*"',
  '/logoff nobody@example.com',
])('nobody of that name: nothing is done, and the attempt is on record (%s)', async (typed) => {
  const world = await company();
  const [answer] = await world.say('U0BOB', typed);
  expect(answer).toContain('Nobody you may log off is called "');
  expect(answer).toContain('Nobody you may log off');
  expect(await refusedCodes(world)).toEqual(['nobody_called']);
  expect(await openRequests(world)).toBe(0);
});

test.each([
  ['/logoff 101 @U0ANNA locked out', 'Understood so far: 101, a mention. If it is the reason, type `reason:` in front'],
  ['/logoff 101 group:Sales me locked', 'Understood so far: 101, group:Sales, me. If it is the reason'],
  ['/logoff "Anna Berg" locked reason: out', 'Understood so far: Anna Berg. Type a login'],
  ['/logoff locked out', 'Type a login'],
])('a word that belongs to nobody says what was understood, and how to give a reason: %s', async (typed, expected) => {
  const world = await company({ identities: { U0ANNA: 101, U0BOB: 105 } });
  const [answer] = await world.say('U0BOB', typed.replace('@U0ANNA', '<@U0ANNA>'));
  expect(answer).toContain(`Nobody you may log off is called "locked".`);
  expect(answer).toContain(expected);
  expect(await openRequests(world)).toBe(0);
});

test.each([
  ['"<!channel>"', '<!channel>'],
  ['"&lt;@U0ANNA&gt;"', '<@U0ANNA>'],
  ['"reason: x"', 'reason: x'],
  ['"help"', 'help'],
  ['"Jane ""JD"" Doe"', 'Jane "JD" Doe'],
  ['李小龍', '李小龍'],
])('a name may look like anything: %s', async (typed, fullName) => {
  const world = await company();
  hire(world, 130, 'odd', fullName);
  expect(await world.say('U0BOB', `/logoff ${typed} 102`)).toEqual([]);
  expect(await targetsOf(world)).toEqual(['130 name', '102 id']);
});

test('people without a name or an address are found by nothing but what they have', async () => {
  const world = await company();
  hire(world, 130, '', '', { email: '' });
  for (const typed of ['/logoff " " 101', '/logoff "" 101']) {
    expect((await world.say('U0BOB', typed)).join()).toContain('I do not understand');
  }
  await world.say('U0BOB', '/logoff 130');
  expect(await world.shown('card')).toContain('- somebody without a name (id 130, Sales): logged on now');
});

test('a group that is larger than a request may be is refused with the limit, and its members are not even read', async () => {
  const world = await company({ max_targets: 20 });
  for (let id = 300; id < 320; id += 1) hire(world, id, `s${id}`, `Support ${id}`, { groupId: 3 });
  hire(world, 320, 'former', 'Former Member', { groupId: 3, retired: true });
  expect(await world.say('U0BOB', '/logoff group:support')).toEqual([
    'These are more people than one request may hold. Make several requests. One request holds at most 20 people. Nothing was done.',
  ]);
  expect(await refusedCodes(world)).toEqual(['too_many']);
  expect(world.netserver.calls).not.toContain('membersOf');
});
