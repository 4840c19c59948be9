import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadPolicy } from '../../src/config.ts';
import { CONTRACT, load, SMALL, VARIABLES } from '../config/world.ts';
import { mutated } from './mutate.ts';
import { anyCommand, anyValue, bounded } from './nasty.ts';

const EXAMPLE = readFileSync(new URL('../../logoff.example.yml', import.meta.url), 'utf8');
const SECRETS = Object.entries(VARIABLES).flatMap(([name, value]) => (name === 'NETSERVER_USERNAME' ? [] : [value]));

/** It is read, or refused with lines that each name a place and say something; and no secret is in what is said. */
function looksRight(text: string | Uint8Array, variables?: Readonly<Record<string, string>>): void {
  const loaded = load(text, variables);
  if (loaded.ok) return;
  const [count = '', ...lines] = loaded.report.split('\n');
  expect(count).toMatch(/problem/);
  expect(lines.length).toBeGreaterThan(0);
  for (const secret of SECRETS) expect(loaded.report).not.toContain(secret);
  expect(loaded.report.length).toBeLessThan(100_000);
}

const piece = fc.constantFrom(
  ':',
  ': ',
  '- ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '  ',
  '#',
  '"',
  "'",
  '|',
  '>',
  '&a ',
  '*a',
  '*b',
  '<<: *a',
  '!!str ',
  '!!js/function ',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  '{',
  '}',
  '[',
  ']',
  ',',
  '?',
  '\uFEFF',
  '\u0000',
  '\u2028',
  '\u0085',
  '~',
  'null',
  'yes',
  '0x1F',
  '1e400',
  '.inf',
  '__proto__: 1\n',
  'constructor: 1\n',
);

it('a settings file with anything in it, at any place, is read or refused in words', () => {
  const original = fc.constantFrom(EXAMPLE, CONTRACT, SMALL);
  const spoilt = fc
    .tuple(original, fc.array(fc.tuple(fc.nat(), fc.oneof(piece, anyCommand), fc.nat({ max: 20 })), { maxLength: 6 }))
    .map(([text, cuts]) =>
      cuts.reduce((rest, [at, put, drop]) => {
        const place = at % (rest.length + 1);
        return `${rest.slice(0, place)}${put}${rest.slice(place + drop)}`;
      }, text),
    );
  fc.assert(
    fc.property(spoilt, (text) => looksRight(text)),
    bounded(250),
  );
});

it('a settings file of any bytes is read or refused in words', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .constantFrom(EXAMPLE, SMALL)
      .chain((text) =>
        fc.tuple(fc.constant(Buffer.from(text)), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 5 })),
      )
      .map(([text, changes]) => {
        const copy = Uint8Array.from(text);
        for (const [at, byte] of changes) copy[at % copy.length] = byte;
        return copy;
      }),
  );
  fc.assert(
    fc.property(bytes, (content) => looksRight(content)),
    bounded(250),
  );
});

it('settings of any shape are read or refused in words, the rules alone as well', () => {
  const shape = {
    slack: { mode: 'socket', approvals_channel: 'C0APPROVALS' },
    netserver: { url: 'https://crm.example.com', services: 86, timeout: '15s', allow_plain_http: false },
    verify: { for: '30s', every: '2s', watch: '60s' },
    identities: { U0ANNA: 101 },
    trust_email: ['example.com'],
    people: { helpdesk: { users: ['U0BOB'], usergroups: ['S0DESK'] } },
    may_see: { who: ['helpdesk'], history: ['helpdesk'] },
    never: [1, 'svc-backup'],
    approval_expires_after: '30m',
    max_targets: 50,
    time_zone: 'Europe/Oslo',
    rules: [
      { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
      {
        name: 'few',
        who: 'helpdesk',
        targets: { at_most: 5, groups: ['Sales'] },
        approvals: 1,
        approvers: 'helpdesk',
        reason: '[A-Z]+-[0-9]+',
        warn: '1m',
        snooze: 1,
        budget: { people: 5, per: '1h' },
        confirm_above: 3,
      },
    ],
  };
  fc.assert(
    fc.property(mutated(shape), (settings) => {
      const text = JSON.stringify(settings) ?? '';
      looksRight(text);
      const alone = loadPolicy('logoff.yml', () => Buffer.from(text));
      if (!alone.ok) expect(alone.report.split('\n').length).toBeGreaterThan(1);
    }),
    bounded(250),
  );
});

it('an environment with anything in it is taken or refused in words, without the values', () => {
  const name = fc.constantFrom(
    ...Object.keys(VARIABLES),
    'DATABASE_URL',
    'PORT',
    'HOST',
    'LOG_LEVEL',
    'SLACK_API_URL',
    'SLACK_SIGNING_SECRET',
    'AUDIT_KEY',
    'SLACK_BOT_TOKEN_FILE',
  );
  const value = fc.oneof(
    anyCommand,
    anyValue.map((any) => JSON.stringify(any) ?? ''),
    fc.constantFrom('postgres://u:canary-in-url@h/db', 'http://h', '0', '65536', '-1', ' '),
  );
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (some) => {
      const variables = { ...VARIABLES, ...some };
      const loaded = load(SMALL, variables);
      if (loaded.ok) return;
      expect(loaded.report).not.toContain('canary-in-url');
      expect(loaded.report.split('\n').length).toBeGreaterThan(1);
    }),
    bounded(250),
  );
});
