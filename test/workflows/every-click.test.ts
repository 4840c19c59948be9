import { describe, expect, test } from 'vitest';
import type { ButtonAction } from '../../src/core/cards/card.ts';
import type { Status } from '../../src/core/request/request.ts';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;

const settings = {
  may_see: { history: 'auditors' },
  people: {
    helpdesk: { users: ['U0BOB'] },
    leads: { users: ['U0ALICE', 'U0OLA', 'U0GUEST', 'U0LEFT'] },
    auditors: { users: ['U0EVA'] },
  },
};
const one = { name: 'a few', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' };
const RULES = policyOf(settings);
/** Some states are only come to by rules that ask for more. */
const SPECIAL: Readonly<Record<string, typeof RULES>> = {
  awaiting_confirmation: policyOf({ ...settings, rules: [{ ...one, confirm_above: 0 }] }),
  warning: policyOf({ ...settings, rules: [{ ...one, warn: '5m' }] }),
};

/** How a request gets into each state, by what people and the outside do. */
const ways: Readonly<Record<Status, (world: World) => Promise<unknown>>> = {
  awaiting_confirmation: async () => {},
  warning: (world) => world.click('U0ALICE', 'approve'),
  awaiting_approval: async () => {},
  approved: (world) => {
    world.troubles.fail('findAssociates', edgeError('timeout'), 1_000);
    return world.click('U0ALICE', 'approve');
  },
  dispatching: (world) => {
    world.troubles.hang('connect');
    return world.click('U0ALICE', 'approve');
  },
  verifying: (world) => world.click('U0ALICE', 'approve'),
  done: async (world) => {
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
  },
  unknown: (world) => {
    world.troubles.during('logOff', () => world.troubles.fail('whoIsOn', edgeError('not_allowed'), 1_000));
    return world.click('U0ALICE', 'approve');
  },
  failed: (world) => {
    world.troubles.fail('connect', edgeError('credentials', { retryable: false }));
    return world.click('U0ALICE', 'approve');
  },
  denied: (world) => world.submit('U0ALICE', 'deny'),
  cancelled: (world) => world.click('U0BOB', 'cancel'),
  expired: (world) => world.clock.advance(30 * 60_000),
  aborted: (world) => {
    world.slack.standings.set('U0BOB', 'guest');
    return world.click('U0ALICE', 'approve').finally(() => world.slack.standings.delete('U0BOB'));
  },
};

const people = {
  requester: 'U0BOB',
  approver: 'U0OLA',
  'somebody who may look': 'U0EVA',
  'somebody to be logged off': 'U0ANNA',
  'somebody else': 'U0ZOE',
  'a guest who is named as approver': 'U0GUEST',
  'a deactivated approver': 'U0LEFT',
  'a stranger': 'U0STRANGER',
  'a bot': 'U0ROBOT',
  'somebody Slack cannot place': 'U0UNKNOWN',
};

const BUTTONS = [
  'approve',
  'deny',
  'cancel',
  'show_everyone',
  'confirm',
  'consent',
  'ready',
  'snooze',
  'retry',
] as const;
/** Fails to compile where a button is missing above. */
const isComplete: Exclude<ButtonAction, (typeof BUTTONS)[number]> extends never ? true : false = true;
const actions = [...BUTTONS, 'submit approve', 'submit deny', 'submit confirm'] as const;

function press(world: World, who: string, action: (typeof actions)[number]): Promise<readonly string[]> {
  switch (action) {
    case 'submit approve':
      return world.submit(who, 'approve');
    case 'submit deny':
      return world.submit(who, 'deny');
    case 'submit confirm':
      return world.submit(who, 'confirm');
    default:
      return world.click(who, action);
  }
}

/** What is to change, where anything is. Everything else leaves the record as it was. */
function changes(status: Status, who: string, action: string): Status | undefined {
  const canStop = status === 'approved' || status === 'warning';
  if (status === 'awaiting_confirmation' && who === people.requester && action === 'submit confirm') {
    return 'awaiting_approval';
  }
  if (status === 'warning' && who === 'U0ANNA') {
    if (action === 'ready') return 'verifying';
    // The same state, later.
    if (action === 'snooze') return 'warning';
  }
  if (status === 'awaiting_approval' && who === people.approver) {
    if (action === 'approve' || action === 'submit approve') return 'verifying';
    if (action === 'submit deny') return 'denied';
  }
  if (who === people.approver && action === 'cancel' && canStop) return 'cancelled';
  if (who === people.requester && action === 'cancel' && (canStop || status.startsWith('awaiting_')))
    return 'cancelled';
  return undefined;
}

const opensModal = (status: Status, who: string, action: string): boolean =>
  (action === 'confirm' && status === 'awaiting_confirmation' && who === people.requester) ||
  (action === 'deny' && status === 'awaiting_approval' && who === people.approver) ||
  (action === 'show_everyone' && [people.requester, people.approver, 'U0EVA', 'U0ANNA'].includes(who));

describe('every click gets exactly one answer and changes only what it may', () => {
  for (const [status, reach] of Object.entries(ways)) {
    test.each(Object.entries(people))(`${status}: %s`, async (_, who) => {
      const make = async () => {
        const world = await makeWorld({ policy: SPECIAL[status] ?? RULES });
        await world.say('U0BOB', '/logoff 101');
        await reach(world);
        return world;
      };
      let world = await make();
      for (const action of actions) {
        const before = await world.request();
        expect(before.status).toBe(status);
        const heard = await press(world, who, action);
        const after = await world.request();
        const next = changes(before.status, who, action);
        expect([action, heard.length, heard[0]]).toEqual([action, 1, expect.any(String)]);
        expect([action, heard[0]?.startsWith('(modal')]).toEqual([action, opensModal(before.status, who, action)]);
        expect([action, after.status]).toEqual([action, next ?? before.status]);
        if (next === undefined) expect(after).toEqual(before);
        else world = await make();
      }
    });
  }

  test('also where there is no such request', async () => {
    const world = await makeWorld();
    expect(isComplete).toBe(true);
    for (const action of BUTTONS) {
      expect(await press(world, 'U0ALICE', action)).toEqual([
        'There is no request 1 that you can see. `/logoff status` lists those that you can.',
      ]);
    }
  });
});
