import { describe, expect, test } from 'vitest';
import { actor, change, handlersOf, opens, submits, values } from './made-up-window.ts';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const refusals = async (world: Awaited<ReturnType<typeof makeWorld>>) =>
  (await world.audit()).flatMap((entry) =>
    'note' in entry && entry.note.kind === 'command_refused' ? [`${entry.note.code}: ${entry.note.text}`] : [],
  );
const records = async (world: Awaited<ReturnType<typeof makeWorld>>) =>
  (await world.store.requests.listOpen(10)).length;

describe('/logoff alone', () => {
  test('opens a window before anybody is asked anything, and fills it afterwards', async () => {
    const world = await makeWorld();
    const release = world.troubles.hang('person');
    const window = await opens(world, 'U0BOB', '/logoff');
    expect(window.shown).toEqual(['One moment …']);
    release();
    await world.clock.advance(0);
    expect(window.shown.slice(1)).toEqual([
      '(people)\n(group)\n(text)\nChoose whom to log off. This window then shows which rule applies and who is asked to approve.',
    ]);
  });

  test('chooses themselves for who may reach nobody else, and shows no groups', async () => {
    const world = await makeWorld();
    const { shown, forms } = await opens(world, 'U0ANNA', '/logoff');
    expect(shown.at(-1)).toContain('Anna Berg (anna, id 101, Sales), @Anna Berg: logged on now');
    expect(forms.at(-1)?.fields.map(({ kind }) => kind)).toEqual(['people', 'text']);
    expect(forms.at(-1)?.submit).toBe('Log off');
  });

  test('tells who is nobody by the settings what to do', async () => {
    const world = await makeWorld();
    const { shown } = await opens(world, 'U0ZOE', '/logoff');
    expect(shown.at(-1)).toContain('I do not know for certain which SuperOffice user you are.');
  });

  test.each(['U0GUEST', 'U0STRANGER', 'U0ROBOT', 'U0LEFT', 'U0UNKNOWN'])(
    'is refused to %s, on record, and nobody is looked up',
    async (who) => {
      const world = await makeWorld();
      world.troubles.fail('readPeople', edgeError('must_not_be_asked'), 100);
      const { shown, forms } = await opens(world, who, '/logoff');
      expect(shown.at(-1)).toContain('Only full members of this workspace can use this.');
      expect(forms).toHaveLength(1);
      expect(await refusals(world)).toEqual(['not_a_member: ']);
      expect(world.logged).not.toContain('lookup_failed');
    },
  );

  test('is refused to somebody whose payload names another workspace', async () => {
    const world = await makeWorld();
    const { shown } = await opens(world, 'U0BOB', '/logoff', { team: 'T0OTHER' });
    expect(shown.at(-1)).toContain('Only full members');
  });

  test('is refused to whom no rule concerns', async () => {
    const rules = [{ name: 'leads', who: 'leads', targets: 'any', approvals: 0 }];
    const world = await makeWorld({ policy: policyOf({ rules }) });
    const { shown } = await opens(world, 'U0BOB', '/logoff');
    expect(shown.at(-1)).toContain('No rule lets you log anybody off.');
    expect(await refusals(world)).toEqual(['no_rule_for_person: ']);
  });

  test('says in the window that SuperOffice or the records do not answer', async () => {
    const world = await makeWorld();
    world.troubles.fail('readPeople', edgeError('timeout'), 100);
    expect((await opens(world, 'U0BOB', '/logoff')).shown.at(-1)).toContain('SuperOffice does not answer');
    world.troubles.fail('note', edgeError('database'));
    expect((await opens(world, 'U0GUEST', '/logoff')).shown.at(-1)).toContain('cannot write its records');
  });

  test('is answered outside where Slack opens no window', async () => {
    const world = await makeWorld();
    const { answers, shown } = await opens(world, 'U0BOB', '/logoff', {
      open: async () => {
        throw edgeError('trigger_expired');
      },
    });
    expect(answers).toEqual([expect.stringContaining('Slack did not open the window in time.')]);
    expect(shown).toEqual([]);
  });
});

