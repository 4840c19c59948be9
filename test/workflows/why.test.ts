import { describe, expect, it } from 'vitest';
import { slackUserId } from '../../src/core/ids.ts';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';

const RULES = [
  { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
  { name: 'a few', who: 'helpdesk', targets: { at_most: 2 }, approvals: 1, approvers: 'leads', channels: ['C0HALL'] },
  { name: 'leads', who: 'leads', targets: 'any', approvals: 2, approvers: 'leads' },
];
const policy = policyOf({ rules: RULES });

describe('/logoff why', () => {
  it('names the rules that are for the one who asks in this channel, and no others', async () => {
    const { say } = await makeWorld({ policy });
    const [bob] = await say('U0BOB', '/logoff why');
    expect(bob).toMatch(
      /^In this channel you may, by the first of these that fits:\n- log yourself off.*\n- log off at most 2 people/,
    );
    expect(bob).not.toContain('(rule "leads")');
    expect(bob).not.toContain('refused');
    const [elsewhere] = await say('U0BOB', '/logoff why', { channel: 'C0ELSE' });
    expect(elsewhere).toMatch(
      /first of these that fits:\n- log yourself off.*\nIn other channels also:\n- log off at most 2/,
    );
    const [anna] = await say('U0ANNA', '/logoff why');
    expect(anna).not.toContain('a few');
  });

  it('says why the last command was refused, and what would make it pass now', async () => {
    const { say } = await makeWorld({ policy });
    await say('U0BOB', '/logoff 101 102 103');
    await say('U0ALICE', '/logoff 1');
    const [why] = await say('U0BOB', '/logoff why');
    expect(why).toContain('> /logoff 101 102 103\nNo rule lets you log these people off together.');
    expect(why).toContain('- by "a few" if at most 2 are named (here 3)');
    expect(why).not.toContain('Other rules');
    expect(why).not.toContain('"leads"');
  });

  it.each([
    ['/logoff nobody.at.all', 'Nobody you may log off has that name. Type a login'],
    ['/logoff group:Nobodies', 'No user group of that name has people you may log off.'],
    ['/logoff me', 'It was not certain which SuperOffice user was meant. Type the login'],
  ])('says it in fitting words where it was not certain who is meant: %s', async (typed, words) => {
    const { say } = await makeWorld({ policy });
    await say('U0BOB', typed);
    expect((await say('U0BOB', '/logoff why'))[0]).toContain(`> ${typed}\n${words}`);
  });

  it('says why nobody was left, also of people whom nothing lets the bot log off', async () => {
    const { say } = await makeWorld({ policy });
    await say('U0BOB', '/logoff 104 9');
    expect((await say('U0BOB', '/logoff why'))[0]).toContain(
      "Nobody is left to log off. Name somebody else. Left out: id 104: protected: no rule can reach them; id 9: this is the bot's own account.",
    );
  });

  it('is not forgotten for what others were refused since', async () => {
    const world = await makeWorld({ policy });
    await world.say('U0BOB', '/logoff 101 102 103');
    const [entry] = (await world.audit()).filter((one) => 'note' in one && one.note.kind === 'command_refused');
    if (entry === undefined || !('note' in entry) || entry.note.kind !== 'command_refused') throw new Error('none');
    const text = '{"by":"U0BOB"}';
    const other = { ...entry, note: { ...entry.note, by: slackUserId('U0GUEST'), text } };
    for (let at = 0; at < 501; at += 1) await world.store.requests.note(other);
    expect((await world.say('U0BOB', '/logoff why'))[0]).toContain('> /logoff 101 102 103');
  });

  it('does not tell of people out of reach: the refusal stands without what would make it pass', async () => {
    const { say } = await makeWorld({ policy });
    await say('U0ANNA', '/logoff 102');
    const [why] = await say('U0ANNA', '/logoff why');
    expect(why).toContain('> /logoff 102');
    expect(why).not.toContain('would pass');
  });

  it('says where other rules were in force then', async () => {
    const { start } = await makeSurroundings();
    await (await start({ policy: policyOf({ rules: RULES }, '111111111111') })).say('U0BOB', '/logoff 101 102 103');
    const [why] = await (await start({ policy })).say('U0BOB', '/logoff why');
    expect(why).toContain('Other rules were in force then.');
  });

  it('is refused to guests like everything else', async () => {
    const { say } = await makeWorld({ policy });
    expect(await say('U0GUEST', '/logoff why')).toEqual([expect.stringContaining('Only full members')]);
  });
});

describe('/logoff why 1', () => {
  it('says by which rule the request went and what it asked for, to those who may see it', async () => {
    const { say, audit } = await makeWorld({ policy });
    await say('U0BOB', '/logoff 101');
    for (const who of ['U0BOB', 'U0ALICE', 'U0ANNA']) {
      const [why] = await say(who, '/logoff why 1');
      expect(why).toContain('Rule: a few: the first that fitted');
      expect(why).toContain('Asked for: with 1 approval by leads');
      expect(why).toContain('Rules: aaaaaaaaaaaa, still in force');
    }
    const [stranger] = await say('U0NOBODY', '/logoff why 1');
    expect(stranger).toBe((await say('U0NOBODY', '/logoff why 2'))[0]?.replace('request 2', 'request 1'));
    expect(await audit()).toContainEqual(
      expect.objectContaining({ note: expect.objectContaining({ kind: 'click_refused', action: 'why', request: 1 }) }),
    );
  });

  it('says what the rules of now would make of it, where they are others', async () => {
    const { start } = await makeSurroundings();
    await (await start({ policy })).say('U0BOB', '/logoff 101');
    const closed = policyOf({ rules: [RULES[0], RULES[2]] }, '222222222222');
    const { say } = await start({ policy: closed });
    const [why] = await say('U0BOB', '/logoff why 1');
    expect(why).toContain('Rules: aaaaaaaaaaaa\n');
    expect(why).toMatch(/Asked now: No: No rule lets you log these people off together/);
  });
});
