import { afterEach, describe, expect, it } from 'vitest';
import type { Seat } from './visit.ts';
import { visiting } from './visiting.ts';

const world = visiting({ areStaying: true });
const LONG = { timeout: 30_000 };
let request = 0;

/** Bob asks, Alice approves; gives both seats and how the line of the request begins. */
async function approved(id: number) {
  const bob = await world.visit.as('bob');
  const alice = await world.visit.as('alice');
  request += 1;
  await alice.open('crm-approvals');
  await bob.say(`/logoff ${id} because of a test`);
  const card = alice.message(`Request ${request}: log off`);
  return { bob, alice, line: `Request ${request}: `, approve: () => alice.press(card, 'Approve') };
}

const flip = (seat: Seat, name: string) => seat.page.getByRole('switch', { name, exact: true }).click();
const onSwitch = (seat: Seat, name: string) =>
  seat.page.getByRole('switch', { name: `${name} is logged on to the Windows client` });
const isOn = (seat: Seat, name: string) => onSwitch(seat, name).getAttribute('aria-checked');
const calls = () => world.visit.world.netserver.calls('LogOffWindowsUsers');
const exchanges = (seat: Seat, operation: string) => seat.page.locator('.exchange').filter({ hasText: operation });
/** Closes the window once it says what was asked for; it would stay open for the next test. */
async function closeWho({ page }: Seat): Promise<void> {
  const who = page.getByRole('dialog', { name: 'Who is logged on' });
  await who.getByText('Anna Olsen (anna').waitFor();
  await who.getByRole('button', { name: 'Close', exact: true }).click();
  await who.waitFor({ state: 'hidden' });
}

afterEach(async () => {
  const { switches, keeper, netserver } = world.visit.world;
  for (const { name, on } of switches.list()) if (on) await switches.set(name, false);
  for (const id of [101, 102, 104, 105]) netserver.logOn(id);
  await keeper.start();
});

describe('NetServer, in the page', () => {
  it('shows who is logged on, and lets people be logged on and off by a click', async () => {
    const bob = await world.visit.as('bob');
    expect(await isOn(bob, 'Per Hansen')).toBe('false');
    await onSwitch(bob, 'Per Hansen').click();
    await onSwitch(bob, 'Kim Lee').click();
    await expect.poll(() => isOn(bob, 'Kim Lee')).toBe('false');
    await bob.say('/logoff who');
    const who = bob.page.getByRole('dialog', { name: 'Who is logged on' });
    await who.getByText('Per Hansen').waitFor();
    expect(await who.getByText('Kim Lee').count()).toBe(0);
    await closeWho(bob);
    await onSwitch(bob, 'Per Hansen').click();
    await expect.poll(() => isOn(bob, 'Per Hansen')).toBe('false');
  });

  it('shows every SOAP message as it was, the newest last, and what is read there does not move', async () => {
    const bob = await world.visit.as('bob');
    await bob.page.locator('.exchange summary').last().click();
    const text = bob.page.getByLabel(/^Answer \d+$/);
    await text.getByText('Succeeded').waitFor();
    const before = await text.boundingBox();
    const count = await bob.page.locator('.exchange').count();
    await bob.say('/logoff who');
    await expect.poll(() => bob.page.locator('.exchange').count()).toBeGreaterThan(count);
    expect(await text.boundingBox()).toEqual(before);
    await closeWho(bob);
  });
});

