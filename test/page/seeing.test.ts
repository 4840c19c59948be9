import { describe, expect, it } from 'vitest';
import { visiting } from './visiting.ts';

const world = visiting();
const PHONE = { width: 390, height: 844 };

describe('somebody who has never seen it', () => {
  it('is led through a request in four steps', async () => {
    const bob = await world.visit.as('bob');
    const { page } = bob;
    await page.getByRole('button', { name: '/logoff jane.doe, per because they are locked out' }).click();
    await page.keyboard.press('Enter');
    await bob.reads('Request 1: waiting for approval');
    await page.getByRole('button', { name: 'Alice in #crm-approvals' }).click();
    await bob.press(bob.message('Request 1: log off'), 'Approve');
    await bob.message('Request 1: log off').getByText('1 person logged off').waitFor();
    const jane = page.getByRole('switch', { name: 'Jane Doe is logged on to the Windows client' });
    await expect.poll(() => jane.getAttribute('aria-checked')).toBe('false');
    await page.locator('#people').getByRole('button', { name: 'Bob Berg' }).click();
    await page.getByRole('button', { name: 'her direct messages' }).click();
    await bob.reads('You were logged off the SuperOffice Windows client');
  });

  it('is where they were after a reload, and with Bob where the address names nobody', async () => {
    const anna = await world.visit.as('anna');
    const { page } = anna;
    const chosen = page.locator('.left [aria-current]');
    await anna.open('SuperOffice log-off');
    await page.reload();
    await page.locator('#page[data-ready]').waitFor();
    expect(await chosen.allTextContents()).toEqual([expect.stringContaining('Anna Olsen'), '●SuperOffice log-off']);
    await page.evaluate("location.hash = '#U0ALICE/C0APPROVALS'");
    await expect.poll(() => page.locator('#channel-name').textContent()).toBe('crm-approvals');
    await page.goto(world.visit.url);
    await expect.poll(() => chosen.first().textContent()).toContain('Bob Berg');
  });
});

describe('what people see', () => {
  it('differs: a private answer is for one alone, and says so', async () => {
    const gus = await world.visit.as('gus');
    await gus.say('/logoff 102');
    await gus.message('Only full members').getByText('Only visible to you').waitFor();
    const bob = await world.visit.as('bob');
    await bob.say('Good morning');
    await bob.reads('Good morning');
    expect(await bob.message('Only full members').count()).toBe(0);
  });

  it('differs: a guest sees no private channel, and somebody of another workspace has no such command', async () => {
    const gus = await world.visit.as('gus');
    expect(await gus.page.locator('#channels').getByRole('button', { name: 'crm-approvals' }).count()).toBe(0);
    const erin = await world.visit.as('erin');
    await erin.say('/logoff 102');
    await erin.reads('/logoff is not a valid command');
  });

  it('is marked as unread until they open it', async () => {
    const anna = await world.visit.as('anna');
    const channel = anna.page.locator('#direct').getByRole('button', { name: /SuperOffice log-off/ });
    world.visit.world.slack.workspace.post({ channel: 'D0ANNA', user: 'U0LOGOFF', text: 'Hello *Anna*' });
    await channel.getByText('1 unread').waitFor();
    await channel.click();
    await anna.message('Hello Anna').locator('strong').waitFor();
    await channel.getByText('unread').waitFor({ state: 'detached' });
  });

  it('stays unread on a phone while they look at something else, and is marked there', async () => {
    const jane = await world.visit.as('jane', { size: PHONE });
    const tab = jane.page.locator('[data-show="people"]');
    const { workspace } = world.visit.world.slack;
    await jane.open('helpdesk');
    workspace.post({ channel: 'D0JANE', user: 'U0LOGOFF', text: 'Elsewhere' });
    await tab.getByText('unread').waitFor();
    await tab.click();
    workspace.post({ channel: 'C0HELPDESK', user: 'U0LOGOFF', text: 'Not looked at' });
    const channel = jane.page.locator('#channels').getByRole('button', { name: /helpdesk/ });
    await channel.getByText('1 unread').waitFor();
    await channel.click();
    await channel.getByText('unread').waitFor({ state: 'detached' });
  });

  it('is a warning where a block cannot be drawn, never nothing', async () => {
    const bob = await world.visit.as('bob');
    const blocks = [
      { type: 'video', block_id: 'v' },
      { type: 'actions', block_id: 'a', elements: [{ type: 'datepicker', action_id: 'd' }] },
    ];
    world.visit.world.slack.workspace.post({ channel: 'C0PARTNERS', user: 'U0LOGOFF', text: '', blocks });
    await bob.open('partners');
    await bob.reads('This page cannot draw a block of type "video".');
    await bob.reads('This page cannot draw an element of type "datepicker".');
  });

  it('never becomes markup: what people type stays text', async () => {
    const bob = await world.visit.as('bob');
    await bob.say('<img src=x onerror=alert(1)> & *bold* <https://example.com|here>');
    const message = bob.message('onerror');
    await message.getByText('<img src=x onerror=alert(1)> &').waitFor();
    expect(await message.locator('img, a').count()).toBe(0);
  });

  it('follows the switch for colours, and remembers it', async () => {
    const { page } = await world.visit.as('bob', { colours: 'light' });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    const button = page.getByRole('button', { name: /^Colours/ });
    await button.click();
    expect(await ground()).toBe(light);
    await button.click();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.locator('#page[data-ready]').waitFor();
    expect(await ground()).not.toBe(light);
  });

  it('does not move when something comes in: the columns, the message box and what has the focus', async () => {
    const bob = await world.visit.as('bob');
    const { page } = bob;
    await page.getByRole('combobox', { name: /^Message / }).fill('half a sentence');
    await page.evaluate(`
      shifted = 0;
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shifted += value;
      }).observe({ type: 'layout-shift' });
    `);
    const places = () =>
      Promise.all(['.left', '.middle', '.right', '#composer', '#switches'].map((at) => page.locator(at).boundingBox()));
    const before = await places();
    const alice = await world.visit.as('alice');
    await alice.say('/logoff 105 because of a test');
    await bob.reads(/Request \d+: waiting for approval/);
    expect(await places()).toEqual(before);
    expect(await page.evaluate('shifted')).toBe(0);
    expect(await page.locator('#say').evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await page.getByRole('combobox', { name: /^Message / }).inputValue()).toBe('half a sentence');
  });
});
