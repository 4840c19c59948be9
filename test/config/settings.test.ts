import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_VALUES } from '../../src/config/example-values.ts';
import { settingsJsonSchema } from '../../src/config/json-schema.ts';
import { loadSettings } from '../../src/config.ts';
import { CERTIFICATE, CONTRACT, load, problems, SMALL, VARIABLES } from './world.ts';

const shipped = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('settings that are accepted', () => {
  it('take the settings of the contract exactly as they stand', () => {
    const loaded = load(CONTRACT, VARIABLES, { '/etc/logoff/ca.pem': CERTIFICATE });
    expect(problems(loaded)).toEqual([]);
    if (!loaded.ok) return;
    const snooze = { times: 1, for: 600_000 };
    expect(loaded.settings).toEqual({
      slack: { mode: 'socket', approvalsChannel: 'C0APPROVALS', auditChannel: 'C0AUDIT' },
      netserver: { url: 'https://crm.example.com', services: 86, timeout: 15_000, ca: CERTIFICATE },
      verify: { for: 30_000, every: 2_000, watch: 60_000 },
      timeZone: 'Europe/Oslo',
      auditKeep: 180 * 86_400_000,
    });
    expect(loaded.policy).toEqual({
      version: createHash('sha256').update(CONTRACT).digest('hex').slice(0, 12),
      identities: { U0ANNA: 101 },
      trust_email: ['example.com'],
      people: {
        helpdesk: { users: ['U0BOB'], usergroups: [] },
        'crm-leads': { users: ['U0ALICE', 'U0OLA'], usergroups: [] },
      },
      may_see: { who: ['helpdesk'], history: ['crm-leads'] },
      never: [1, 'svc-backup'],
      approval_expires_after: 1_800_000,
      dispatch_within: 600_000,
      max_targets: 50,
      rules: [
        { name: 'own session', who: ['anyone'], targets: 'self', approvals: 0, warn: 60_000, snooze },
        {
          name: 'helpdesk, a few people',
          who: ['helpdesk'],
          targets: { at_most: 5 },
          approvals: 1,
          approvers: ['crm-leads'],
          warn: 0,
          snooze,
        },
        {
          name: 'leads',
          who: ['crm-leads'],
          targets: 'any',
          approvals: 1,
          approvers: ['crm-leads'],
          warn: 60_000,
          snooze,
        },
      ],
    });
  });

  it('take the shipped example, whose first line tells editors where its schema is', () => {
    const example = shipped('logoff.example.yml');
    expect(problems(load(example))).toEqual([]);
    expect(example.split('\n')[0]).toBe('# yaml-language-server: $schema=./logoff.schema.json');
  });

  it('of the shipped example warn people first, whatever rule applies, and tie Bob to nobody who is somebody else there', () => {
    const loaded = load(shipped('logoff.example.yml'));
    if (!loaded.ok) throw new Error(loaded.report);
    const { identities, rules } = loaded.policy;
    expect(rules.map(({ warn }) => warn)).toEqual([60_000, 60_000, 120_000]);
    expect(identities).toEqual({ U0ANNA: 101, U0BOB: 110 });
    expect(`${shipped('docs/policy.md')}${shipped('logoff.policy-test.example.yml')}`).not.toMatch(/\b110\b/);
  });

  it('of the shipped example hold no id and no address that is not known as the example’s', () => {
    const text = shipped('logoff.example.yml');
    const ids = Array.from(text.matchAll(/\b[CSU]0[A-Z]+\b/g), ([id]) => id);
    const hosts = Array.from(text.matchAll(/(?<=https:\/\/|trust_email: \[)[\w.]+/g), ([host]) => host);
    expect([...new Set([...ids, ...hosts])].sort()).toEqual([...EXAMPLE_VALUES].sort());
  });

  it('fill in the cautious defaults', () => {
    const loaded = load(SMALL);
    expect(loaded).toMatchObject({
      ok: true,
      settings: {
        slack: { mode: 'socket' },
        netserver: { url: 'https://crm.example.com', services: 86, timeout: 15_000 },
        verify: { for: 30_000, every: 2_000, watch: 60_000 },
        timeZone: 'UTC',
        auditKeep: 180 * 86_400_000,
      },
      policy: {
        never: [],
        people: {},
        identities: {},
        trust_email: [],
        may_see: { who: [], history: [] },
        max_targets: 50,
      },
    });
  });

  it('take a ca_file that is not there, as no authority at all: the start says so, and no server is trusted', () => {
    const loaded = load(CONTRACT, VARIABLES, {});
    expect(problems(loaded)).toEqual([]);
    expect(loaded.ok && loaded.settings.netserver.ca).toBe('');
  });

  it('are frozen all the way down', () => {
    const loaded = load(CONTRACT, VARIABLES, { '/etc/logoff/ca.pem': CERTIFICATE });
    const open: string[] = [];
    const look = (value: unknown, path: string) => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) open.push(path);
      for (const [key, part] of Object.entries(value)) look(part, `${path}.${key}`);
    };
    look(loaded, 'loaded');
    expect(loaded.ok && open).toEqual([]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${SMALL}`],
    ['line ends of Windows', SMALL.replaceAll('\n', '\r\n')],
    [
      'JSON, which is YAML too',
      '{"netserver":{"url":"https://a.example"},"rules":[{"name":"r","who":"anyone","targets":"self","approvals":0}]}',
    ],
    ['an address with a path and a slash at its end', SMALL.replace('crm.example.com', 'crm.example.com/so//')],
    ['http to this very machine', SMALL.replace('https://crm.example.com', 'http://127.0.0.1:8080')],
    [
      'http to another machine where that is allowed',
      SMALL.replace('https://crm.example.com', 'http://crm.local, allow_plain_http: true'),
    ],
    ['an anchor that is used again', `${SMALL}people: { a: { users: &x [U0A] }, b: { users: *x } }\n`],
  ])('take %s', (_, text) => {
    const loaded = load(text);
    expect(problems(loaded)).toEqual([]);
    expect(loaded.ok && loaded.settings.netserver.url).not.toMatch(/\/$/);
  });

  it('count the version over the bytes of the file, so that a changed comment is a new version', () => {
    const versions = [SMALL, `${SMALL}# checked by Ola\n`, `\uFEFF${SMALL}`].map((text) => {
      const loaded = load(text);
      return loaded.ok ? loaded.policy.version : 'refused';
    });
    expect(new Set(versions).size).toBe(3);
    for (const version of versions) expect(version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('are read from the file that LOGOFF_CONFIG names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-settings-'));
    try {
      const path = join(folder, 'elsewhere.yml');
      writeFileSync(path, SMALL);
      expect(loadSettings({ ...VARIABLES, LOGOFF_CONFIG: path }).ok).toBe(true);
      const absent = loadSettings({ ...VARIABLES, LOGOFF_CONFIG: join(folder, 'absent.yml') });
      expect(problems(absent)).toEqual([
        expect.stringContaining('absent.yml  cannot be used: there is no such file. Copy logoff.example.yml'),
      ]);
      expect(problems(loadSettings({ ...VARIABLES, LOGOFF_CONFIG: folder }))).toEqual([
        expect.stringContaining('it is a folder'),
      ]);
      expect(problems(loadSettings({ ...VARIABLES, LOGOFF_CONFIG: '/dev/zero' }))).toEqual([
        expect.stringContaining('larger than 1 MB'),
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the JSON Schema for editors', () => {
  it('is the one that the settings make: `npm run schema` writes it', () => {
    expect(shipped('logoff.schema.json')).toBe(settingsJsonSchema());
  });

  it('has a description for every setting', () => {
    const bare: string[] = [];
    const look = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) {
        for (const [key, value] of Object.entries(node.properties)) {
          const described: unknown = value;
          const text =
            typeof described === 'object' && described !== null && 'description' in described
              ? described.description
              : undefined;
          if (typeof text !== 'string') bare.push(`${path}${key}`);
          look(value, `${path}${key}.`);
        }
      }
      for (const key of ['items', 'additionalProperties', 'anyOf']) {
        const inner: unknown = Object.entries(node).find(([name]) => name === key)?.[1];
        for (const part of Array.isArray(inner) ? inner : [inner]) look(part, path);
      }
    };
    look(JSON.parse(settingsJsonSchema()), '');
    expect(bare).toEqual([]);
  });
});
