import { expect, it } from 'vitest';
import { noteEntrySchema } from '../../src/core/request/entry.ts';
import { submits, values } from './made-up-window.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';

const mapped = policyOf({ identities: { U0ANNA: 101, U0BOB: 105, U0ALICE: 106 } });

const notes = async (town: Surroundings) =>
  (await town.audit()).flatMap((entry) => ('note' in entry ? [{ via: entry.via, ...entry.note }] : []));

/** What the entries of request 1 say besides what the record is folded from. */
const facts = async (town: Surroundings) =>
  (await town.audit()).flatMap((entry) =>
    'fact' in entry ? [{ kind: entry.fact.kind, via: entry.via, policy: entry.policyVersion }] : [],
  );

const known = (slack: string, associate?: number) => ({
  by: slack,
  team: 'T0HOME',
  name: slack.slice(2),
  standing: 'member',
  ...(associate === undefined ? {} : { match: { associate, how: 'map', permits: true } }),
});

it('a request: who asked and how matched, what was typed and where, by which rule, and what came out for each', async () => {
  const town = await makeWorld({ policy: mapped });
  await town.say('U0BOB', '/logoff 101 103 reason: locked out');
  await town.click('U0ALICE', 'approve');
  await town.clock.advance(120_000);
  const [, opened, given, ...rest] = await town.audit();
  expect(opened).toMatchObject({
    at: Date.UTC(2026, 10, 23, 14, 0),
    via: 'command',
    policyVersion: 'aaaaaaaaaaaa',
    fact: {
      requester: { slack: 'U0BOB', team: 'T0HOME', match: { associate: 105, how: 'map' } },
      origin: { channel: 'C0HALL', text: '101 103 reason: locked out' },
      targets: [
        { id: 101, namedBy: 'id' },
        { id: 103, namedBy: 'id' },
      ],
      rule: 'a few people',
    },
  });
  expect(given).toMatchObject({ via: 'button', fact: { by: { slack: 'U0ALICE', match: { associate: 106 } } } });
  const last = rest.at(-1);
  expect(last).toMatchObject({
    via: 'timer',
    fact: {
      kind: 'verified',
      results: expect.arrayContaining([
        { id: 101, outcome: { kind: 'gone' } },
        { id: 103, outcome: { kind: expect.any(String) } },
      ]),
    },
  });
});

it('what was submitted in a window is told from what was pressed on a card', async () => {
  const town = await makeWorld({ policy: mapped });
  await town.say('U0BOB', '/logoff 101');
  await town.submit('U0ALICE', 'deny', 1, 'no');
  expect(await facts(town)).toEqual([
    { kind: 'opened', via: 'command', policy: 'aaaaaaaaaaaa' },
    { kind: 'denied', via: 'modal', policy: 'aaaaaaaaaaaa' },
  ]);
  await town.submit('U0OLA', 'deny', 1);
  expect((await notes(town)).at(-1)).toMatchObject({ via: 'modal', kind: 'click_refused', code: 'already_decided' });
});

it('what follows from a window or a button at once is kept as come from there', async () => {
  const rules = [{ name: 'a few', who: 'helpdesk', targets: 'any', approvals: 0 }];
  const town = await makeWorld({ policy: policyOf({ rules }) });
  await submits(town, 'U0BOB', values([101]));
  const once = ['opened', 'approved', 'dispatch_claimed', 'call_accepted', 'seen'];
  expect(await facts(town)).toMatchObject(once.map((kind) => ({ kind, via: 'modal' })));
  expect((await town.request()).origin.via).toBe('modal');
  await submits(town, 'U0BOB', values([1]));
  expect((await notes(town)).at(-1)).toMatchObject({ via: 'modal', kind: 'command_refused', code: 'nobody' });

  const other = await makeWorld({ policy: policyOf({ rules }) });
  await other.say('U0BOB', '/logoff ana');
  await other.press('U0BOB', 'Anna Berg (101)');
  expect(await facts(other)).toMatchObject(once.map((kind) => ({ kind, via: 'button' })));
});

