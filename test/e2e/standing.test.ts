import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/sandbox/slack/delivery.ts';
import type { Json } from '../../src/sandbox/slack/json.ts';
import { HELPDESK, OUTSIDERS, OUTSIDERS_MAY } from './cast.ts';
import { MODES, openTown } from './town.ts';

const sent = (delivery: Delivery | undefined): Delivery => {
  if (delivery === undefined) throw new Error('nothing was sent');
  return delivery;
};

/** The command as if this person, said to be of this workspace, had typed it. */
const typedBy = (delivery: Delivery, id: string, team: string): Delivery => ({
  ...delivery,
  payload: { ...delivery.payload, user_id: id, team_id: team, trigger_id: `forged-${id}-${team}` },
});

/** The click or submission as if somebody else had sent it, with one part of it put in place of another. */
function forged(delivery: Delivery, user: Json, part = '', instead = ''): Delivery {
  const payload: Json = JSON.parse(JSON.stringify(delivery.payload).replaceAll(part, instead));
  return { ...delivery, payload: { ...payload, user } };
}

describe.each(MODES)('over %s, though the settings name them,', (mode) => {
  it.each(OUTSIDERS)('$what is refused on the command and on every button', async ({ id }) => {
    const { as, bob, slack, netserver, card, line, calls, quiet } = await openTown(mode, { settings: OUTSIDERS_MAY });
    const typed = await bob.say('/logoff 102');
    const [asked, shown] = [card(1), bob.hasty.latest(HELPDESK)];
    const before = netserver.journal().length;

    // In Slack Connect a command names our workspace, and the person is somebody else's all the same.
    await slack.deliver(typedBy(sent(typed.delivery), id, 'T0NORTH'));
    await quiet();
    // The answer goes where the forged command came from.
    expect(bob.told()).toMatch(/^Only full members of this workspace can use this\. .*Nothing was done\.$/);

    const outsider = as(id);
    await outsider.click(asked, 'Approve');
    expect(outsider.answered()).toContain('Only full members of this workspace can use this.');
    await outsider.click(asked, 'Deny…');
    expect(outsider.window().text).toContain('Only full members of this workspace can use this.');
    await outsider.click(asked, 'Show everyone');
    expect(outsider.window()).toMatchObject({
      text: expect.stringContaining('There is no request 1 that you can see.'),
      submit: undefined,
    });
    await outsider.click(shown, 'Cancel request');
    expect(outsider.told()).toContain('Only full members of this workspace can use this.');
    expect(outsider.hasty.modals()).toHaveLength(1);

    expect(line(1)).toContain('waiting for approval');
    expect(card(1).buttons).toContain('Approve');
    expect(netserver.journal()).toHaveLength(before);
    expect(calls()).toEqual([]);
  });

  it('nobody approves or denies with the window of another, neither an outsider nor the requester', async () => {
    const { bob, alice, ola, slack, card, line, calls, quiet } = await openTown(mode, { settings: OUTSIDERS_MAY });
    await ola.say('/logoff 101 102 103 104 105 106');
    for (const button of ['Approve', 'Deny…']) {
      await ola.click(card(1), button);
      expect(ola.window().text, button).toContain('You asked for this yourself, so somebody else must decide.');
      expect(ola.window().submit, button).toBeUndefined();
    }
    await bob.say('/logoff 104');
    await alice.click(card(2), 'Deny…');
    const { delivery } = await alice.submit({ note: 'no' });
    const team_id = 'T0NORTH';
    for (const [id, words] of [
      ['U0GUS', 'Only full members of this workspace'],
      ['U0DORA', 'Only full members of this workspace'],
      ['U0OLA', 'You asked for this yourself, so somebody else must decide.'],
      ['U0ANNA', 'You are not among the approvers'],
    ] as const) {
      for (const kind of ['approve', 'deny']) {
        const user = { id, username: id, name: id, team_id };
        const other = forged(
          sent(delivery),
          user,
          '"{\\"request\\":2,\\"kind\\":\\"deny\\"',
          `"{\\"request\\":1,\\"kind\\":\\"${kind}\\"`,
        );
        const view = { ...(typeof other.payload['view'] === 'object' ? other.payload['view'] : {}), callback_id: kind };
        await slack.deliver({ ...other, payload: { ...other.payload, view } });
        await quiet();
        // The window belongs to Alice, so it is there that the answer shows.
        expect(alice.window().text, `${id} ${kind}`).toContain(`Request 1: ${words}`);
      }
    }
    expect(line(1)).toContain('waiting for approval');
    expect(calls()).toEqual([]);
  });

  it('somebody whose command names another workspace is told that the bot works in its own only', async () => {
    const { bob, slack, line, calls, quiet, netserver } = await openTown(mode);
    const typed = await bob.say('/logoff 102');
    const before = netserver.journal().length;
    await slack.deliver(typedBy(sent(typed.delivery), 'U0ERIN', 'T0OTHER'));
    await quiet();
    expect(bob.told()).toBe(
      'I only work in the workspace that I was installed in. Type the command there. Nothing was done.',
    );
    expect(netserver.journal()).toHaveLength(before);
    expect(line(1)).toContain('waiting for approval');
    expect(calls()).toEqual([]);
  });

  it('an approver who is deactivated between the approval and the call does not count any more', async () => {
    const { bob, alice, slack, netserver, clock, card, line, calls } = await openTown(mode);
    await bob.say('/logoff 102');
    const asked = card(1);
    await netserver.refuse();
    await alice.click(asked, 'Approve');
    expect(line(1)).toContain('approved, but SuperOffice does not answer; trying again until');
    slack.workspace.setUser('U0ALICE', { deleted: true });
    clock.pause(61_000);
    await netserver.accept();
    await clock.advance(10_000);
    expect(line(1)).toContain('not carried out, nobody was logged off. The approvals given no longer count');
    expect(calls()).toEqual([]);
  });
});
