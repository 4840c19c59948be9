import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { Seat, Visit } from './visit.ts';

export const PICTURES = new URL('../../docs/pictures/', import.meta.url).pathname;

/** Something to be drawn for the README. `differs` names what is another from run to run by itself: seconds, readings. */
export interface Scene {
  readonly name: string;
  readonly what: Locator;
  readonly differs: readonly Locator[];
}
export type Draw = (scene: Scene) => Promise<void>;

/** A hash of what is to be read in a scene: the same on every machine, whatever its fonts are. */
export async function wordsOf({ what, differs }: Scene): Promise<string> {
  let words = await what.innerText();
  for (const part of differs) words = words.replace(await part.innerText(), '');
  return createHash('sha256')
    .update(words.replaceAll(/\d\d:\d\d/g, 'hh:mm'))
    .digest('hex')
    .slice(0, 16);
}

/** Resolves once the bot has nothing more to say for a while. */
async function quiet({ world }: Visit): Promise<void> {
  const count = () => world.slack.journal.calls().length + world.netserver.journal().length;
  for (let before = -1; before !== count(); await pause(1_500)) before = count();
}

/** Bob chooses two people in the window, and asks for them. */
async function choose({ page, say }: Seat, draw: Draw): Promise<void> {
  await say('/logoff');
  const window = page.getByRole('dialog', { name: 'Log people off' });
  for (const [letters, name] of [
    ['jan', /Jane Doe/],
    ['per', /Per Hansen/],
  ] as const) {
    await window.getByRole('combobox', { name: 'People' }).pressSequentially(letters);
    await page.getByRole('option', { name }).click();
    await window.getByRole('button', { name }).waitFor();
  }
  await window.getByText('To be logged off: 2 people').waitFor();
  await window.getByRole('textbox', { name: 'Reason' }).fill('they are locked out after a crash');
  await draw({ name: 'choose', what: window, differs: [] });
  await window.getByRole('button', { name: 'Ask for approval' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
}

/** Plays what the pictures of the README show, with the bot as it is, and has each of them drawn. */
export async function playScenes(visit: Visit, draw: Draw): Promise<void> {
  const size = { width: 1000, height: 900 };
  // So wide that the corners of his window lie over the conversation, where nothing changes meanwhile.
  const bob = await visit.as('bob', { size: { width: 1360, height: 900 } });
  const alice = await visit.as('alice', { size });
  await choose(bob, draw);
  await alice.open('crm-approvals');
  const first = alice.message('Request 1: log off');
  await first.getByRole('button', { name: 'Approve' }).waitFor();
  await draw({ name: 'ask', what: first, differs: [] });
  await alice.press(first, 'Approve');
  await bob.reads('Request 1: 1 person logged off, 1 person was not logged on');
  await draw({ name: 'result', what: first, differs: [] });
  await quiet(visit);
  const { page } = alice;
  await page.setViewportSize({ width: 1180, height: 840 });
  await draw({ name: 'page', what: page.locator('body'), differs: [page.locator('#clock'), page.locator('.soap')] });

  const ola = await visit.as('ola', { size });
  const anna = await visit.as('anna', { size });
  await anna.open('SuperOffice log-off');
  await ola.open('crm-approvals');
  await alice.open('helpdesk');
  await alice.say('/logoff anna reason: upgrade at noon');
  await ola.press(ola.message('Request 2: log off'), 'Approve');
  const warning = anna.message('You will be logged off the SuperOffice Windows client at');
  await warning.waitFor();
  await draw({ name: 'warning', what: warning, differs: [] });
}
