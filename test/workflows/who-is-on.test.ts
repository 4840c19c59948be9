import { describe, expect, test } from 'vitest';
import { associateId, channelId } from '../../src/core/ids.ts';
import { actor, formWords, handlersOf, opens } from './made-up-window.ts';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const helpdeskSees = (more: Readonly<Record<string, unknown>> = {}) =>
  policyOf({ may_see: { who: ['helpdesk'] }, ...more });
const who = async (world: Awaited<ReturnType<typeof makeWorld>>, person = 'U0BOB', typed = '/logoff who') =>
  (await opens(world, person, typed)).shown.at(-1) ?? '(nothing)';

describe('/logoff who', () => {
  test('opens a window at once and lists who is on, with login, id, group and Slack person', async () => {
    const world = await makeWorld({ policy: helpdeskSees({ never: [1, 'svc-backup', 102] }) });
    const release = world.troubles.hang('whoIsOn');
    const window = await opens(world, 'U0BOB', '/logoff who');
    expect(window.shown).toEqual(['One moment …']);
    release();
    await world.clock.advance(0);
    expect(window.shown.at(-1)?.split('\n')).toEqual([
      '7 people are logged on to the SuperOffice Windows client (read at 14:00).',
      'Anna Berg (anna, id 101, Sales) @U0ANNA [Log off…]',
      'Bo Dahl (bo, id 102, Sales) protected: no rule can reach them',
      'Cato Eide (cato, id 103, Sales) retired user [Log off…]',
      'User 105 (user105, id 105, Sales) [Log off…]',
      'User 106 (user106, id 106, Sales) [Log off…]',
      'User 107 (user107, id 107, Sales) [Log off…]',
      'User 108 (user108, id 108, Sales) [Log off…]',
      expect.stringContaining('neither on which computer nor since when'),
    ]);
  });

  test.each(['U0ALICE', 'U0ANNA', 'U0ZOE'])(
    'is nothing to see for %s, on record, and nobody is looked up',
    async (person) => {
      const world = await makeWorld({ policy: helpdeskSees() });
      world.troubles.fail('whoIsOn', edgeError('must_not_be_asked'), 100);
      expect(await who(world, person, '/logoff who Sales')).toBe(
        'There is nothing here that you can see. Ask your CRM administrator whether you should. Nothing was done.',
      );
      const refused = (await world.audit()).flatMap((entry) => ('note' in entry ? [entry.note] : []));
      expect(refused).toContainEqual(
        expect.objectContaining({ kind: 'command_refused', by: person, code: 'nothing_to_see', text: 'who Sales' }),
      );
      expect(world.logged).not.toContain('who_is_on_unread');
    },
  );

  test.each(['U0GUEST', 'U0STRANGER', 'U0ROBOT'])(
    'is refused to %s even where the settings name them',
    async (person) => {
      const people = { helpdesk: { users: [person] }, leads: { users: ['U0ALICE'] } };
      const world = await makeWorld({ policy: helpdeskSees({ people }) });
      expect(await who(world, person)).toContain('Only full members of this workspace can use this.');
    },
  );

  test('nobody may see it where the settings name nobody', async () => {
    expect(await who(await makeWorld())).toContain('There is nothing here that you can see.');
  });

  test('shows only people whom some rule lets one reach', async () => {
    const rules = [{ name: 'support', who: 'helpdesk', targets: { groups: ['Support'] }, approvals: 0 }];
    const world = await makeWorld({ policy: helpdeskSees({ rules }) });
    const moved = world.netserver.people.get(105);
    if (moved !== undefined) world.netserver.people.set(105, { ...moved, groupId: 3 });
    const shown = await who(world);
    expect(shown).toContain('1 person is logged on');
    expect(shown).toContain('User 105 (user105, id 105, Support)');
    expect(shown).not.toContain('Anna');
    expect(await who(world, 'U0BOB', '/logoff who Sales')).toContain(
      'No user group "Sales" has people you may log off',
    );
    expect(await who(world, 'U0BOB', '/logoff who sUPPORT')).toContain('- Only the group Support');
  });

  test('says that nobody is on, that SuperOffice does not tell, and that it does not answer', async () => {
    const world = await makeWorld({ policy: helpdeskSees() });
    world.troubles.fail('whoIsOn', edgeError('not_allowed', { retryable: false }));
    expect(await who(world)).toContain('SuperOffice does not tell the bot who is logged on.');
    world.troubles.fail('whoIsOn', edgeError('timeout'));
    expect(await who(world)).toContain('SuperOffice did not say who is logged on.');
    world.troubles.fail('whoIsOn', edgeError('credentials'));
    world.troubles.fail('self', edgeError('backing_off'));
    expect(await who(world)).toBe('The bot cannot log on to SuperOffice. Tell your CRM administrator.');
    world.troubles.fail('readPeople', edgeError('timeout'), 100);
    expect(await who(world)).toContain('SuperOffice does not answer');
    world.troubles.heal();
    world.netserver.on.clear();
    expect(await who(world)).toContain('Nobody you may log off is logged on');
    world.netserver.windowsClient = 'no';
    expect(await who(world)).toContain('no Windows client any more');
  });

  test('names somebody whom the directory does not know yet by the id alone', async () => {
    const world = await makeWorld({ policy: helpdeskSees() });
    world.netserver.on.add(associateId(999));
    expect(await who(world)).toContain('somebody without a name (id 999) [Log off…]');
  });

  test('turns pages; the page after the last is the last, and asks Slack only for those on it', async () => {
    const world = await makeWorld({ policy: helpdeskSees() });
    const one = world.netserver.people.get(105);
    if (one === undefined) throw new Error('the made-up SuperOffice knows 105');
    for (let id = 2000; id < 2041; id += 1) {
      world.netserver.people.set(id, { ...one, id: associateId(id), login: `u${id}`, fullName: `U ${id}` });
      world.netserver.emails.set(id, `u${id}@example.com`);
      world.netserver.on.add(associateId(id));
    }
    const asked: string[] = [];
    const personByEmail = async (email: string) => {
      asked.push(email);
      return undefined;
    };
    const bot = { ...world, world: { ...world.world, directory: { ...world.world.directory, personByEmail } } };
    const page = async (n: number, person = 'U0BOB') => {
      const form = await handlersOf(bot).page(actor(person), channelId('C0HALL'), n, undefined);
      return form === undefined ? undefined : { pages: form.pages, rows: form.rows.length, words: formWords(form) };
    };
    expect(await page(0)).toMatchObject({ pages: { page: 0, of: 3 }, rows: 20 });
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(await page(2)).toMatchObject({ pages: { page: 2, of: 3 }, rows: 8 });
    expect(await page(99)).toMatchObject({ pages: { page: 2, of: 3 }, rows: 8 });
    expect(await page(0, 'U0ALICE')).toBeUndefined();
  });
});

