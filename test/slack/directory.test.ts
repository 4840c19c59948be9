import { afterEach, describe, expect, test, vi } from 'vitest';
import { channelId, slackUserId } from '../../src/core/ids.ts';
import { standingOf } from '../../src/slack/standing.ts';
import { pair } from './local-slack.ts';

afterEach(() => vi.useRealTimers());

describe('standing', () => {
  const home = { teamId: 'T0HOME', enterpriseId: 'E0ORG' };
  const member = { id: 'U0X', team_id: 'T0HOME', deleted: false, is_bot: false };
  test.each<[string, unknown, string]>([
    ['a full member', member, 'member'],
    ['one who uses apps', { ...member, is_app_user: true }, 'member'],
    ['a guest', { ...member, is_restricted: true }, 'guest'],
    ['a guest of one channel', { ...member, is_ultra_restricted: true }, 'guest'],
    ['a bot', { ...member, is_bot: true }, 'bot'],
    ['a workflow', { ...member, is_workflow_bot: true }, 'bot'],
    ['a connector', { ...member, is_connector_bot: true }, 'bot'],
    ['one who left', { ...member, deleted: true }, 'deactivated'],
    ['a bot that left', { ...member, deleted: true, is_bot: true }, 'deactivated'],
    ['one from another workspace', { ...member, team_id: 'T0AWAY' }, 'stranger'],
    ['a guest from another workspace', { ...member, team_id: 'T0AWAY', is_restricted: true }, 'stranger'],
    ['one marked as a stranger', { ...member, is_stranger: true }, 'stranger'],
    [
      'a member of our organisation with a seat here',
      { ...member, team_id: 'E0ORG', enterprise_user: { enterprise_id: 'E0ORG', teams: ['T0HOME'] } },
      'member',
    ],
    [
      'a member of our organisation without one',
      { ...member, team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E0ORG', teams: ['T0SISTER'] } },
      'stranger',
    ],
    [
      'a member of another organisation that claims a seat',
      { ...member, team_id: 'T0AWAY', enterprise_user: { enterprise_id: 'E0OTHER', teams: ['T0HOME'] } },
      'stranger',
    ],
    ['one who was only invited', { ...member, is_invited_user: true }, 'unknown'],
    ['one without a workspace, as only our own have', { id: 'U0X', deleted: false }, 'member'],
    ['a flag that is no flag', { ...member, deleted: 'no' }, 'unknown'],
    ['an answer about somebody else', { ...member, id: 'U0Y' }, 'unknown'],
    ['no answer', undefined, 'unknown'],
  ])('%s', (_, user, expected) => expect(standingOf(user, 'U0X', home)).toBe(expected));

  test('Slackbot is a bot, though its flags do not say so', () => {
    expect(standingOf({ id: 'USLACKBOT', team_id: 'T0HOME' }, 'USLACKBOT', home)).toBe('bot');
  });
});

describe('people', () => {
  test.each([
    ['U0ALICE', 'Alice Berg', 'member'],
    ['U0GUEST', 'Gina Guest', 'guest'],
    ['U0ONECH', 'Otto One', 'guest'],
    ['U0OUT', 'Olga Outside', 'stranger'],
    ['U0STRANGE', 'Sten Strange', 'stranger'],
    ['U0ROBOT', 'Robot', 'bot'],
    ['U0FLOW', 'Flow', 'bot'],
    ['U0GONE', 'Gone', 'deactivated'],
    ['U0APP', 'Apple Appuser', 'member'],
    ['U0NOBODY', 'U0NOBODY', 'unknown'],
  ])('%s is %s, a %s', async (id, name, standing) => {
    const { edge } = await pair('socket');
    expect(await edge.directory.person(slackUserId(id))).toMatchObject({ slack: id, name, standing });
  });

  test('are asked for once in a minute, however many ask at once', async () => {
    const { slack, edge } = await pair('socket');
    vi.useFakeTimers({ toFake: ['Date'] });
    const alice = slackUserId('U0ALICE');
    await Promise.all(Array.from({ length: 20 }, () => edge.directory.person(alice)));
    await edge.directory.person(alice);
    expect(slack.journal.calls('users.info').length).toBe(1);
    expect(slack.journal.calls('auth.test').length).toBe(1);
    vi.advanceTimersByTime(61_000);
    await edge.directory.person(alice);
    expect(slack.journal.calls('users.info').length).toBe(2);
  });

  test('an outage is thrown, and not remembered', async () => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
    await expect(edge.directory.person(slackUserId('U0ALICE'))).rejects.toMatchObject({
      code: 'unavailable',
      executed: 'no',
      retryable: true,
    });
    expect(await edge.directory.person(slackUserId('U0ALICE'))).toMatchObject({ standing: 'member' });
  });
});

