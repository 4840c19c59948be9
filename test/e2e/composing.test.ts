import { describe, expect, it } from 'vitest';
import { ELSEWHERE, HELPDESK, OUTSIDERS } from './cast.ts';
import type { Inhabitant } from './inhabitant.ts';
import { MODES, openTown, type Town } from './town.ts';

/** Somebody chooses from a menu in the window on top, and what follows from it is over. */
async function choose({ quiet }: Town, who: Inhabitant, field: string, choice: string | readonly string[]) {
  const window = who.window();
  const wanted = typeof choice === 'string' ? [choice] : choice;
  const found = [];
  for (const words of wanted) found.push(await who.hasty.lookUp(window, field, words));
  const chosen = await who.hasty.choose(window, field, field === 'People' ? found : (found[0] ?? {}));
  await quiet();
  return chosen;
}

const people = { label: 'People' } as const;
const offered = async (who: Inhabitant, field: string, typed: string) =>
  (await who.hasty.typeahead(who.window(), field, typed)).map((option) => JSON.stringify(option));

describe.each(MODES)('over %s, somebody types /logoff alone and', (mode) => {
  it('gets a window at once, chooses people while reading what will happen, and asks', async () => {
    const town = await openTown(mode);
    const { bob, alice, slack, netserver, card, line, calls } = town;
    const before = slack.journal.calls().length;
    const typed = await bob.say('/logoff');
    expect(typed).toMatchObject({ acknowledged: true, body: {} });
    // Before anybody is looked up.
    expect(slack.journal.calls()[before]?.method).toBe('views.open');
    expect(bob.window()).toMatchObject({ title: 'Log people off', submit: 'Ask', close: 'Cancel' });
    expect(bob.window().text).toContain('Choose whom to log off');

    // The picker, the group picker and the reason stand above.
    await choose(town, bob, 'People', ['jane', 'hansen']);
    expect(bob.window()).toMatchObject({ submit: 'Ask for approval' });
    expect(bob.window().text.split('\n').slice(3)).toEqual([
      '*To be logged off: 2 people*',
      '• Jane Doe (jane.doe, id 102, Sales): logged on now',
      '• Per Hansen (per, id 103, Sales): not logged on now',
      '*Rule:* helpdesk, a few people',
      '*Approval:* one by crm-leads: @Alice Lund, @Ola Nordmann',
      '*Warning:* none, they are logged off as soon as it is approved',
      'Unsaved work may be lost.',
    ]);
    expect(calls()).toEqual([]);

    const sent = await bob.submit({ Reason: 'locked out\nafter a crash' });
    expect(sent).toMatchObject({ acknowledged: true, errors: {} });
    expect(bob.window()).toMatchObject({ text: 'Request 1: waiting for approval', submit: undefined });
    expect(line(1)).toBe('Request 1: waiting for approval');
    expect(card(1).text).toContain('> locked out after a crash');
    expect(card(1).text).toContain('Jane Doe (jane.doe, id 102');
    await alice.click(card(1), 'Approve');
    expect(calls()).toEqual([[102]]);
    expect(netserver.isLoggedOn(102)).toBe(false);
  });

  it('chooses a group: everybody in it is meant', async () => {
    const town = await openTown(mode);
    const { bob, card } = town;
    await bob.say('/logoff');
    expect(await offered(bob, 'User group', '')).toHaveLength(2);
    await choose(town, bob, 'User group', 'Support');
    expect(bob.window().text).toContain('Kim Lee (kim, id 105, Support)');
    expect(bob.window().text).toContain('*Left out*');
    await bob.submit();
    expect(bob.window().text).toContain('Request 1: waiting for approval');
    expect(card(1).text).toContain('Kim Lee (kim, id 105');
  });

  it('reads at the field what is wrong; the window stays, and nothing is recorded', async () => {
    const town = await openTown(mode, {
      settings: [
        ['never: [1, svc-backup]', 'never: [1, 104, 105]'],
        ['targets: { at_most: 5 }', 'targets: { at_most: 1 }'],
      ],
    });
    const { bob, slack, line } = town;
    await bob.say('/logoff');
    expect(await bob.submit()).toMatchObject({ errors: { people: 'Choose at least one person, or a group.' } });
    await choose(town, bob, 'User group', 'Support');
    expect(bob.window().text).toContain('*This cannot be done.* None of these people can be logged off.');
    expect((await bob.submit()).errors['group']).toContain(
      'None of these people can be logged off. Administrator: protected: no rule can reach them',
    );
    await choose(town, bob, 'User group', []);
    await choose(town, bob, 'People', ['anna', 'jane']);
    expect(bob.window().text).toContain('*This cannot be done.* No rule lets you log these people off together.');
    expect((await bob.submit()).errors['people']).toMatch(
      /^No rule lets you log these people off together\. .*Nothing was done\.$/,
    );
    expect(slack.transcript(HELPDESK)).toBe('');
    await choose(town, bob, 'People', 'jane');
    await bob.submit();
    expect(line(1)).toBe('Request 1: waiting for approval');
  });

  it('is only shown themselves where only their own session is theirs', async () => {
    const { anna, line, calls } = await openTown(mode);
    await anna.say('/logoff');
    expect(anna.window().text).not.toContain('User group');
    expect(anna.window().text).toContain('Anna Olsen (anna, id 101, Sales), @Anna Olsen: logged on now');
    expect(anna.window().text).toContain('*Approval:* none needed');
    for (const typed of ['', 'a', 'jane', '102']) {
      expect((await offered(anna, 'People', typed)).filter((each) => !each.includes('Anna Olsen'))).toEqual([]);
    }
    expect(await offered(anna, 'People', 'anna')).toHaveLength(1);
    await anna.submit();
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[101]]);
  });

  it('has the line as a direct message where the bot is not in the channel', async () => {
    const town = await openTown(mode);
    const { bob, slack } = town;
    await bob.say('/logoff', ELSEWHERE);
    await choose(town, bob, 'People', 'jane');
    await bob.submit();
    expect(slack.as('U0BOB').latest('dm').text).toContain('Request 1: waiting for approval');
    town.provoked('chat.postMessage not_in_channel');
  });

  it('is one request, however often the submission arrives', async () => {
    const town = await openTown(mode);
    const { bob, slack, quiet } = town;
    await bob.say('/logoff');
    await choose(town, bob, 'People', 'jane');
    const { delivery } = await bob.submit();
    if (delivery === undefined) throw new Error('nothing was sent');
    await Promise.all([slack.deliver(delivery), slack.deliver(delivery)]);
    await quiet();
    expect(slack.transcript(HELPDESK).match(/Request \d+/g)).toEqual(['Request 1']);
  });
});