describe('the preview', () => {
  test('names who, which rule, whom it asks, and who is left out', async () => {
    const world = await makeWorld();
    expect(await change(world, 'U0BOB', values([101, 1, 7, 9, 999]))).toBe(
      [
        '(people)',
        '(group)',
        '(text)',
        'To be logged off: 1 person',
        '- Anna Berg (anna, id 101, Sales), @Anna Berg',
        'Rule: a few people\nApproval: one by leads: @U0ALICE, @U0OLA, @U0EVA',
        'Warning: none, they are logged off as soon as it is approved',
        'Left out',
        '- Ada Min (id 1): protected: no rule can reach them',
        '- Meeting room 7 (id 7): not an internal user: cannot use the Windows client',
        "- Log-off bot (id 9): this is the bot's own account",
        '- id 999: nobody you may log off has this id',
        'Unsaved work may be lost.',
      ].join('\n'),
    );
  });

  test('says what cannot be done, and records nothing of it', async () => {
    const world = await makeWorld();
    const many = [101, 102, 103, 105, 106, 107, 108];
    expect(await change(world, 'U0BOB', values(many))).toContain(
      'This cannot be done. No rule lets you log these people off',
    );
    expect(await change(world, 'U0BOB', values([1]))).toContain('None of these people can be logged off.');
    expect(await change(world, 'U0BOB', values([], { group: { id: 77, label: 'Gone' } }))).toContain('No user group');
    world.troubles.fail('findAssociates', edgeError('timeout'));
    expect(await change(world, 'U0BOB', values([101]))).toContain('SuperOffice does not answer');
    expect(await refusals(world)).toEqual([]);
    expect(world.effects).toEqual([]);
  });

  test('says when there are not enough people who may approve', async () => {
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0BOB'] } };
    const world = await makeWorld({ policy: policyOf({ people }) });
    expect(await change(world, 'U0BOB', values([101]))).toContain(
      'one by leads; there are not enough approvers at the moment',
    );
  });

  test('does not name whom the person may not reach, whatever came back from their screen', async () => {
    const world = await makeWorld();
    const words = await change(world, 'U0ANNA', values([102]));
    expect(words).not.toContain('Bo Dahl');
    expect(words).toContain('This cannot be done.');
    const form = await handlersOf(world).change(
      actor('U0ANNA'),
      world.world.approvalsChannel ?? neverMind(),
      values([102]),
    );
    expect(JSON.stringify(form)).not.toContain('Bo Dahl');
  });

  test('is nothing for outsiders', async () => {
    const world = await makeWorld();
    expect(await change(world, 'U0GUEST', values([101]))).toBe('(nothing)');
  });
});

const neverMind = (): never => {
  throw new Error('the made-up world has an approvals channel');
};

