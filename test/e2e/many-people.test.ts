import { describe, expect, it } from 'vitest';
import { APPROVALS, type Change, SOON } from './cast.ts';
import { MODES, openTown, type Town } from './town.ts';

const THOUSAND: readonly Change[] = [['max_targets: 50', 'max_targets: 1000'], SOON];

const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

/** The ids of the people whom a window lists. */
const listed = (text: string) => [...text.matchAll(/, id (\d+),/g)].map(([, id]) => Number(id));

/** Turns the pages of the window to the last one; gives everybody who was listed on the way. */
async function pageThrough({ alice }: Pick<Town, 'alice'>): Promise<readonly number[]> {
  const seen = listed(alice.window().text);
  while (alice.window().buttons.includes('Next')) {
    await alice.click(alice.window(), 'Next');
    seen.push(...listed(alice.window().text));
  }
  return seen;
}

describe.each(MODES)('over %s, a request for many people', (mode) => {
  it('of more than five is approved in a window that lists them', async () => {
    const { ola, alice, card, calls } = await openTown(mode);
    await ola.say('/logoff 101 102 103 104 105 106');
    const { dialog } = await alice.click(card(1), 'Approve');
    expect(dialog).toBeUndefined();
    expect(alice.window()).toMatchObject({ title: 'Log off 6 people?', submit: 'Approve', close: 'Back' });
    expect(alice.window().text).toContain('Approving logs all 6 people off');
    expect(alice.window().text).toContain('Unsaved work may be lost.');
    expect(listed(alice.window().text)).toEqual([101, 102, 103, 104, 105, 106]);
    expect(calls()).toEqual([]);
    await alice.submit();
    expect(alice.window().text).toContain('You approved request 1.');
    expect(calls()).toEqual([[101, 102, 104, 105]]);
  });

  it('is not approved from a window that was opened before somebody else decided', async () => {
    const { ola, alice, bob, card, calls } = await openTown(mode, {
      settings: [['{ users: [U0ALICE, U0OLA] }', '{ users: [U0ALICE, U0OLA, U0BOB] }']],
    });
    await ola.say('/logoff 101 102 103 104 105 106');
    await alice.click(card(1), 'Approve');
    await bob.click(card(1), 'Deny…');
    await bob.submit({ note: 'not now' });
    await alice.submit();
    expect(alice.window().text).toContain('Request 1 is already finished: denied by @Bob Berg at 14:00.');
    expect(calls()).toEqual([]);
  });

  it('of sixty shows twenty on the card and all behind "Show everyone", page by page', async () => {
    const { ola, alice, slack, card, calls, clock } = await openTown(mode, { many: 60, settings: THOUSAND });
    await ola.say(`/logoff ${idsFrom(1001, 60).join(' ')} reason: upgrade`);
    expect(listed(card(1).text)).toEqual(idsFrom(1001, 20));
    expect(card(1).text).toContain('and 40 more');
    await alice.click(card(1), 'Show everyone');
    expect(alice.window().submit).toBeUndefined();
    expect(alice.window().buttons).toEqual(['Next']);
    await alice.click(alice.window(), 'Next');
    expect(alice.window().text).toContain('Page 2 of 2');
    expect(listed(alice.window().text)).toEqual(idsFrom(1051, 10));
    await alice.click(alice.window(), 'Previous');
    expect(listed(alice.window().text)).toEqual(idsFrom(1001, 50));
    await alice.hasty.close(alice.window());
    await alice.click(card(1), 'Approve');
    await alice.click(alice.window(), 'Next');
    await alice.submit();
    expect(calls()).toEqual([idsFrom(1001, 60)]);
    await clock.advance(10_000);
    expect(card(1).text).toContain('*Status:* 60 people logged off');
    expect(card(1).buttons).toEqual(['Show everyone']);
    await alice.click(card(1), 'Show everyone');
    expect((await pageThrough({ alice })).length).toBe(60);
    expect(alice.window().text.match(/: logged off$/gm)).toHaveLength(10);
    expect(
      slack
        .as('U0ALICE')
        .sees(APPROVALS)
        .filter((message) => !message.private),
    ).toHaveLength(1);
  });

  it('of a thousand stays within the limits of Slack and is one call of at most 30 KB', async () => {
    const ids = idsFrom(1001, 1000);
    const town = await openTown(mode, { many: 1000, settings: THOUSAND, maxRequestBytes: 30 * 1024 });
    const { ola, alice, netserver, card, line, calls, clock } = town;
    const typed = await ola.say(`/logoff ${ids.join(' ')} reason: upgrade`);
    expect(typed.acknowledged).toBe(true);
    expect(card(1).text).toContain('Request 1: log off 1000 people');
    expect(card(1).notification.length).toBeLessThanOrEqual(4_000);
    await alice.click(card(1), 'Approve');
    expect(alice.window().title).toBe('Log off 1000 people?');
    expect(await pageThrough(town)).toEqual(ids);
    await alice.submit();
    expect(calls()).toEqual([ids]);
    expect(line(1)).toBe('Request 1: 1000 people logged off');
    await clock.advance(10_000);
    expect(line(1)).toBe('Request 1: 1000 people logged off');
    expect(netserver.loggedOn().filter((id) => id > 1000)).toEqual([]);
    expect(calls()).toHaveLength(1);
  });
});
