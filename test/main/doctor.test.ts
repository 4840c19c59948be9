import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { loadSettings } from '../../src/config.ts';
import { describeCertificate } from '../../src/main/doctor/certificate.ts';
import { examining } from '../../src/main/doctor/examine.ts';
import { doctorCommand } from '../../src/main/doctor.ts';
import { openStore } from '../../src/store/open-store.ts';
import { sourceFiles, valuesReachedFrom } from '../architecture/source-files.ts';
import { CONTRACT, VARIABLES } from '../config/world.ts';
import { AUTHORITY, ISSUED, KEY } from '../netserver/odd-certificates.ts';
import { createTestClock, MONDAY_14_00 } from '../test-clock.ts';
import { scratch, visit } from './clinic.ts';

describe('the doctor at a good installation', () => {
  it('says so, a line for each thing, and what only a person can judge', async () => {
    const { code, out, error, complaints, lines } = await visit();
    expect({ code, error, complaints }).toEqual({ code: 0, error: '', complaints: [] });
    expect(out.trimEnd().split('\n').at(-1)).toBe('Nothing wrong. 1 to check.');
    expect(out).toMatch(/^ok +program +superoffice-logoff \d+\.\d+\.\d+, Node \d+\.\d+\.\d+\n/);
    expect(lines('slack.bot_token')).toEqual(['ok SuperOffice log-off (U0LOGOFF) in North Wind (T0NORTH)']);
    expect(lines('slack.scope')).toHaveLength(8);
    expect(lines('slack.should_escape')).toEqual([
      expect.stringMatching(/^check cannot be checked from here: .*Type \/logoff @someone in Slack/),
    ]);
    expect(lines('slack.channel')).toEqual([
      'ok C0APPROVALS (approvals_channel) = #crm-approvals, private, 4 members, the bot is in it',
      'ok C0AUDIT (audit_channel) = #audit, public, 2 members, the bot is in it',
    ]);
    expect(lines('slack.person')).toContain('ok U0BOB = Bob Berg, active');
    expect(lines('netserver.services')).toEqual(['ok 86, as in the settings']);
    expect(lines('netserver.logon')).toEqual(['ok slackbot = associate 77 (SLACKBOT), InternalAssociate']);
    expect(lines('netserver.logged_on')).toEqual(['ok 4 people are on the Windows client now']);
    expect(lines('netserver.identity')).toEqual(['ok U0ANNA is tied to associate 101 = Anna Olsen (anna)']);
    expect(lines('database')).toEqual([expect.stringContaining('no tables yet; the first start makes them')]);
    expect([...lines('clock.slack'), ...lines('clock.netserver')]).toEqual([
      'ok within 5 s of that of Slack',
      'ok within 5 s of that of NetServer',
    ]);
    // One line each, whatever a name holds.
    expect(out.split('\n').filter((line) => line !== '' && !/^(?:ok|check|Nothing) /.test(line))).toEqual([]);
  });

  it('over http looks at no app token, and says how a wrong signing secret shows', async () => {
    const { code, slack, lines } = await visit({ mode: 'http' });
    expect(code).toBe(0);
    expect(slack.journal.calls('apps.connections.open')).toEqual([]);
    expect(lines('slack.signing_secret')).toEqual([expect.stringMatching(/^check .*slack_bad_signature/)]);
  });

  it('says the same to programs', async () => {
    const { code, out } = await visit({}, ['--json']);
    const line = z.strictObject({ check: z.string(), state: z.string(), say: z.string(), todo: z.string().optional() });
    const report = z.strictObject({ ok: z.boolean(), checks: z.array(line) }).parse(JSON.parse(out));
    expect([code, report.ok]).toEqual([0, true]);
    expect(report.checks[0]).toMatchObject({ check: 'program', state: 'ok' });
    expect(report.checks).toContainEqual({ check: 'slack.person', state: 'ok', say: 'U0BOB = Bob Berg, active' });
  });

  it('trusts a private authority, knows user groups by name, and leaves a bot that runs on the database alone', async () => {
    const folder = scratch();
    const url = `sqlite:${join(folder, 'logoff.db')}`;
    const store = await openStore({ url, now: Date.now });
    const note = { kind: 'policy_activated' } as const;
    await store.requests.note({ at: 1, via: 'start', policyVersion: 'a', note });
    const { code, complaints, lines } = await visit({
      ca: AUTHORITY,
      netserver: { tls: { key: KEY, cert: ISSUED } },
      settings: [['{ users: [U0BOB] }', '{ users: [U0BOB], usergroups: [S0CRM] }']],
      slack: { userGroups: [{ id: 'S0CRM', handle: 'crm', name: 'CRM owners', users: ['U0ALICE', 'U0OLA'] }] },
      environment: { DATABASE_URL: url },
    });
    await store.close();
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
    expect(lines('netserver.tls')).toEqual([
      expect.stringMatching(
        /^ok certificate for 127\.0\.0\.1, by Example Company CA, until .*trusted by netserver\.ca_file$/,
      ),
    ]);
    expect(lines('slack.user_group')).toEqual(['ok S0CRM = @crm (CRM owners), 2 members']);
    expect(lines('database')).toEqual([
      expect.stringMatching(/tables of version \d+, audit record without AUDIT_KEY$/),
    ]);
  });
});

