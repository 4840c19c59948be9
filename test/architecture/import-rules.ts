import { posix } from 'node:path';
import { COMPUTED, importsOf, type SourceFile } from './source-files.ts';

/** The parts of the program. A file that is in none of them breaks the rules. */
const PARTS: readonly (readonly [name: string, path: RegExp])[] = [
  ['core', /^src\/core\//],
  ['workflows', /^src\/workflows\//],
  ['slack', /^src\/slack\//],
  ['netserver', /^src\/netserver\//],
  ['store', /^src\/store\//],
  ['commands', /^commands\//],
  ['config', /^src\/config(\.ts$|\/)/],
  ['clock', /^src\/clock(\.ts$|\/)/],
  ['log', /^src\/log(\.ts$|\/)/],
  ['demo', /^src\/sandbox\/demo(\/|[\w-]*\.ts$)/],
  ['page', /^src\/sandbox\/page\/client\//],
  ['sandbox', /^src\/sandbox\//],
  ['app', /^src\/(app|main|runtime|program)(\.c?ts$|\/)/],
  ['node-version', /^src\/(node-version|compile-cache|small-start)\./],
  ['measure', /^bench\/measure\//],
  ['peers', /^bench\/peers\//],
  ['bench', /^bench\//],
];

interface Rule {
  /** Other parts of the program; its own it may always import. */
  readonly parts: readonly string[];
  readonly packages: readonly string[];
  /** Node's own modules. */
  readonly node?: true;
}

const ANY = '*';

/** Who may import what. The reasons are in docs/decisions and in the reading order of the program. */
const RULES: Readonly<Record<string, Rule>> = {
  core: { parts: [], packages: ['zod'] },
  // Comparing two plain values, or making a hash of one, is no outside.
  workflows: { parts: ['core'], packages: ['node:util', 'node:crypto'] },
  slack: { parts: ['core'], packages: ['@slack/*', 'keyv', 'undici', 'zod'], node: true },
  netserver: { parts: ['core'], packages: ['soap', 'axios', 'cockatiel', 'keyv', 'undici', 'zod'], node: true },
  store: { parts: ['core'], packages: ['kysely', 'pg', 'zod'], node: true },
  commands: { parts: ['core'], packages: ['@slack/bolt'] },
  config: { parts: ['core'], packages: ['yaml', 'zod'], node: true },
  clock: { parts: ['core'], packages: [] },
  log: { parts: ['core'], packages: ['pino'], node: true },
  // The outside world must not share code with what it tests: neither ours nor that of the packages that we call it with.
  sandbox: { parts: ['core', 'clock', 'config', 'page'], packages: ['saxes', 'ws', 'zod', 'yaml'], node: true },
  // What runs in the browser: it is served as it is, so nothing but its own files and two of the local Slack's.
  page: { parts: ['sandbox'], packages: [] },
  // The demo runs the bot beside the sandbox.
  demo: { parts: ['sandbox', 'core', 'clock', 'config', 'log', 'app'], packages: ['zod'], node: true },
  app: {
    parts: ['core', 'workflows', 'slack', 'netserver', 'store', 'commands', 'config', 'clock', 'log', 'node-version'],
    packages: [ANY],
    node: true,
  },
  'node-version': { parts: [], packages: [], node: true },
  // Reckoning with what was measured: nothing of it needs a program to run.
  measure: { parts: [], packages: [] },
  // What the bot is compared with shares no code with it.
  peers: { parts: [], packages: ['@slack/*', 'soap', 'ws', 'hubot', '@hubot-friends/*'], node: true },
  bench: {
    parts: ['measure', 'core', 'config', 'netserver', 'slack', 'store', 'sandbox', 'clock'],
    packages: ['zod', 'soap', 'pg'],
    node: true,
  },
};

const partOf = (path: string) => PARTS.find(([, pattern]) => pattern.test(path))?.[0];

/** "@slack/bolt" of "@slack/bolt/dist/x". */
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

const allows = (allowed: readonly string[], name: string) =>
  allowed.some(
    (entry) => entry === ANY || entry === name || (entry.endsWith('/*') && name.startsWith(entry.slice(0, -1))),
  );

/** Every import that the rules forbid, as "file imports thing". */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const part = partOf(path);
    const rule = part === undefined ? undefined : RULES[part];
    if (rule === undefined) return [`${path} is in no part of the program that the rules know`];
    const forbidden = (name: string): boolean => {
      if (name === COMPUTED) return true;
      if (name.startsWith('node:')) return rule.node !== true && !rule.packages.includes(name);
      if (!name.startsWith('.')) return !allows(rule.packages, packageOf(name));
      const target = partOf(posix.join(posix.dirname(path), name));
      return target === undefined || (target !== part && !rule.parts.includes(target));
    };
    return importsOf(text)
      .filter(forbidden)
      .map((name) => `${path} imports ${name}`);
  });
}