describe('submitting', () => {
  test('opens the request as if the command had been typed', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101 102 reason: locked out');
    await world.say('U0BOB', '/logoff cancel 1');
    const sent = await submits(world, 'U0BOB', values([101, 102, 101], { text: ' locked\nout ' }));
    expect(sent.verdicts).toEqual([{ kind: 'working' }]);
    expect(sent.shown).toEqual(['Request 2: waiting for approval']);
    const [typed, composed] = [await world.request(1), await world.request(2)];
    const same = ({ targets, leftOut, reason, rule, demand, requester }: typeof typed) => ({
      targets,
      leftOut,
      reason,
      rule,
      demand,
      requester,
    });
    expect(same(composed)).toEqual(same(typed));
    expect(composed.origin).toEqual({
      via: 'modal',
      channel: typed.origin.channel,
      text: '101 102 reason: locked out',
    });
    expect(await world.shown('line', 2)).toContain('Request 2: waiting for approval');
  });

  test('a group means everybody in it, by its id and not by what the screen called it', async () => {
    const world = await makeWorld();
    const support = world.netserver.people.get(105);
    if (support !== undefined) world.netserver.people.set(105, { ...support, groupId: 3 });
    await submits(world, 'U0BOB', values([101], { group: { id: 3, label: 'what the screen said' } }));
    const request = await world.request();
    expect(request.targets.map(({ id, namedBy }) => [id, namedBy])).toEqual([
      [101, 'id'],
      [105, 'group'],
    ]);
    expect(request.origin.text).toBe('101 group:"Support"');
  });

  test.each([
    ['nobody', values([]), { people: 'Choose at least one person, or a group.' }],
    ['a long reason', values([101], { text: 'x'.repeat(501) }), { text: expect.stringContaining('500 characters') }],
    ['protected people', values([1]), { people: expect.stringContaining('Ada Min: protected') }],
    [
      'a group that is gone',
      values([101], { group: { id: 77, label: 'x' } }),
      { group: expect.stringContaining('No user group') },
    ],
    ['too many', values([101, 102, 103, 105, 106, 107, 108]), { people: expect.stringContaining('No rule lets you') }],
  ])('%s: the words stand at the field, and there is no request', async (_, filled, errors) => {
    const world = await makeWorld();
    const sent = await submits(world, 'U0BOB', filled);
    expect(sent.verdicts).toEqual([{ kind: 'errors', errors }]);
    expect(sent.shown).toEqual([]);
    expect(await records(world)).toBe(0);
  });

  test('what the rules refuse is on record, as for a typed command', async () => {
    const world = await makeWorld();
    await submits(world, 'U0BOB', values([1]));
    await submits(world, 'U0GUEST', values([101]));
    expect(await refusals(world)).toEqual(['nobody: 1', 'not_a_member: 101']);
  });

  test('is one request for one window, whatever arrives twice', async () => {
    const world = await makeWorld();
    await Promise.all([submits(world, 'U0BOB', values([101])), submits(world, 'U0BOB', values([101]))]);
    const again = await submits(world, 'U0BOB', values([101]));
    expect(again.shown).toEqual(['Request 1: waiting for approval']);
    expect(await records(world)).toBe(1);
    const other = await submits(world, 'U0BOB', values([101]), { key: 'window 2' });
    expect(other.shown.join()).toContain('Request 1 asks for this already: waiting for approval.');
    await submits(world, 'U0BOB', values([102]), { key: 'window 3' });
    expect(await records(world)).toBe(2);
  });

  test('nothing is opened where the acknowledgement cannot be delivered', async () => {
    const world = await makeWorld();
    const sent = await submits(world, 'U0BOB', values([101]), {
      acknowledge: () => Promise.reject(new Error('the socket is gone')),
    });
    expect(sent.shown).toEqual(['threw Error: the socket is gone']);
    expect(await records(world)).toBe(0);
  });

  test('is answered after two seconds while SuperOffice hangs, and goes on', async () => {
    const world = await makeWorld();
    const release = world.troubles.hang('findAssociates');
    const sent = await submits(world, 'U0BOB', values([101]));
    await world.clock.advance(1_999);
    expect(sent.verdicts).toEqual([]);
    await world.clock.advance(1);
    expect(sent.verdicts).toEqual([{ kind: 'working' }]);
    release();
    await world.clock.advance(0);
    expect(sent.shown).toEqual(['Request 1: waiting for approval']);
  });

  test('a late refusal brings the form back with what was filled in; whoever closed it is told', async () => {
    const world = await makeWorld();
    const release = world.troubles.hang('findAssociates');
    const sent = await submits(world, 'U0BOB', values([1], { text: 'crash' }));
    await world.clock.advance(2_000);
    release();
    await world.clock.advance(0);
    expect(sent.shown.at(-1)).toContain(
      'This cannot be done. None of these people can be logged off. Ada Min: protected',
    );
    expect(sent.forms.at(-1)?.fields).toMatchObject([
      { kind: 'people', initial: [{ id: 1 }] },
      { kind: 'group' },
      { kind: 'text', initial: 'crash' },
    ]);
    const releaseAgain = world.troubles.hang('findAssociates');
    const closed = await submits(world, 'U0BOB', values([1]));
    closed.closed = true;
    await world.clock.advance(2_000);
    releaseAgain();
    await world.clock.advance(0);
    expect(closed.shown).toEqual([expect.stringContaining('Ada Min: protected')]);
  });

  test('tells that the records do not answer, before and after the acknowledgement', async () => {
    const world = await makeWorld();
    world.troubles.fail('note', edgeError('database'));
    expect((await submits(world, 'U0GUEST', values([101]))).verdicts).toMatchObject([
      { errors: { people: expect.stringContaining('cannot write its records') } },
    ]);
    world.troubles.fail('open', edgeError('database', { executed: 'maybe' }));
    expect((await submits(world, 'U0BOB', values([101]))).shown).toEqual([
      expect.stringContaining('not known whether'),
    ]);
  });

  test('the line goes to the requester where the bot is not in the channel', async () => {
    const world = await makeWorld();
    world.slack.closed.add('C0HALL');
    await submits(world, 'U0BOB', values([101]));
    expect(world.slack.messages.map(({ channel }) => channel)).toContain('D0BOB');
  });
});

