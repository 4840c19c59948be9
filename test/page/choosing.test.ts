import { describe, expect, it } from 'vitest';
import { visiting } from './visiting.ts';

const world = visiting({ areStaying: true });

describe('windows, with the keyboard alone', () => {
  it('let people be found by typing, chosen and taken out, and a request be asked for', async () => {
    const bob = await world.visit.as('bob');
    const { page } = bob;
    const { keyboard } = page;
    await bob.say('/logoff');
    const window = page.getByRole('dialog', { name: 'Log people off' });
    const people = window.getByRole('combobox', { name: 'People' });
    await people.waitFor();
    await expect.poll(() => people.evaluate((element) => element.matches(':focus'))).toBe(true);
    await keyboard.type('bj');
    await page.getByRole('option', { name: /Bjørn Ås/ }).waitFor();
    await keyboard.press('Enter');
    await window.getByText('To be logged off: 1 person').waitFor();
    await keyboard.type('jan');
    await page.getByRole('option', { name: /Jane Doe/ }).waitFor();
    await keyboard.press('Enter');
    await window.getByText('To be logged off: 2 people').waitFor();
    await keyboard.press('Backspace');
    await window.getByText('To be logged off: 1 person').waitFor();
    await window.getByRole('button', { name: 'Take Bjørn Ås out' }).waitFor();
    await window.getByText('one by crm-leads').waitFor();
    const reason = window.getByRole('textbox', { name: 'Reason' });
    for (let step = 0; step < 6 && !(await reason.evaluate((element) => element.matches(':focus'))); step += 1) {
      await keyboard.press('Tab');
    }
    await keyboard.type('his client hangs');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    const answer = page.getByRole('dialog', { name: 'SuperOffice log-off', exact: true });
    await answer.getByText('waiting for approval').waitFor();
    await keyboard.press('Escape');
    await answer.waitFor({ state: 'hidden' });
    await bob.reads('Request 1: waiting for approval');
    const alice = await world.visit.as('alice');
    await alice.open('crm-approvals');
    await alice.message('Request 1: log off 1 person').getByText('his client hangs').waitFor();
  });

  it('say beside the field what is missing, and keep what was typed', async () => {
    const bob = await world.visit.as('bob');
    await bob.say('/logoff');
    const window = bob.page.getByRole('dialog', { name: 'Log people off' });
    await window.getByRole('textbox', { name: 'Reason' }).fill('no idea who');
    await window.getByRole('button', { name: 'Ask', exact: true }).click();
    await window.getByRole('alert').filter({ hasText: 'Choose at least one person' }).waitFor();
    expect(await window.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('no idea who');
    await window.getByRole('button', { name: 'Cancel' }).click();
  });

  it('list who is logged on, and let one go on typing afterwards', async () => {
    const bob = await world.visit.as('bob');
    await bob.say('/logoff who');
    const window = bob.page.getByRole('dialog', { name: 'Who is logged on' });
    await window.getByText('Kim Lee').waitFor();
    expect(await window.getByText('Per Hansen').count()).toBe(0);
    await window.getByRole('button', { name: 'Close', exact: true }).click();
    await bob.page.keyboard.type('thanks');
    const box = bob.page.getByRole('combobox', { name: 'Message #helpdesk' });
    expect(await box.inputValue()).toBe('thanks');
    await box.fill('');
  });
});

describe('the message box', () => {
  it('helps with commands, and takes what is offered with arrow and Enter', async () => {
    const bob = await world.visit.as('bob');
    const box = bob.page.getByRole('combobox', { name: 'Message #helpdesk' });
    await box.focus();
    await bob.page.keyboard.type('/lo');
    await bob.page.getByRole('option', { name: /Log people off the SuperOffice Windows client/ }).waitFor();
    await bob.page.keyboard.press('ArrowDown');
    await bob.page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('/logoff ');
    await bob.page.keyboard.type('hel');
    await bob.page.keyboard.press('ArrowUp');
    await bob.page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('/logoff help');
    await bob.page.keyboard.press('Enter');
    await bob.message('/logoff status').getByText('Only visible to you').waitFor();
  });
});
