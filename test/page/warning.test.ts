import { expect, it } from 'vitest';
import { picture } from './card-pictures.ts';
import { visiting } from './visiting.ts';

const world = visiting({ areStaying: true });
const MINUTE = 60_000;
const calls = () => world.visit.world.netserver.calls('LogOffWindowsUsers');

/** Alice asks for Anna, Ola approves; gives Anna at her direct messages. */
async function warned(request: number) {
  const alice = await world.visit.as('alice');
  const ola = await world.visit.as('ola');
  const anna = await world.visit.as('anna');
  await ola.open('crm-approvals');
  await anna.open('SuperOffice log-off');
  await alice.say('/logoff 101 because of the upgrade');
  await ola.press(ola.message(`Request ${request}: log off`), 'Approve');
  const words = new RegExp(`You will be logged off .* \\(Request ${request}\\)`, 's');
  await anna.reads(words);
  return { alice, anna, warning: anna.message(words) };
}

it('somebody who is warned reads it in a direct message, says that they are ready, and is logged off', async () => {
  const { alice, anna, warning } = await warned(1);
  expect(calls()).toEqual([]);
  await picture(anna.page, warning, 'warning');
  await anna.press(warning, 'Log me off now');
  await alice.reads('Request 1: 1 person logged off');
  expect(calls()).toEqual([[101]]);
  await anna.page.getByRole('button', { name: 'Log me off now' }).waitFor({ state: 'detached' });
});

it('somebody who is warned asks for more time once, gets it, and is logged off when it is over', async () => {
  const { clock, netserver } = world.visit.world;
  netserver.logOn(101);
  const { alice, anna, warning } = await warned(2);
  await warning.getByRole('button', { name: /more|10/ }).click();
  await warning.getByText('You asked for more time').waitFor();
  await picture(anna.page, warning, 'warning-more-time');
  clock.forward(2 * MINUTE);
  // Longer than the bot takes to look what is due: nothing must happen.
  await anna.page.waitForTimeout(1_500);
  expect(calls()).toEqual([[101]]);
  // Far beyond the ten minutes: on the way the clock stops where the bot has something to do.
  await alice.page.getByRole('button', { name: '31 minutes forward' }).click();
  await alice.reads('Request 2: 1 person logged off');
  expect(calls()).toEqual([[101], [101]]);
});

it('everyone at a set time: announced, reminded and logged off while the clock goes forward ten minutes', async () => {
  const { netserver } = world.visit.world;
  const alice = await world.visit.as('alice');
  const ola = await world.visit.as('ola');
  const anna = await world.visit.as('anna');
  netserver.logOn(101);
  await alice.open('helpdesk');
  await alice.say('/logoff everyone in 5m reason: upgrade');
  await ola.open('crm-approvals');
  await ola.message('Request 3: log off').getByRole('button', { name: 'Approve' }).click();
  await ola.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await anna.open('SuperOffice log-off');
  await anna.reads('Request 3: everyone who is logged on to the SuperOffice Windows client will be logged off at');
  const before = calls().length;
  await alice.page.getByRole('button', { name: 'Ten minutes forward' }).click();
  await alice.reads(/Request 3: .*0 left: safe to upgrade/);
  await anna.reads('Request 3: reminder: in about 2 minutes');
  await anna.reads('You were logged off the SuperOffice Windows client at');
  expect(calls().slice(before)).toEqual([[101, 102, 104, 105]]);
});