describe('suggestions', () => {
  const labels = async (
    world: Awaited<ReturnType<typeof makeWorld>>,
    who: string,
    field: 'people' | 'group',
    typed: string,
  ) => (await handlersOf(world).suggest(actor(who), field, typed)).choices.map(({ label }) => label);

  test('are people by the beginnings of their names, logins and ids', async () => {
    const world = await makeWorld();
    expect(await labels(world, 'U0BOB', 'people', 'ber ann')).toEqual(['Anna Berg']);
    expect(await labels(world, 'U0BOB', 'people', '102')).toEqual(['Bo Dahl']);
    expect(await labels(world, 'U0BOB', 'people', 'erg')).toEqual([]);
    expect(await handlersOf(world).suggest(actor('U0BOB'), 'people', 'user')).toEqual({
      label: '4 people',
      choices: [105, 106, 107, 108].map((id) => ({ id, label: `User ${id}`, more: `id ${id}, user${id}, Sales` })),
    });
  });

  test('are groups with somebody to reach in them, by any part of their name', async () => {
    const rules = [{ name: 'sales only', who: 'helpdesk', targets: { groups: ['sales'] }, approvals: 0 }];
    const world = await makeWorld({ policy: policyOf({ rules }) });
    expect(await labels(world, 'U0BOB', 'group', '')).toEqual(['Sales']);
    expect(await labels(world, 'U0BOB', 'group', 'ALE')).toEqual(['Sales']);
    expect(await labels(world, 'U0BOB', 'group', 'sup')).toEqual([]);
  });

  test.each(['U0GUEST', 'U0STRANGER', 'U0ROBOT', 'U0LEFT', 'U0UNKNOWN', 'U0ZOE'])('are nobody for %s', async (who) => {
    const world = await makeWorld();
    for (const typed of ['', 'anna', '101']) expect(await labels(world, who, 'people', typed)).toEqual([]);
    expect(await labels(world, who, 'group', '')).toEqual([]);
  });

  test('are only themselves where only their own session is theirs', async () => {
    const world = await makeWorld();
    expect(await labels(world, 'U0ANNA', 'people', '')).toEqual(['Anna Berg']);
    expect(await labels(world, 'U0ANNA', 'people', 'bo')).toEqual([]);
    expect(await labels(world, 'U0ANNA', 'group', '')).toEqual([]);
  });

  test('are those at hand while a newer reading hangs: nobody waits at each letter', async () => {
    const world = await makeWorld();
    const release = world.troubles.hang('readPeople');
    expect(await labels(world, 'U0BOB', 'people', 'anna')).toEqual(['Anna Berg']);
    release();
  });

  test('are nothing where they cannot be told, or not in time', async () => {
    const world = await makeWorld();
    world.netserver.nothingAtHand = true;
    world.troubles.fail('readPeople', edgeError('timeout'));
    expect(await labels(world, 'U0BOB', 'people', 'anna')).toEqual([]);
    const release = world.troubles.hang('readPeople');
    const asked = labels(world, 'U0BOB', 'people', 'anna');
    await world.clock.advance(2_500);
    expect(await asked).toEqual([]);
    release();
    expect(world.clock.waiting()).toBeLessThan(5);
  });
});

describe('a rule that asks for a reason', () => {
  const rules = [
    { name: 'said why', who: 'helpdesk', targets: 'any', approvals: 0, reason: 'required' },
    {
      name: 'ticket',
      who: 'leads',
      targets: 'any',
      approvals: 0,
      reason: { pattern: '^TICKET-[0-9]+', say: 'Start with the ticket, such as TICKET-17.' },
    },
  ];
  test.each([
    ['U0BOB', undefined, 'The rule that applies asks for a reason. Nothing was done.'],
    ['U0ALICE', 'crash', 'Start with the ticket, such as TICKET-17. Nothing was done.'],
  ])('says so at the field to %s', async (who, text, words) => {
    const world = await makeWorld({ policy: policyOf({ rules }) });
    const filled = values([101], text === undefined ? {} : { text });
    expect(await change(world, who, filled)).toContain('Reason: this rule requires one');
    expect((await submits(world, who, filled)).verdicts).toEqual([{ kind: 'errors', errors: { text: words } }]);
    expect(await records(world)).toBe(0);
  });
});