describe('many people by e-mail', () => {
  test('are all full members with a confirmed address, by that address in small letters', async () => {
    const { edge } = await pair('socket');
    const { slack: alice, team } = { slack: slackUserId('U0ALICE'), team: 'T0HOME' };
    expect([...(await edge.directory.membersByEmail())]).toEqual([
      ['alice@example.com', { slack: alice, team, name: 'Alice Berg', standing: 'member', email: 'Alice@example.com' }],
    ]);
  });

  test('are not known where Slack does not answer, which is thrown', async () => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('users.list', { kind: 'error', error: 'internal_error' });
    await expect(edge.directory.membersByEmail()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('user groups', () => {
  test('one that Slack does not tell about is missing and noted; the others are there', async () => {
    const { slack, edge, lines } = await pair('socket');
    const found = await edge.directory.userGroupMembers(['S0LEADS', 'S0NONE', 'S0LEADS']);
    expect([...found]).toEqual([['S0LEADS', new Set(['U0ALICE', 'U0BOB'])]]);
    expect(lines).toMatchObject([{ level: 'warn', code: 'slack_user_group_unknown', fields: { group: 'S0NONE' } }]);
    await edge.directory.userGroupMembers(['S0LEADS']);
    expect(slack.journal.calls('usergroups.users.list').length).toBe(2);
  });
});

test.each([
  ['C0OPS', []],
  ['C0ALONE', ['not_in_channel']],
  ['C0OLD', ['is_archived']],
  ['C0SHARED', ['shared']],
  ['C0NOWHERE', ['channel_not_found']],
])('problems of %s: %j', async (id, problems) => {
  const { edge } = await pair('socket');
  expect(await edge.directory.channelProblems(channelId(id))).toEqual(problems);
});

describe('what kind of channel it is', () => {
  test.each([
    ['C0OPS', 'ours'],
    ['C0ALONE', 'ours'],
    ['C0SHARED', 'shared'],
    ['C0NOWHERE', 'hidden'],
    ['D0ALICE', 'hidden'],
  ])('%s is %s', async (id, place) => {
    const { edge } = await pair('socket');
    expect(await edge.directory.channelPlace(channelId(id))).toBe(place);
  });

  test.each(['is_shared', 'is_ext_shared', 'is_org_shared'])('%s makes it shared', async (flag) => {
    const { slack, edge } = await pair('socket');
    slack.workspace.setChannel('C0OPS', { [flag]: true });
    expect(await edge.directory.channelPlace(channelId('C0OPS'))).toBe('shared');
  });

  test('is asked for once in a minute, and a direct message not at all', async () => {
    const { slack, edge } = await pair('socket');
    vi.useFakeTimers({ toFake: ['Date'] });
    const ops = channelId('C0OPS');
    await Promise.all(Array.from({ length: 20 }, () => edge.directory.channelPlace(ops)));
    await edge.directory.channelPlace(channelId('D0ALICE'));
    expect(slack.journal.calls('conversations.info').length).toBe(1);
    slack.workspace.setChannel('C0OPS', { is_ext_shared: true });
    expect(await edge.directory.channelPlace(ops)).toBe('ours');
    vi.advanceTimersByTime(61_000);
    expect(await edge.directory.channelPlace(ops)).toBe('shared');
  });

  test('an outage is thrown, and not remembered', async () => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('conversations.info', { kind: 'error', error: 'internal_error' });
    await expect(edge.directory.channelPlace(channelId('C0OPS'))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await edge.directory.channelPlace(channelId('C0OPS'))).toBe('ours');
  });
});
