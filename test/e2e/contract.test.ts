import { describe, expect, it } from 'vitest';
import { CONTRACT } from '../config/world.ts';
import { settingsText } from './cast.ts';
import { MODES, openTown } from './town.ts';

describe.each(MODES)('the settings of the contract start the bot over %s', (mode) => {
  it('word for word but for the address of the server, with the certificate of an own authority', async () => {
    const { anna, bob, alice, netserver, slack, log, line, card } = await openTown(mode);
    const differs = settingsText(mode, netserver.url)
      .split('\n')
      .filter((text) => !CONTRACT.split('\n').includes(text));
    expect(netserver.url).toMatch(/^https:/);
    expect(differs.map((text) => text.replace(/\s+#.*/, '').trim())).toEqual([
      ...(mode === 'http' ? ['mode: http'] : []),
      `url: ${netserver.url}`,
    ]);
    expect(log.join('')).toContain('"msg":"ready"');
    await anna.say('/logoff me');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    await bob.say('/logoff 102');
    await alice.click(card(2), 'Approve');
    expect(line(2)).toBe('Request 2: 1 person logged off');
    expect(log.filter((entry) => /"level":"(?:warn|error)"/.test(entry))).toEqual([]);
    expect(slack.journal.calls('auth.test')).toHaveLength(1);
  });
});
