import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Looks } from './visit.ts';
import { visiting } from './visiting.ts';

const world = visiting();

/** What axe finds wrong in there, as "rule: where". The page has no frames, so axe needs no page of its own beside it. */
async function barriers(page: Page, part: string, { colours }: Looks): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).include(part);
  // Dark differs from light in its colours alone.
  if (colours === 'dark') axe.withRules('color-contrast');
  const { violations, passes } = await axe.analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const PHONE = { width: 390, height: 844 };
const LOOKS: readonly (readonly [string, Looks])[] = [
  ['in light colours', { colours: 'light' }],
  ['in dark colours', { colours: 'dark' }],
  ['on a phone', { colours: 'light', size: PHONE }],
  ['on a phone in the dark', { colours: 'dark', size: PHONE }],
];

describe.each(LOOKS)('the page %s', (_, looks) => {
  const isPhone = looks.size !== undefined;

  it('has no barriers that axe knows, and needs no scrolling sideways: with cards, help, window, question and SOAP text', async () => {
    const bob = await world.visit.as('bob', looks);
    const alice = await world.visit.as('alice', looks);
    const { page } = bob;
    const expectNone = async (where: Page, part = 'html') => {
      expect(await barriers(where, part, looks)).toEqual([]);
      expect(await where.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    };
    await bob.say('/logoff 102 because of a test');
    await bob.say('/logoff help');
    await bob.message('Commands').waitFor();
    await page.getByRole('combobox', { name: /^Message / }).pressSequentially('/logoff ');
    await page.getByRole('option').first().waitFor();
    await expectNone(page);
    await page.locator('#say').fill('/logoff');
    await page.keyboard.press('Enter');
    const window = page.getByRole('dialog', { name: 'Log people off' });
    await window.getByRole('combobox', { name: 'People' }).pressSequentially('a');
    await page.getByRole('option', { name: /Anna/ }).click();
    await window.getByText('To be logged off: 1 person').waitFor();
    await window.getByRole('combobox', { name: 'People' }).pressSequentially('a');
    await page.getByRole('option').first().waitFor();
    await window.getByRole('button', { name: 'Ask for approval' }).hover();
    await expectNone(page, 'dialog.window');
    await alice.open('crm-approvals');
    await alice.message('log off 1 person').getByRole('button', { name: 'Approve' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).hover();
    await expectNone(alice.page, 'dialog.dialog');
    await alice.page.keyboard.press('Escape');
    if (isPhone) {
      await alice.page.locator('[data-show="people"]').click();
      await expectNone(alice.page, '.left');
      await alice.page.locator('[data-show="world"]').click();
    }
    await alice.page.locator('.exchange summary').last().click();
    await alice.page.getByLabel(/^Request \d+$/).waitFor();
    await expectNone(alice.page, '.right');
  });
});
