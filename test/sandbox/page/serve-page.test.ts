import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAssets } from '../../../src/sandbox/page/assets.ts';
import { createDemoClock } from '../../../src/sandbox/page/demo-clock.ts';
import { type LocalWorld, openLocalWorld } from '../../../src/sandbox/page/local-world.ts';
import { type ServedPage, servePage } from '../../../src/sandbox/page/serve-page.ts';
import { projectFile } from '../../architecture/source-files.ts';

const held: { world?: LocalWorld; page?: ServedPage } = {};

/** A local world without a bot in it: the page needs none. */
function served(): { readonly world: LocalWorld; readonly page: ServedPage } {
  const { world, page } = held;
  if (world === undefined || page === undefined) throw new Error('nothing is served');
  return { world, page };
}

beforeAll(async () => {
  held.world = await openLocalWorld({ timeZone: 'UTC' });
  held.page = await servePage(held.world, 0);
});
afterAll(async () => {
  await held.page?.close();
  await held.world?.close();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly policy: string;
}

/** As `fetch`, which does not let a caller name another host. */
function call(path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(new URL(path, served().page.url), { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          policy: String(response.headers['content-security-policy']),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const forward = JSON.stringify({ do: 'forward', ms: 1_000 });

describe('the page', () => {
  it('comes with everything it needs, and may fetch nothing from elsewhere', async () => {
    const { status, text, policy } = await call('/');
    expect(status).toBe(200);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    const named = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(4);
    for (const path of named) expect((await call(path)).status, path).toBe(200);
    for (const [path, { type, body }] of pageAssets()) {
      if (!type.startsWith('text/javascript')) continue;
      for (const [, name = ''] of String(body).matchAll(/from '([^']+)'/g)) {
        const target = new URL(name, `http://page${path}`).pathname;
        expect((await call(target)).status, `${path} needs ${name}`).toBe(200);
      }
    }
  });

  it('is small, and the documents say how small', () => {
    const bodies = [...new Set(pageAssets().values())].map(({ body }) => body);
    const kB = (bytes: number): number => bytes / 1_000;
    const said = (file: string, words: RegExp): number => Number(words.exec(projectFile(file))?.[1]);
    const decision = 'docs/decisions/0011-the-demo-page-is-served-as-it-is-written.md';
    const size = kB(Buffer.concat(bodies).length);
    const compressed = kB(gzipSync(Buffer.concat(bodies)).length);
    expect(size).toBeLessThan(110);
    for (const [told, is] of [
      [said('README.md', /the page is (\d+) kB/), size],
      [said(decision, /(\d+) kB as served/), size],
      [said(decision, /(\d+) kB compressed/), compressed],
    ] as const) {
      expect(Math.abs(told - is), `${told} is said, ${is} it is`).toBeLessThan(2);
    }
  });
});

describe('its server', () => {
  it('listens to the page alone: not to another host name, another site, or a form', async () => {
    const { clock } = served().world;
    const before = clock.ahead();
    expect((await call('/', { host: 'evil.example:80' })).status).toBe(403);
    expect((await call('/api/world', { ...JSON_TYPE, origin: 'http://evil.example' }, forward)).status).toBe(403);
    expect((await call('/api/world', { 'content-type': 'text/plain' }, forward)).status).toBe(403);
    expect(clock.ahead()).toBe(before);
    expect((await call('/api/world', JSON_TYPE, forward)).status).toBe(200);
    expect(clock.ahead()).toBe(before + 1_000);
  });

  it.each([
    ['what it does not know', '/api/world', { do: 'format_disk' }, 400],
    ['a switch that is not there', '/api/world', { do: 'switch', name: 'x', on: true }, 400],
    ['a clock that goes back', '/api/world', { do: 'forward', ms: -5 }, 400],
    ['somebody who is not there', '/api/deed?as=U0NOBODY', { do: 'say', channel: 'C0HELPDESK', text: 'x' }, 404],
    ['an address that is not there', '/api/elsewhere', {}, 404],
  ])('refuses %s', async (_, path, body, status) => {
    expect((await call(path, JSON_TYPE, JSON.stringify(body))).status).toBe(status);
  });

  it('says in words what Slack does not let a person do', async () => {
    const words = JSON.stringify({ do: 'say', channel: 'C0APPROVALS', text: 'hello' });
    const { text } = await call('/api/deed?as=U0GUS', JSON_TYPE, words);
    expect(JSON.parse(text)).toEqual({ problem: 'gus is not in #crm-approvals' });
  });

  it('tells a person who types a command while no bot is running what Slack tells them', async () => {
    const command = JSON.stringify({ do: 'say', channel: 'C0HELPDESK', text: '/logoff help' });
    expect((await call('/api/deed?as=U0BOB', JSON_TYPE, command)).text).toBe('{}');
    expect(served().world.slack.transcript('C0HELPDESK')).toContain('/logoff failed with the error "dispatch_failed"');
  });
});

describe('the clock of the demo', () => {
  it('starts where it is told, and only goes forward', () => {
    const clock = createDemoClock(1_000_000);
    const moves: number[] = [];
    clock.onMove((ahead) => moves.push(ahead));
    expect(clock.now()).toBeGreaterThanOrEqual(1_000_000);
    expect(clock.now()).toBeLessThan(1_010_000);
    const before = clock.ahead();
    clock.forward(60_000);
    clock.forward(-60_000);
    expect(clock.ahead()).toBe(before + 60_000);
    expect(moves).toEqual([before + 60_000, before + 60_000]);
  });
});
