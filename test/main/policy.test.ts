import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import { peopled, settingsText, town, variables } from '../e2e/cast.ts';

const root = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const MAIN = root('src/main.ts');
const EXAMPLE = readFileSync(root('logoff.example.yml'), 'utf8');
const CASES = readFileSync(root('logoff.policy-test.example.yml'), 'utf8');

/** The example with ids and an address as somebody has who put their own there. */
const own = (text: string): string =>
  text.replace(/\b([CSU])0([A-Z]+)\b/g, '$101$2').replaceAll('example.com', 'north-wind.test');

/** A folder with the example's settings in it, changed where a test wants it, and a way to run the program there. */
function folderWith(change: (text: string) => string = (text) => text) {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('logoff.yml', change(EXAMPLE));
  write('cases.yml', CASES);
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    new Promise<{ readonly code: unknown; readonly out: string; readonly error: string }>((resolve) => {
      const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...environment }, timeout: 20_000 };
      execFile(process.execPath, [MAIN, 'policy', ...args], options, (failure, out, error) =>
        resolve({ code: failure === null ? 0 : failure.code, out, error }),
      );
    });
  return { run, write };
}

describe('policy commands need no secret and no connection', () => {
  it('check finds in the example only that its values are nobody’s yet, and gives exit code 0', async () => {
    const { run } = folderWith();
    expect(await run(['check'])).toEqual({
      code: 0,
      error: '',
      out: 'warning  C0APPROVALS, C0AUDIT, crm.example.com, U0ANNA, U0BOB, U0ALICE and U0OLA stand in logoff.example.yml, and nobody has them. Put your own there.\n0 errors, 1 warnings.\n',
    });
  });

  it('check finds nothing where each of them was replaced', async () => {
    const { run } = folderWith(own);
    expect(await run(['check'])).toEqual({
      code: 0,
      error: '',
      out: 'Nothing found in the settings; --online looks at Slack and SuperOffice too.\n',
    });
  });

  it('check names what cannot be meant, one line each, and gives exit code 1; --json says the same', async () => {
    const { run } = folderWith((text) =>
      own(text)
        .replace('approvals: 1\n    approvers: crm-leads', 'approvals: 2\n    approvers: crm-leads')
        .replace('who: crm-leads', 'who: helpdesk'),
    );
    const { code, out } = await run(['check']);
    expect(code).toBe(1);
    expect(out).toContain('error  rules[2].approvals, rule "leads": whoever names more people needs less');
    expect(out).toMatch(/\n1 errors, 0 warnings\.\n$/);
    const json = await run(['check', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      online: false,
      findings: [{ code: 'more_for_less', severity: 'error', rule: 'leads' }],
    });
  });

  it('a warning alone gives exit code 0', async () => {
    const { run } = folderWith((text) => own(text).replace('people:\n', 'people:\n  spare: { users: [U0SPARE] }\n'));
    expect(await run(['check'])).toMatchObject({ code: 0, out: expect.stringContaining('0 errors, 1 warnings.') });
  });

  it('explain says what comes of a question, why, and what would make it pass', async () => {
    const { run } = folderWith();
    const { code, out } = await run([
      'explain',
      '--user',
      'U0BOB',
      '--targets',
      '101,102,103,104,105,106',
      '--channel',
      'C0X',
    ]);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^No: /);
    expect(out).toContain('- by "helpdesk, a few people" if at most 5 are named (here 6)');
  });

  it('diff compares with another file, named or not', async () => {
    const { run, write } = folderWith((text) => text.replace('at_most: 5', 'at_most: 9'));
    write('old.yml', EXAMPLE);
    const { code, out } = await run(['diff', 'old.yml']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'from no to yes:',
      '- U0BOB for 6 to 9 people: no -> with 1 approval by crm-leads, warned 1 min before (10 min more, once) ("helpdesk, a few people")',
    ]);
    expect((await run(['diff', 'old.yml', '--settings', 'old.yml'])).out).toBe('The rules are the same.\n');
  });

  it('test runs the shipped table on the shipped example', async () => {
    const { run } = folderWith();
    expect(await run(['test', 'cases.yml'])).toEqual({
      code: 0,
      error: '',
      out: expect.stringMatching(/^\d+ cases, 0 came out otherwise\.\n$/),
    });
  });

  it('test prints each case that comes out otherwise, with its line, and gives exit code 1', async () => {
    const { run } = folderWith((text) => text.replace('at_most: 5', 'at_most: 1'));
    const { code, out } = await run(['test', 'cases.yml']);
    expect(code).toBe(1);
    const line = CASES.split('\n').findIndex((text) => text.includes('U0BOB, targets: [101, 103],')) + 1;
    expect(out).toContain(`cases.yml:${line}  U0BOB for 101, 103: wanted needs_approval`);
  });

  it('LOGOFF_CONFIG names the settings, --settings goes before it', async () => {
    const { run, write } = folderWith();
    write('other.yml', EXAMPLE.replace('who: crm-leads', 'who: nobody-knows'));
    const other = { LOGOFF_CONFIG: 'other.yml' };
    expect(await run(['check'], other)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/other\.yml:\d+:\d+ .*nobody-knows/),
    });
    expect(await run(['check', '--settings', 'logoff.yml'], other)).toMatchObject({ code: 0 });
  });

  it('a certificate that is elsewhere does not keep the rules from being looked at', async () => {
    const { run } = folderWith((text) => text.replace('# ca_file: /etc', 'ca_file: /nowhere'));
    expect(await run(['check'])).toMatchObject({ code: 0 });
  });
});

