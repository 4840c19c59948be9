import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secrets } from '../../src/sandbox/cast.ts';
import { leaks, MORE_SECRETS, written } from '../faults/canaries.ts';
import { SOON } from './cast.ts';
import { MODES, openTown, type Town, type TownOptions } from './town.ts';

interface Scene {
  readonly what: string;
  readonly settings?: TownOptions['settings'];
  readonly complaints?: readonly string[];
  readonly play: (town: Town) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    what: 'all goes well',
    async play({ bob, alice, card, clock, line }) {
      await bob.say('/logoff help');
      await bob.say('/logoff 102 103 1 reason: crashed');
      await alice.click(card(1), 'Approve');
      await clock.advance(20_000);
      expect(line(1)).toContain('1 person logged off');
    },
  },
  {
    what: 'NetServer tells tales in its exceptions',
    async play({ bob, alice, netserver, card, clock, line }) {
      const message = `Bad ticket 7T:abcdefghijklmnop, password ${secrets.netserverPassword}, ${secrets.botToken}`;
      const type = 'SuperOffice.Exceptions.SoSentryException';
      await bob.say('/logoff 102');
      netserver.trouble('LogOffWindowsUsers', { kind: 'exception', type, message, friendlyText: message });
      netserver.trouble('GetAssociateList', { kind: 'fault', message }, { times: 1 });
      await alice.click(card(1), 'Approve');
      await clock.advance(20_000);
      expect(line(1)).toContain('SuperOffice does not allow the bot to do this.');
    },
  },
  {
    what: 'the logon is refused and the ticket is dead',
    async play({ bob, netserver, line, clock }) {
      await bob.say('/logoff 102');
      netserver.expireTickets();
      netserver.showWrongPasswordAs('exception');
      netserver.trouble('AuthenticateUsernamePassword', { kind: 'wrong-password' });
      await bob.say('/logoff 104');
      expect(bob.told()).toContain('The bot cannot log on to SuperOffice.');
      await clock.advance(20_000);
      expect(line(1)).toContain('waiting for approval');
    },
  },
  {
    what: 'Slack refuses tokens and connections break',
    settings: [['timeout: 15s', 'timeout: 1s']],
    async play({ bob, alice, slack, netserver, card, clock, line }) {
      slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_auth' }, 2);
      await bob.say('/logoff 102');
      await clock.advance(10_000);
      slack.faults.next('chat.update', { kind: 'reset', when: 'after the effect' }, 3);
      netserver.trouble('LogOffWindowsUsers', { kind: 'reset-after' }, { times: 1 });
      await alice.click(card(1), 'Approve');
      await clock.advance(20_000);
      expect(line(1)).toContain('1 person logged off');
    },
  },
  {
    what: 'SuperOffice is not responding, and the bot looks whether it is back',
    async play({ bob, netserver, clock }) {
      netserver.trouble('*', { kind: 'unavailable' });
      for (let time = 0; time < 4; time += 1) await bob.say('/logoff 102');
      expect(bob.told()).toContain('SuperOffice is not responding.');
      await clock.advance(20_000);
    },
  },
  {
    what: 'the bot itself makes a mistake, and payloads come that it does not understand',
    async play({ bob, slack, clock, quiet }) {
      const { now } = clock;
      clock.now = () => {
        throw new Error(`a mistake near ${secrets.botToken}`);
      };
      await bob.say('/logoff 102').finally(() => {
        clock.now = now;
      });
      expect(bob.told()).toContain('something went wrong on my side');
      await slack.deliver({ kind: 'interactive', payload: { type: secrets.appToken, token: secrets.signingSecret } });
      await quiet();
    },
  },
];

describe.each(MODES)('over %s, no secret is in a log line, in Slack, on a health path or in the records', (mode) => {
  it.each(scenes)('when $what', async ({ settings = [], play }) => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-e2e-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const town = await openTown(mode, {
      settings: [SOON, ...settings],
      database: `sqlite:${join(folder, 'logoff.db')}`,
      environment: MORE_SECRETS,
    });
    await play(town);
    const places = await written(town);
    await town.stop();
    const records = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    // Nothing here that is empty could fail.
    for (const [place, text] of Object.entries(places)) expect(text.length, place).toBeGreaterThan(10);
    expect(leaks({ ...places, 'the records': records.join('\n') })).toEqual([]);
  });
});

it('a secret would be found in each of these places', () => {
  const places = { 'the log': `{"x":"${secrets.botToken}"}`, Slack: 'pw=bG9jYWwtcGFzc3dvcmQ', 'the records': '7T:abc' };
  expect(leaks(places)).toEqual(['the bot token in the log', 'the password in Slack', 'a ticket in the records']);
});