describe('the doctor', () => {
  it('is not even made of anything that logs people off, posts, or changes tables', () => {
    const reached = valuesReachedFrom('src/main/doctor.ts');
    expect(valuesReachedFrom('src/app.ts')).toContain('src/netserver/log-off.ts');
    expect(reached).toContain('src/netserver/log-on.ts');
    for (const file of ['netserver/log-off', 'netserver/netserver', 'slack/messenger', 'slack/response-url'])
      expect.soft(reached).not.toContain(`src/${file}.ts`);
    // What opens the records for writing is in one file with what opens them for reading.
    const text = sourceFiles('src/main', 'src/store').filter(({ path }) => /\/doctor|\/inspect\.ts$/.test(path));
    expect(text.filter((file) => /openStore|\bmigrate\(/.test(file.text)).map(({ path }) => path)).toEqual([]);
  });

  const run = async (args: readonly string[], text: string, variables: Readonly<Record<string, string>>) => {
    let [out, error] = ['', ''];
    const settings = () => loadSettings(variables, () => Buffer.from(text));
    const output = {
      out: (said: string) => {
        out += said;
      },
      complain: (said: string) => {
        error += said;
      },
    };
    return { code: await doctorCommand(args, settings, systemClock(), output), out, error };
  };
  const broken = CONTRACT.replace('services: 86', 'services: 83').replace(/^ {2}ca_file.*$/m, '');

  it('gives code 2 and the report where the settings cannot be used, and asks nobody anything', async () => {
    const { code, out, error } = await run([], broken, { ...VARIABLES, SLACK_BOT_TOKEN: 'xapp-canary-bot' });
    expect(code).toBe(2);
    expect(out).toMatch(/^ok +program +superoffice-logoff \d[^\n]*\n$/);
    expect(error).toMatch(/2 problems in the settings:[\s\S]*services[\s\S]*SLACK_BOT_TOKEN/);
    expect(error).not.toContain('canary');
  });

  it('tells programs of settings that cannot be used as well', async () => {
    const { code, out } = await run(['--json'], broken, VARIABLES);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      checks: [
        { check: 'program', state: 'ok', say: expect.stringContaining('superoffice-logoff ') },
        { check: 'settings', state: 'wrong', say: expect.stringMatching(/^logoff\.yml:\d+:\d+ .*services/) },
      ],
    });
  });

  it('does not guess what a flag may mean', async () => {
    const { code, error } = await run(['--fix'], CONTRACT, VARIABLES);
    expect(code).toBe(2);
    expect(error).toContain('superoffice-logoff doctor [--json]');
  });
});

describe('a check', () => {
  it('that gets no answer ends after 20 s as a finding, so that the others go on', async () => {
    const clock = createTestClock();
    const lines = examining(clock)('netserver.users', () => new Promise<never>(() => {}));
    await clock.advance(20_000);
    expect(await lines).toEqual([
      { check: 'netserver.users', state: 'wrong', say: 'no answer within 20 s', todo: expect.any(String) },
    ]);
    expect(clock.waiting()).toBe(0);
  });

  it('that breaks is a finding without the words of the error, which may hold anything', async () => {
    const lines = await examining(createTestClock())('x', async () => {
      throw new TypeError('cannot read xoxb-canary');
    });
    expect(lines).toEqual([expect.objectContaining({ state: 'wrong', say: 'this check itself failed (TypeError)' })]);
  });
});

describe('a certificate', () => {
  const shown = {
    subject: 'crm.example.com',
    issuer: 'Example CA',
    names: 'DNS:crm.example.com, DNS:crm',
    validFrom: '',
    validTo: 'Dec  7 12:00:00 2026 GMT',
  };
  const look = { now: MONDAY_14_00, timeZone: 'UTC', hasCa: false };

  it('that ends within three weeks is to be looked at', () => {
    expect(describeCertificate(shown, look)).toEqual({
      state: 'check',
      say: 'certificate for crm.example.com, crm, by Example CA, until 7 Dec 2026, 12:00 UTC',
      todo: 'It runs out soon: give the web server a new one.',
    });
  });

  it('that ends later is fine', () => {
    const later = { ...shown, validTo: 'Dec  7 12:00:00 2027 GMT' };
    expect(describeCertificate(later, look)).toMatchObject({ state: 'ok' });
  });
});
