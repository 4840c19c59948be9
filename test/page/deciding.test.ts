import { describe, expect, it } from 'vitest';
import { visiting } from './visiting.ts';

const world = visiting({ areStaying: true });
const APPROVALS = 'crm-approvals';
const calls = () => world.visit.world.netserver.calls('LogOffWindowsUsers');

describe('a request in the browser', () => {
  it('is asked for, approved after a question, carried out and looked at', async () => {
    const bob = await world.visit.as('bob');
    const alice = await world.visit.as('alice');
    await bob.say('/logoff 102, 103 because they are locked out');
    await bob.reads('Request 1: waiting for approval');
    await alice.open(APPROVALS);
    await alice.message('Request 1').getByRole('button', { name: 'Approve' }).click();
    const question = alice.page.getByRole('dialog', { name: 'Log off 2 people?' });
    await question.getByText('Jane Doe (jane.doe, id 102), Per Hansen (per, id 103)').waitFor();
    expect(calls()).toEqual([]);
    await question.getByRole('button', { name: 'Back' }).click();
    await question.waitFor({ state: 'detached' });
    await alice.press(alice.message('Request 1'), 'Approve');
    await bob.reads('Request 1: 1 person logged off, 1 person was not logged on');
    await alice.message('Request 1: log off').getByText('Alice Lund').waitFor();
    expect(calls()).toEqual([[102]]);
    const jane = bob.page.getByRole('switch', { name: 'Jane Doe is logged on to the Windows client' });
    expect(await jane.getAttribute('aria-checked')).toBe('false');
  });

  it('is denied with a reason in a window', async () => {
    const bob = await world.visit.as('bob');
    const ola = await world.visit.as('ola');
    await bob.say('/logoff 104 reason: wants a break');
    await ola.open(APPROVALS);
    await ola.press(ola.message('Request 2: log off'), 'Deny…');
    const window = ola.page.getByRole('dialog', { name: 'Deny request 2' });
    await window.getByRole('textbox').fill('He is in a meeting <script>');
    await window.getByRole('button', { name: 'Deny' }).click();
    await window.waitFor({ state: 'hidden' });
    const answer = ola.page.getByRole('dialog', { name: 'SuperOffice log-off' });
    await answer.getByText('You denied request 2. Nobody was logged off.').waitFor();
    await answer.getByRole('button', { name: 'Close', exact: true }).click();
    await bob.reads(
      'Request 2: denied by @Ola Nordmann at 14:00. Nothing was done. Reason: He is in a meeting <script>',
    );
  });

  it('cannot be approved by whoever asked, and says so to that person alone', async () => {
    const alice = await world.visit.as('alice');
    const bob = await world.visit.as('bob');
    await alice.say('/logoff 105 because of the upgrade');
    await alice.open(APPROVALS);
    await bob.open(APPROVALS);
    await alice.press(alice.message('Request 3: log off'), 'Approve');
    await alice.message('somebody else must decide').getByText('Only visible to you').waitFor();
    expect(await bob.message('somebody else must decide').count()).toBe(0);
  });

  it('is carried out once where two approvers press at the same time', async () => {
    const alice = await world.visit.as('alice');
    const ola = await world.visit.as('ola');
    const bob = await world.visit.as('bob');
    const before = calls().length;
    await bob.say('/logoff 101 because she is locked out');
    for (const seat of [alice, ola]) await seat.open(APPROVALS);
    for (const seat of [alice, ola]) {
      await seat.message('Request 4: log off').getByRole('button', { name: 'Approve' }).click();
    }
    const yes = [alice, ola].map(({ page }) => page.getByRole('dialog').getByRole('button', { name: 'Approve' }));
    await Promise.all(yes.map((button) => button.click()));
    await bob.reads('Request 4: 1 person logged off');
    expect(calls().slice(before)).toEqual([[101]]);
  });

  it('is decided with the keyboard alone, and the focus is never lost', async () => {
    const bob = await world.visit.as('bob');
    const ola = await world.visit.as('ola');
    const { keyboard } = ola.page;
    const focused = () => ola.page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await ola.open(APPROVALS);
    await bob.say('/logoff 105 because of a test');
    const card = ola.message('Request 5: log off');
    await card.getByRole('button', { name: 'Approve' }).focus();
    await keyboard.press('Enter');
    await ola.page.getByRole('dialog', { name: 'Log off 1 person?' }).waitFor();
    expect(await focused()).toBe('Back');
    await keyboard.press('Escape');
    await ola.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Approve');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    expect(await focused()).toBe('Approve');
    await keyboard.press('Enter');
    await card.getByText('Ola Nordmann').last().waitFor();
    await bob.reads('Request 5: 1 person logged off');
    // The button that was pressed is gone from the card.
    expect(await focused()).toBe('messages');
  });

  it('is cancelled by whoever asked', async () => {
    const bob = await world.visit.as('bob');
    await bob.say('/logoff 104 because of a test');
    await bob.press(bob.message('Request 6: waiting'), 'Cancel request');
    await bob.reads(/Request 6: cancelled by/);
  });

  it('expires when the clock is moved, and is nothing that can be pressed any more', async () => {
    const bob = await world.visit.as('bob');
    const alice = await world.visit.as('alice');
    await alice.open(APPROVALS);
    await bob.say('/logoff 104 because he went home');
    await alice.message('Request 7: log off').getByRole('button', { name: 'Approve' }).waitFor();
    await bob.page.getByRole('button', { name: '31 minutes forward' }).click();
    await bob.reads(/Request 7: Nobody answered by 14:3\d\. Nothing was done\./);
    await alice.message('Request 7: log off').getByText('Nobody answered').waitFor();
    expect(await alice.message('Request 7: log off').getByRole('button').count()).toBe(0);
    expect(await bob.page.locator('#clock').textContent()).toMatch(/^Mon,? 14:3\d:\d\d$/);
  });
});