describe('what cannot be meant is said in a sentence, with exit code 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no command', [], /^policy: say which: check, explain, diff or test\./],
    ['another command', ['chek'], /^policy: there is no "chek"\./],
    ['an unknown flag', ['check', '--onlin'], /^policy: Unknown option '--onlin'/],
    ['a flag without its value', ['check', '--settings'], /^policy: .*--settings/],
    ['a word too many', ['check', 'now'], /^policy: "now" has no meaning here\./],
    ['a word missing', ['diff'], /^policy: the old settings file is missing\./],
    ['no user', ['explain', '--targets', '1'], /^policy: --user is missing\./],
    ['a wrong user', ['explain', '--user', 'bob', '--targets', '1'], /^policy: --user "bob" must be a Slack person id/],
    [
      'a wrong channel',
      ['explain', '--user', 'U0BOB', '--targets', '1', '--channel', '#x'],
      /^policy: --channel "#x" must be/,
    ],
    [
      'a wrong id',
      ['explain', '--user', 'U0BOB', '--targets', '1,0'],
      /^policy: --targets "0" is not an associate id\./,
    ],
    ['a gap', ['explain', '--user', 'U0BOB', '--targets', '1,,2'], /^policy: --targets must be/],
    ['no such settings', ['check', '--settings', 'none.yml'], /none\.yml {2}cannot be used: there is no such file/],
    ['no such cases', ['test', 'none.yml'], /none\.yml {2}cannot be used: there is no such file/],
    ['cases that are none', ['test', 'logoff.yml'], /the file must be a list/],
    ['--online without secrets', ['check', '--online'], /SLACK_BOT_TOKEN/],
  ])('%s', async (_name, args, said) => {
    const { code, out, error } = await folderWith().run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(said);
  });

  it('all problems of a table of cases come in one report', async () => {
    const { run, write } = folderWith();
    write(
      'cases.yml',
      '- { user: bob, targets: [101], expect: allow }\n- { user: U0BOB, targets: [], expect: maybe, rul: x }\n',
    );
    const { code, error } = await run(['test', 'cases.yml']);
    expect(code).toBe(2);
    expect(error.split('\n')[0]).toBe('4 problems in the cases:');
    expect(error).toMatch(/cases\.yml:1:\d+ {2}\[0\]\.user/);
    expect(error).toMatch(/cases\.yml:2:\d+ {2}\[1\]\.rul: is not a key that is known here: did you mean "rule"/);
  });
});

describe('--online asks Slack and SuperOffice', () => {
  async function outside(change: (text: string) => string) {
    const slack = await startSlack(town);
    const netserver = await startNetServer(peopled(0));
    onTestFinished(async () => {
      await slack.close();
      await netserver.close();
    });
    const text = settingsText('socket', netserver.url, [['  ca_file:', '  # ca_file:']]);
    return { ...folderWith(() => change(text)), environment: variables(slack.apiUrl, 'sqlite::memory:') };
  }

  it('check finds approvers who are guests, and never entries of nobody', async () => {
    const { run, environment } = await outside((text) =>
      text.replace('{ users: [U0ALICE, U0OLA] }', '{ users: [U0ALICE, U0GUS] }').replace('svc-backup', 'svc-bakcup'),
    );
    const { code, out } = await run(['check', '--online'], environment);
    expect(code).toBe(1);
    expect(out).toContain('U0GUS (Gus Guest) in "crm-leads" is a guest, so they may not approve');
    expect(out).toContain('"svc-bakcup" protects nobody');
  });

  it('explain looks up people and groups, and says whom it did not find', async () => {
    const { run, environment } = await outside((text) => text);
    const { code, out } = await run(['explain', '--online', '--user', 'U0BOB', '--targets', 'anna,999'], environment);
    expect(code).toBe(0);
    expect(out).toContain('Yes, with 1 approval by crm-leads');
    expect(out).toContain('(Bob Berg: member, in helpdesk.)');
    expect(out).toContain('(Not in SuperOffice, so left out: 999.)');
  });
});
