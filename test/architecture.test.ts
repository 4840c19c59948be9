import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { violations } from './architecture/import-rules.ts';
import { scopesOf, slackMethods } from './architecture/slack-methods.ts';
import { codeOf, importsOf, projectFile, sourceFiles } from './architecture/source-files.ts';

const MAX_LINES = 250;
const files = sourceFiles('src', 'commands', 'bench');

describe('who imports whom', () => {
  it('follows the rules in every file', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(violations(files)).toEqual([]);
  });

  it.each([
    ['core that knows Slack', 'src/core/x.ts', "import type { App } from '@slack/bolt';"],
    ['core that reads files', 'src/core/policy/x.ts', "import { readFileSync } from 'node:fs';"],
    ['a workflow that calls an edge', 'src/workflows/x.ts', "import { connect } from '../netserver/netserver.ts';"],
    ['an edge that calls another edge', 'src/slack/x.ts', "export { read } from '../store/requests.ts';"],
    [
      'an edge that names a type of a workflow',
      'src/store/x.ts',
      "type Store = import('../workflows/ports.ts').RequestStore;",
    ],
    ['an edge that tells the time by itself', 'src/netserver/x.ts', "import { systemClock } from '../clock.ts';"],
    ['a command that reads settings', 'commands/x.ts', "import { loadSettings } from '../src/config.ts';"],
    [
      'the program that leans on the sandbox',
      'src/app.ts',
      "const { play } = await import('./sandbox/slack/slack.ts');",
    ],
    [
      'a sandbox that tests an edge with itself',
      'src/sandbox/netserver/x.ts',
      "import '../../netserver/netserver.ts';",
    ],
    ['a sandbox on the package that it is to test', 'src/sandbox/netserver/x.ts', "import soap from 'soap';"],
    [
      'a page that needs more than a browser',
      'src/sandbox/page/client/x.ts',
      "import { readFileSync } from 'node:fs';",
    ],
    ['a peer that borrows from the bot', 'bench/peers/x.ts', "import { renderCard } from '../../src/slack/render.ts';"],
    [
      'the bot that leans on its benchmark',
      'src/store/x.ts',
      "import { watchStalls } from '../../bench/process/stalls.ts';",
    ],
    ['an import over several lines', 'src/core/x.ts', "import {\n  a,\n  type B,\n} from '../store/x.ts';"],
    ['an import that is made up while running', 'src/app.ts', 'await import(name);'],
    ['a file outside of every part', 'src/stray.ts', ''],
  ])('would catch %s', (_, path, text) => {
    expect(violations([{ path, text }])).toHaveLength(1);
  });

  it('reads every form of import, and none in a comment', () => {
    const text = `import a from './a.ts';
// import b from './b.ts';
/* import c from './c.ts'; */
export * from './d.ts';
export type { E } from "./e.ts";
import './f.ts';
const g = await import('./g.ts');
const url = 'https://example.com/x'; // from 'nowhere'
import type {
  H,
} from './h.ts';
`;
    expect([...importsOf(text)].sort()).toEqual(['./a.ts', './d.ts', './e.ts', './f.ts', './g.ts', './h.ts']);
  });
});

describe('rules and workflows', () => {
  /** Time, chance and settings come in as arguments, so that the same input gives the same result. */
  const IMPURE =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bset(Timeout|Interval|Immediate)\(|\brandomUUID\(|\bprocess\.|\bfetch\(/;

  it('take time, chance and the outside as arguments', () => {
    const offenders = files.filter(
      ({ path, text }) => /^src\/(core|workflows)\//.test(path) && IMPURE.test(codeOf(text)),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('post where it was typed, and in channels of the bot only where nobody else reads along', () => {
    const posting = files.filter(
      ({ path, text }) => path.startsWith('src/workflows/') && /\bmessenger\.post\(/.test(codeOf(text)),
    );
    expect(posting.map(({ path }) => path.replace('src/workflows/', ''))).toEqual([
      'drawing/put-line.ts',
      'drawing/put-notice.ts',
      'operator/among-us.ts',
    ]);
  });
});

describe('files', () => {
  it(`are at most ${MAX_LINES} lines long`, () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('have names in kebab-case that say what they make or do', () => {
    const odd = files.filter(({ path }) => {
      const name = basename(path).replace(/(\.d)?\.[cm]?[jt]s$/, '');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /(^|-)(utils?|helpers?|common|manager|service)(-|$)/.test(name);
    });
    expect(odd.map(({ path }) => path)).toEqual([]);
  });
});

describe('the manifest of the Slack app', () => {
  const manifest = z
    .object({
      display_information: z.object({ name: z.string().max(35), description: z.string().max(140) }),
      features: z.object({
        bot_user: z.object({ display_name: z.string().max(80) }),
        app_home: z.strictObject({
          home_tab_enabled: z.boolean(),
          messages_tab_enabled: z.boolean(),
          messages_tab_read_only_enabled: z.boolean(),
        }),
        slash_commands: z.array(
          z.object({
            command: z.string().max(32),
            description: z.string().max(2000),
            usage_hint: z.string().max(1000),
            should_escape: z.boolean(),
          }),
        ),
      }),
      oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
      settings: z.strictObject({
        interactivity: z.object({ is_enabled: z.literal(true) }),
        org_deploy_enabled: z.literal(false),
        socket_mode_enabled: z.literal(true),
        token_rotation_enabled: z.literal(false),
      }),
    })
    .parse(parse(projectFile('manifest.yml')));

  it('is called SuperOffice log-off', () => {
    expect(manifest.display_information.name).toBe('SuperOffice log-off');
    expect(manifest.features.bot_user.display_name).toBe('SuperOffice log-off');
  });

  it('lists the commands that the program has, each with people sent as ids', () => {
    const listed = manifest.features.slash_commands;
    expect(listed.map(({ command }) => command).sort()).toEqual(commands.map(({ name }) => name).sort());
    expect(listed.filter((command) => !command.should_escape)).toEqual([]);
  });

  it('lets the bot write to people, and people type to the bot', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: false,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('asks for the scopes that the calls of the program need, and no others', () => {
    const used = slackMethods(sourceFiles('src/slack', 'commands'));
    expect(used).toContain('chat.postMessage');
    const needed = new Set(['commands', ...scopesOf(used)]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });

  it('is the one that administrators were told of', () => {
    const told =
      'commands, chat:write, users:read, users:read.email, usergroups:read, channels:read, groups:read, im:write';
    expect(manifest.oauth_config.scopes.bot.join(', ')).toBe(told);
  });

  it('would not let a new Slack method by', () => {
    const methods = (text: string) => slackMethods([{ path: 'src/slack/x.ts', text }]);
    expect([...methods("web.files.upload({}); call('chat.delete'); users.filter(x); people.users.some(x);")]).toEqual([
      'files.upload',
      'chat.delete',
    ]);
    expect(() => scopesOf(methods('client.files.upload({})'))).toThrow('files.upload is not in the table');
  });
});
