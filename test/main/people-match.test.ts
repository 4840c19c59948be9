import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/clock.ts';
import { loadSettings } from '../../src/config.ts';
import { matchPeople } from '../../src/main/people-match.ts';
import { secrets, settings, superoffice, workspace } from '../../src/sandbox/cast.ts';
import { type LocalNetServer, startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Runs it on the local workspace and SuperOffice with these identities in the settings. */
async function match(
  identities: Readonly<Record<string, number>>,
  spoil: (world: { slack: LocalSlack; netserver: LocalNetServer }) => unknown = () => {},
) {
  const slack = await startSlack(workspace);
  const netserver = await startNetServer(superoffice);
  open.push(slack, netserver);
  const text = Buffer.from(settings(netserver.url, undefined, identities));
  const loaded = loadSettings(
    {
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_APP_TOKEN: secrets.appToken,
      SLACK_API_URL: slack.apiUrl,
      NETSERVER_USERNAME: secrets.netserverUser,
      NETSERVER_PASSWORD: secrets.netserverPassword,
    },
    () => text,
  );
  if (!loaded.ok) throw new Error(loaded.report);
  await spoil({ slack, netserver });
  const matched = await matchPeople(loaded, systemClock(), () => {});
  return { matched, text: matched.ok ? matched.text : '', netserver };
}

it('people match proposes a map with the reason for each line, and lists who was not found', async () => {
  const { text, netserver } = await match({});
  expect(text).toContain('  U0ANNA: 101  # Anna Olsen = Anna Olsen (anna), by email\n');
  expect(text).toMatch(/# In SuperOffice, not found in Slack \(\d+\):\n(#.*\n)*# {3}102 Jane Doe \(jane\.doe\)/);
  expect(text).toContain('#   U0BOB Bob Berg');
  expect(text).not.toContain('U0GUS');
  expect(text).not.toContain('Lea Left');
  expect(netserver.complaints()).toEqual([]);
});

it('people match keeps what the settings say, so that pasting the map loses nothing', async () => {
  const present = { U0BOB: 103, U0ANNA: 102, U0GONE: 999, U0OLA: 106 };
  const { text } = await match(present);
  expect(parse(text)).toEqual({ identities: present });
  expect(text.split('\n').slice(2, 6)).toEqual([
    '  U0BOB: 103  # Bob Berg = Per Hansen (per), as in the settings',
    '  U0ANNA: 102  # Anna Olsen = Jane Doe (jane.doe), as in the settings, BUT BY EMAIL IT IS 101 Anna Olsen (anna)',
    '  U0GONE: 999  # NOT FOUND IN SLACK = NOT FOUND IN SUPEROFFICE, as in the settings',
    '  U0OLA: 106  # Ola Nordmann = Lea Left (left), as in the settings, RETIRED',
  ]);
  expect(text).not.toMatch(/# {3}(?:U0BOB|103)\b/);
});

it('people match names both sides where neither can be reached', async () => {
  const { matched } = await match({}, async ({ slack, netserver }) => {
    await slack.close();
    await netserver.refuse();
  });
  expect(matched).toEqual({
    ok: false,
    problems: [
      expect.stringMatching(/^The Slack call \S+ failed: network/),
      expect.stringContaining('NetServer could not be reached'),
    ],
  });
});
