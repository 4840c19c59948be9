import { describe, expect, test } from 'vitest';
import { company, hire, openRequests, targetsOf } from './company.ts';

describe('a full name in plain words', () => {
  test.each<[string, readonly string[], string]>([
    ['/logoff Anna Berg because crash', ['101 name'], 'Taken as one full name: "Anna Berg".'],
    ['/logoff anna BERG', ['101 name'], 'Taken as one full name: "anna BERG".'],
    ['/logoff Bo Dahl, Dina Foss', ['102 name', '120 name'], 'Taken as full names: "Bo Dahl", "Dina Foss".'],
    ['/logoff Bo Dahl Dina Foss', ['102 name', '120 name'], 'Taken as full names: "Bo Dahl", "Dina Foss".'],
    ['/logoff 101 Meeting Room Two', ['101 id', '130 name'], 'Taken as one full name: "Meeting Room Two".'],
    ['/logoff Dina Foss, Dina Voss', ['120 name', '131 name'], 'Taken as full names: "Dina Foss", "Dina Voss".'],
  ])('%s is who is called exactly so, and the answer says how it was taken', async (typed, targets, words) => {
    const world = await named();
    expect(await world.say('U0BOB', typed)).toEqual([`Request 1: ${words}`]);
    expect(await targetsOf(world)).toEqual(targets);
  });

  test('is none where one of the words is what somebody is called', async () => {
    const world = await company();
    hire(world, 130, 'foss', 'Frode Foss');
    const [answer] = await world.say('U0BOB', '/logoff Dina Foss');
    expect(answer).toBeUndefined();
    expect(await targetsOf(world)).toEqual(['120 login', '130 login']);
  });

  test('nor where there is a comma between', async () => {
    const world = await named();
    expect((await world.say('U0BOB', '/logoff Bo, Dahl')).join()).toContain('Nobody is called exactly "Bo".');
  });

  test('nor out of reach', async () => {
    const rules = [
      { name: 'sales', who: 'helpdesk', targets: { groups: ['Sales'] }, approvals: 1, approvers: 'leads' },
    ];
    const world = await named({ rules });
    expect((await world.say('U0BOB', '/logoff Dina Foss')).join()).not.toContain('120');
    expect(await openRequests(world)).toBe(0);
  });

  test('that is nearly one is asked about once, and pressing replaces all its words', async () => {
    const world = await named();
    const [answer] = await world.say('U0BOB', '/logoff Bjorn Asen 102 reason: crash');
    expect(answer).toContain('Nobody is called exactly "Bjorn Asen".');
    expect(await world.press('U0BOB', 'Bjørn Åsen (110)')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['110 id', '102 id']);
  });

  test('of several people is asked about once', async () => {
    const world = await named();
    hire(world, 132, 'anna2', 'Anna Berg');
    const [answer] = await world.say('U0BOB', '/logoff Anna Berg');
    expect(answer).toContain('Several people are called "Anna Berg".');
    await world.press('U0BOB', 'Anna Berg (132)');
    expect(await targetsOf(world)).toEqual(['132 id']);
  });

  test('of nobody is said to belong in quotes', async () => {
    const world = await named();
    expect((await world.say('U0BOB', '/logoff Xaver Yttrium')).join()).toContain(
      'If "Xaver Yttrium" is one person, put the full name in quotes.',
    );
  });

  test('said a thousand times is said once', async () => {
    const world = await named({ max_targets: 2 });
    const [answer] = await world.say('U0BOB', `/logoff ${'x '.repeat(1_000)}`);
    expect(answer).toContain('Nobody you may log off is called "x"');
    expect((await world.say('U0BOB', `/logoff ${'101, x, '.repeat(500)}`)).join()).toContain(
      'Nobody you may log off is called "x"',
    );
  });

  test('counts as one of the people that a request may name', async () => {
    const world = await named({ max_targets: 2 });
    await world.say('U0BOB', '/logoff Bo Dahl, Dina Foss');
    expect(await targetsOf(world)).toEqual(['102 name', '120 name']);
    expect((await world.say('U0BOB', '/logoff Bo Dahl, Dina Foss, 101')).join()).toContain(
      'One request holds at most 2 people.',
    );
  });
});

/** Nobody's login is a part of a name. */
async function named(settings: Readonly<Record<string, unknown>> = {}) {
  const world = await company({ never: [1], ...settings });
  for (const [id, login, name] of [
    [101, 'ab', 'Anna Berg'],
    [102, 'bd', 'Bo Dahl'],
    [120, 'df', 'Dina Foss'],
    [130, 'mr2', 'Meeting room two'],
    [131, 'dv', 'Dina Voss'],
  ] as const) {
    hire(world, id, login, name, id === 120 ? { groupId: 3 } : {});
  }
  return world;
}

describe('a misspelt verb', () => {
  test.each([
    ['/logoff cancle 1', '/logoff cancel 1'],
    ['/logoff stats', '/logoff status'],
    ['/logoff hepl', '/logoff help'],
    ['/logoff evryone in 30m', '/logoff everyone …'],
    ['/logoff whi', '/logoff who'],
  ])('%s is nobody, and the answer asks whether %s was meant', async (typed, meant) => {
    const world = await company();
    expect((await world.say('U0BOB', typed)).join()).toContain(`Did you mean \`${meant}\`?`);
    expect(await openRequests(world)).toBe(0);
  });

  test('is a person where somebody is called so', async () => {
    const world = await company();
    hire(world, 130, 'stats', 'Stat Stats');
    expect(await world.say('U0BOB', '/logoff stats')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['130 login']);
  });

  test.each(['/logoff zebra', '/logoff 101 cancle', '/logoff xx'])('there is none in %s', async (typed) => {
    const world = await company();
    expect((await world.say('U0BOB', typed)).join()).not.toContain('Did you mean');
  });
});
