import { expect, it } from 'vitest';
import { type Installation, visit } from './clinic.ts';
import { ILL_AT_NETSERVER } from './ill-at-netserver.ts';
import { ILL_AT_SLACK } from './ill-at-slack.ts';

const INTRODUCTION = `# The doctor

\`superoffice-logoff doctor\` looks at everything that the bot needs and says, a line for each thing, how it is and what to
do. Run it as the user and with the environment that the bot runs with; the bot may run meanwhile.

It only reads. It logs nobody off, posts nothing, makes or changes no table, takes no lock, and opens no connection that
Slack would send commands to. It logs on to SuperOffice once; a refused logon is not tried again, since accounts lock. No
secret is in its output. Each check has a time limit and does not depend on the others, except where one makes the
next impossible.

- \`ok\`: as it should be. \`wrong\`: keeps the bot, or somebody, from working.
- \`check\`: for you to judge: it cannot be told from here, or need not be wrong.
- \`skipped\`: not looked at, because of something above it that is wrong.

Exit code 0: nothing is wrong. 1: something is. 2: the settings cannot be used; then their report is shown and nobody is
asked anything.

\`--json\` gives the same to programs: \`{"ok": false, "checks": [{"check": "settings", "state": "wrong", "say": "…", "todo": "…"}]}\`.
\`ok\` is whether nothing is \`wrong\`; \`todo\` is there where something is to be done that \`say\` does not say. Where the settings
cannot be used, each problem is a \`wrong\` line of \`settings\`, and there are no others but \`program\`, the version, which always comes
first.

Whether the Slack app sends people as ids (\`should_escape\`) cannot be checked: Slack tells it only to a token for app
configuration, which a person makes for a few hours. Type \`/logoff @someone\` instead; the running bot notices too
when an @name arrives as plain text, and says so in the log and in the audit channel.

This page was written by running it against a local Slack and a local NetServer (\`test/main/doctor-page.test.ts\`); it has
not been run against a live one.
`;

/** What is worth reading of all that the tests go through. */
const SHOWN = [
  'a bot token that Slack does not know',
  'tokens of two apps',
  'an app without the scope usergroups:read, and with one too many',
  'an approvals channel that the bot is not in, and an audit channel that there is not',
  'people who left, guests and misspelt ids in the settings',
  'a machine whose clock is 5 minutes ahead',
  'a NetServer that is switched off',
  'a certificate of an authority that nobody named',
  'a certificate that has expired',
  'another version of the services than the server has',
  'Windows authentication in front of NetServer',
  'a wrong password, which is tried once',
  'a user without rights',
  'a user who may not read the archive',
  'a SuperOffice without a Windows client',
];

/** What differs from run to run. */
const settled = (text: string): string =>
  text
    .replace(/(127\.0\.0\.1(?::|, port ))\d+/g, '$18443')
    .replace(/\/\S*\/logoff-clinic-\w+\//g, '/var/lib/logoff/')
    .replace(/version [0-9a-f]{12}\b/g, 'version 3f9c1a2b4d5e')
    .replace(/(?<=^ok +program +)superoffice-logoff .*$/m, 'superoffice-logoff 0.1.0, Node 24.11.0');

const block = (lines: readonly string[]): string => ['```', ...lines, '```'].join('\n');

async function section(what: string, installation: Installation): Promise<string> {
  const { out } = await visit(installation);
  const lines = out
    .split('\n')
    .filter((line) => /^(?:wrong|skipped|check) /.test(line) && !line.includes('should_escape'));
  return `### ${what.charAt(0).toUpperCase()}${what.slice(1)}\n\n${block(lines)}`;
}

it('docs/doctor.md shows what the doctor says (npx vitest run test/main/doctor-page.test.ts -u writes it anew)', async () => {
  const good = await visit();
  const ill = new Map([...ILL_AT_SLACK, ...ILL_AT_NETSERVER].map(([what, installation]) => [what, installation]));
  const sections: string[] = [];
  for (const what of SHOWN) {
    const installation = ill.get(what);
    if (installation === undefined) throw new Error(`no installation with ${what}`);
    sections.push(await section(what, installation));
  }
  const page = [
    INTRODUCTION,
    `## A good installation\n\n${block(good.out.trimEnd().split('\n'))}\n`,
    '## When something is wrong\n\nLines that are `ok` are left out here.\n',
    `${sections.join('\n\n')}\n`,
  ].join('\n');
  await expect(settled(page)).toMatchFileSnapshot('../../docs/doctor.md');
});