describe.each(MODES)('over %s, the window of', (mode) => {
  it('outsiders holds a refusal and offers nobody', async () => {
    const town = await openTown(mode);
    const { slack } = town;
    await town.bob.say('/logoff');
    const { delivery } = await choose(town, town.bob, 'People', 'jane');
    if (delivery === undefined) throw new Error('nothing was sent');
    for (const { id } of OUTSIDERS.filter(({ id }) => id === 'U0GUS' || id === 'U0SINA')) {
      const guest = town.as(id);
      await guest.say('/logoff');
      expect(guest.window().text).toContain('Only full members of this workspace can use this.');
      expect(guest.window().submit).toBeUndefined();
    }
    for (const { id } of OUTSIDERS) {
      const asking = {
        type: 'block_suggestion',
        action_id: 'people',
        block_id: 'people',
        value: 'jane',
        actions: undefined,
      };
      const user = { ...Object(delivery.payload['user']), id };
      const { body } = await slack.deliver({ ...delivery, payload: { ...delivery.payload, ...asking, user } });
      expect(body).toEqual({ options: [] });
    }
  });

  it('two quick choices shows the last one', async () => {
    const town = await openTown(mode);
    const { bob, quiet } = town;
    await bob.say('/logoff');
    const window = bob.window();
    const jane = await bob.hasty.lookUp(window, people, 'jane');
    const per = await bob.hasty.lookUp(window, people, 'hansen');
    await Promise.all([
      bob.hasty.choose(window, people, [jane]),
      bob.hasty.choose(window, people, [jane, per]),
      bob.hasty.choose(window, people, [per]),
    ]);
    await quiet();
    expect(bob.window().text).toContain('*To be logged off: 1 person*');
    expect(bob.window().text).toContain('Per Hansen');
  });
});
