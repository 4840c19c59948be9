import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadSettings } from '../../src/config.ts';
import { matchPeople } from '../../src/main/people-match.ts';
import { secrets, settings, superoffice, workspace } from '../../src/sandbox/cast.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

it('people match proposes a map with the reason for each line, and lists who was not found', async () => {
  const slack = await startSlack(workspace);
  const netserver = await startNetServer(superoffice);
  open.push(slack, netserver);
  const text = Buffer.from(settings(netserver.url, undefined, { U0ANNA: 102 }));
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
  const proposed = await matchPeople(loaded, systemClock(), () => {});
  expect(proposed).toContain('  U0ANNA: 101  # Anna Olsen = Anna Olsen (anna), by email, THE SETTINGS SAY 102');
  expect(proposed).toMatch(/# In SuperOffice, not found in Slack \(\d+\):\n(#.*\n)*# {3}102 Jane Doe \(jane\.doe\)/);
  expect(proposed).toContain('#   U0BOB Bob Berg');
  expect(proposed).not.toContain('U0GUS');
  expect(proposed).not.toContain('Lea Left');
  expect(netserver.complaints()).toEqual([]);
});