describe('trouble that is switched on in the page', () => {
  it('"says yes, does nothing": the bot looks, and does not call that a success', async () => {
    const { bob, line, approve } = await approved(104);
    await flip(bob, 'Says yes, does nothing');
    await approve();
    await bob.reads(`${line}1 person still listed as logged on`);
    expect(await isOn(bob, 'Bjørn Ås')).toBe('true');
  });

  it('"logs on again at once": the bot sees them gone and then back', async () => {
    const { bob, line, approve } = await approved(105);
    await flip(bob, 'Logs on again at once');
    await approve();
    await bob.reads(`${line}1 person logged off (has logged on again since)`);
  });

  it('"server down": approved work waits, and is done when the server is there again', async () => {
    const { bob, line, approve } = await approved(104);
    await flip(bob, 'Server down');
    await approve();
    await bob.reads(`${line}approved`);
    expect(await isOn(bob, 'Bjørn Ås')).toBe('true');
    await flip(bob, 'Server down');
    await bob.reads(`${line}1 person logged off`);
  });

  it('a ticket that has expired: the bot logs on again, and does what it was to do once', async () => {
    const { bob, line, approve } = await approved(104);
    const [logOns, before] = [await exchanges(bob, 'AuthenticateUsernamePassword').count(), calls().length];
    await bob.page.getByRole('button', { name: 'End all NetServer tickets' }).click();
    await bob.page.getByText('Ended: the next call finds out.').waitFor();
    await approve();
    await bob.reads(`${line}1 person logged off`);
    expect(await exchanges(bob, 'AuthenticateUsernamePassword').count()).toBe(logOns + 1);
    expect(calls().slice(before)).toEqual([[104]]);
  });

  it('"wrong password": shows in the SOAP list, with the password masked', async () => {
    const { bob, line, approve } = await approved(104);
    await flip(bob, 'Wrong password');
    await bob.page.getByRole('button', { name: 'End all NetServer tickets' }).click();
    await approve();
    const logOn = exchanges(bob, 'AuthenticateUsernamePassword').last();
    await logOn.getByText('wrong password').waitFor();
    await logOn.locator('summary').click();
    await logOn.getByText('Password').first().waitFor();
    expect(await logOn.textContent()).not.toContain('local-password');
    // After a refused log-on the bot keeps away for a while, so that the account is not locked.
    await flip(bob, 'Wrong password');
    await bob.page.getByRole('button', { name: 'Ten minutes forward' }).click();
    await bob.reads(`${line}1 person logged off`);
    await bob.page.locator('#clock:not([aria-busy])').waitFor();
  });

  it('"slow": people read that it takes a moment, then what they asked for', async () => {
    const bob = await world.visit.as('bob');
    await flip(bob, 'Slow');
    await bob.say('/logoff who');
    const who = bob.page.getByRole('dialog', { name: 'Who is logged on' });
    await who.getByText('One moment …').waitFor();
    await who.getByText('Kim Lee').waitFor();
    await closeWho(bob);
  });

  it('"rate limit": the line is there once Slack takes messages again', async () => {
    const bob = await world.visit.as('bob');
    const { journal } = world.visit.world.slack;
    await flip(bob, 'Slack: rate limit');
    await bob.say('/logoff 102 because of a test');
    request += 1;
    await expect.poll(() => journal.calls().filter(({ status }) => status === 429).length, LONG).toBeGreaterThan(0);
    await flip(bob, 'Slack: rate limit');
    // The bot waits longer than it is told to, so that not everything comes at the same moment.
    await bob.message(`Request ${request}: waiting for approval`).waitFor(LONG);
  });
});

describe('the bot, killed in the middle', () => {
  it('has whoever presses a button or sends a window read that nobody answers', async () => {
    const { bob, alice, approve, line } = await approved(104);
    await alice.message(`${line}log off`).waitFor();
    await bob.say('/logoff');
    const window = bob.page.getByRole('dialog', { name: 'Log people off' });
    await window.getByRole('combobox', { name: 'People' }).pressSequentially('kim');
    await bob.page.getByRole('option', { name: /Kim/ }).click();
    await window.getByText('To be logged off: 1 person').waitFor();
    await world.visit.world.keeper.kill();
    await window.getByRole('button', { name: 'Ask for approval' }).click();
    await window.getByRole('alert').getByText('We had some trouble connecting').waitFor();
    await window.getByRole('button', { name: 'Take Kim Lee out' }).waitFor();
    await window.getByRole('combobox', { name: 'People' }).pressSequentially('jan');
    await bob.page.getByText('The app gave no options.').waitFor();
    expect(await window.getByText('Nothing found').count()).toBe(0);
    await approve();
    await alice.page.getByRole('alert').getByText('The app did not answer').waitFor();
  });

  it('leaves what people press unanswered, and goes on where it was when it is started again', async () => {
    const { bob, alice, line, approve } = await approved(105);
    const before = calls().length;
    await flip(bob, 'Does it, but never answers');
    await approve();
    await expect.poll(() => calls().length, LONG).toBe(before + 1);
    await bob.page.getByRole('button', { name: 'Kill the bot' }).click();
    await bob.page.locator('#bot-state').getByText('not running').waitFor();
    await bob.say('/logoff status');
    await bob.reads('/logoff failed with the error "dispatch_failed"');
    await flip(bob, 'Does it, but never answers');
    await bob.page.getByRole('button', { name: 'Start the bot again' }).click();
    await bob.message(`${line}1 person logged off`).waitFor(LONG);
    await alice.message(`${line}log off`).getByText('logged off').last().waitFor();
    expect(calls().length).toBe(before + 1);
  });
});