describe('"Log off…" beside somebody', () => {
  const pick = async (world: Awaited<ReturnType<typeof makeWorld>>, person: string, id: number) => {
    const shown: string[] = [];
    await handlersOf(world).pick({
      who: actor(person),
      channel: channelId('C0HALL'),
      associate: associateId(id),
      open: async () => ({
        show: async (form) => {
          shown.push(formWords(form));
          return true;
        },
        tell: async (card) => void shown.push(card.summary.map((span) => ('text' in span ? span.text : '')).join('')),
      }),
      answer: async () => undefined,
    });
    return shown.at(-1) ?? '(nothing)';
  };

  test('opens the form with that person chosen, for a newcomer by the id', async () => {
    const world = await makeWorld({ policy: helpdeskSees() });
    expect(await pick(world, 'U0BOB', 102)).toContain('- Bo Dahl (bo, id 102, Sales): logged on now');
    expect(await pick(world, 'U0BOB', 999)).toContain('id 999: nobody you may log off has this id');
  });

  test('chooses nobody whom the person may not reach', async () => {
    const world = await makeWorld({ policy: helpdeskSees() });
    expect(await pick(world, 'U0ANNA', 102)).toContain('Choose whom to log off');
    expect(await pick(world, 'U0GUEST', 102)).toContain('Only full members');
  });
});