it('who was refused is kept with the associate and how matched, whichever way they tried', async () => {
  const town = await makeWorld({ policy: mapped });
  await town.say('U0BOB', '/logoff 101');
  await town.click('U0BOB', 'approve');
  await town.click('U0ANNA', 'cancel');
  await town.say('U0ALICE', '/logoff cancel 1');
  await town.click('U0ZOE', 'show_everyone');
  await town.say('U0ZOE', '/logoff status 1');
  await town.say('U0ZOE', '/logoff cancel 1');
  await town.say('U0ANNA', '/logoff 102');
  expect((await notes(town)).slice(1)).toEqual([
    {
      via: 'button',
      kind: 'click_refused',
      ...known('U0BOB', 105),
      request: 1,
      action: 'approve',
      code: 'own_request',
    },
    {
      via: 'button',
      kind: 'click_refused',
      ...known('U0ANNA', 101),
      request: 1,
      action: 'cancel',
      code: 'not_yours_to_cancel',
    },
    {
      via: 'command',
      kind: 'click_refused',
      ...known('U0ALICE', 106),
      request: 1,
      action: 'cancel',
      code: 'not_yours_to_cancel',
    },
    {
      via: 'button',
      kind: 'click_refused',
      ...known('U0ZOE'),
      request: 1,
      action: 'show_everyone',
      code: 'not_yours_to_see',
    },
    {
      via: 'command',
      kind: 'click_refused',
      ...known('U0ZOE'),
      request: 1,
      action: 'status',
      code: 'not_yours_to_see',
    },
    {
      via: 'command',
      kind: 'click_refused',
      ...known('U0ZOE'),
      request: 1,
      action: 'cancel',
      code: 'not_yours_to_see',
    },
    {
      via: 'command',
      kind: 'command_refused',
      ...known('U0ANNA', 101),
      channel: 'C0HALL',
      text: '102',
      code: expect.stringMatching(/^no_rule/),
      targets: [102],
    },
  ]);
});

it('somebody of another workspace is kept with the one that Slack named, as a stranger and without a match', async () => {
  const town = await makeWorld({ policy: mapped });
  await town.say('U0BOB', '/logoff 101', { team: 'T0OTHER' });
  const last = (await notes(town)).at(-1);
  expect(last).toMatchObject({ by: 'U0BOB', team: 'T0OTHER', standing: 'stranger', code: 'not_a_member' });
});

it('clicks and commands on a process whose rules were replaced are kept too', async () => {
  const town = await makeWorld({ policy: mapped });
  await town.say('U0BOB', '/logoff 101');
  await town.start({ policy: policyOf({}, 'bbbbbbbbbbbb'), ticking: false });
  await town.click('U0ALICE', 'approve');
  await town.say('U0BOB', '/logoff cancel 1');
  expect((await notes(town)).slice(-2)).toMatchObject([
    { kind: 'click_refused', by: 'U0ALICE', action: 'approve', code: 'policy_replaced' },
    { kind: 'click_refused', by: 'U0BOB', action: 'cancel', code: 'policy_replaced' },
  ]);
});

it('the rule that asked for more is kept with who was refused by it, and the rule of now with what was sent by another', async () => {
  const rule = { name: 'a few', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' };
  const more = { reason: 'required', approvals: 0, approvers: undefined, budget: { people: 1, per: '1h' } };
  const town = await makeWorld({ policy: policyOf({ rules: [{ ...rule, ...more }] }) });
  await town.say('U0BOB', '/logoff 101');
  await town.say('U0BOB', '/logoff 101 102 reason: x');
  expect((await notes(town)).slice(1)).toMatchObject([
    { kind: 'command_refused', code: 'reason_missing', rule: 'a few' },
    { kind: 'command_refused', code: 'over_budget', rule: 'a few' },
  ]);
  const asked = await makeWorld({ policy: policyOf({ rules: [rule] }) });
  await asked.say('U0BOB', '/logoff 101');
  await asked.say('U0BOB', '/logoff 102');
  await asked.click('U0ALICE', 'approve', 1);
  const renamed = await asked.start({ policy: policyOf({ rules: [{ ...rule, name: 'renamed' }] }, 'bbbbbbbbbbbb') });
  await renamed.click('U0ALICE', 'approve', 2);
  const claims = (await asked.audit()).flatMap((entry) =>
    'fact' in entry && entry.fact.kind === 'dispatch_claimed'
      ? [[entry.request, entry.policyVersion, entry.fact.rule]]
      : [],
  );
  expect(claims).toEqual([
    [1, 'aaaaaaaaaaaa', undefined],
    [2, 'bbbbbbbbbbbb', 'renamed'],
  ]);
});

it('entries of before, without what is kept since, are read as they are', () => {
  const old = { at: 1, via: 'button', policyVersion: 'aaaaaaaaaaaa' };
  const command = { kind: 'command_refused', by: 'U0BOB', team: 'T0HOME', text: '1', code: 'never_list', targets: [1] };
  const click = { kind: 'click_refused', by: 'U0BOB', team: 'T0HOME', request: 1, action: 'approve', code: 'expired' };
  for (const note of [command, click]) expect(noteEntrySchema.parse({ ...old, note })).toEqual({ ...old, note });
});
