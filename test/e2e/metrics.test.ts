import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secrets } from '../../src/sandbox/cast.ts';
import { SOON } from './cast.ts';
import { MODES, type Mode, openTown, type Town, type TownOptions } from './town.ts';

/** A town whose bot serves metrics on a free port. */
async function metered(mode: Mode, options: TownOptions = {}) {
  const town = await openTown(mode, { settings: [SOON], environment: { METRICS_PORT: '0' }, ...options });
  const served = () =>
    /"msg":"metrics_served"/.exec(town.log.findLast((line) => line.includes('metrics_served')) ?? '');
  expect(served()).not.toBeNull();
  return { town, scrape: () => scrape(town) };
}

const portOf = ({ log }: Town): number => {
  const line = log.findLast((each) => each.includes('"msg":"metrics_served"')) ?? '{}';
  return z.object({ port: z.number() }).parse(JSON.parse(line)).port;
};

async function scrape(town: Town): Promise<{ readonly text: string; value(series: string): number | undefined }> {
  const response = await fetch(`http://127.0.0.1:${portOf(town)}/metrics`, { headers: { connection: 'close' } });
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  const value = (series: string) => {
    const line = text.split('\n').find((each) => each.startsWith(`superoffice_logoff_${series} `));
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
  };
  return { text, value };
}

describe.each(MODES)('metrics, over %s,', (mode) => {
  it('tell decisions, dispatches, outcomes and how long it took to look', async () => {
    const { town, scrape } = await metered(mode);
    const { bob, alice, anna, card, clock } = town;
    const before = await scrape();
    expect(before.value('decisions_total{rule="leads",effect="needs_approval"}')).toBe(0);
    await bob.say('/logoff 102 103 reason: crashed');
    const waiting = await scrape();
    expect(waiting.value('open_requests{status="awaiting_approval"}')).toBe(1);
    await clock.advance(60_000);
    expect((await scrape()).value('oldest_open_request_seconds{status="awaiting_approval"}')).toBe(60);
    await alice.click(card(1), 'Approve');
    await clock.advance(20_000);
    await anna.say('/logoff 104');
    await anna.say('/logoff me');
    await clock.advance(20_000);
    const { value } = await scrape();
    expect({
      asked: value('decisions_total{rule="helpdesk, a few people",effect="needs_approval"}'),
      own: value('decisions_total{rule="own session",effect="allow"}'),
      denied: value('decisions_total{rule="",effect="deny"}'),
      refused: value('refusals_total{what="command",code="no_rule_for_targets"}'),
      sent: value('dispatches_total{outcome="accepted"}'),
      done: value('requests_ended_total{ending="done"}'),
      gone: value('people_total{outcome="gone"}'),
      notOn: value('people_total{outcome="was_not_on"}'),
      looked: value('verification_seconds_count'),
      called: value('netserver_call_seconds_count{call="LogOffWindowsUsers"}'),
      posted: value('slack_call_seconds_count{call="chat.postMessage"}'),
      open: value('open_requests{status="awaiting_approval"}'),
      paused: value('dispatch_paused'),
    }).toEqual({
      asked: 1,
      own: 1,
      denied: 1,
      refused: 1,
      sent: 2,
      done: 2,
      gone: 2,
      notOn: 1,
      looked: 2,
      called: 2,
      posted: expect.any(Number),
      open: 0,
      paused: 0,
    });
    expect(value('verification_seconds_sum')).toBeGreaterThanOrEqual(20);
  });

  it('tell which part is not as it should be, with the codes of what failed', async () => {
    const { town, scrape } = await metered(mode, { settings: [SOON, ['timeout: 15s', 'timeout: 1s']] });
    const { netserver, slack, bob, alice, card, clock } = town;
    const good = await scrape();
    for (const part of ['slack', 'database', 'policy', 'clock', 'netserver'])
      expect(good.value(`part_ok{part="${part}"}`), part).toBe(1);
    expect(good.value('slack_connection{state="connected"}')).toBe(1);
    await bob.say('/logoff 102');
    await netserver.refuse();
    slack.faults.next('chat.update', { kind: 'error', error: 'is_archived' });
    await alice.click(card(1), 'Approve');
    await clock.advance(20_000);
    const { value } = await scrape();
    expect(value('part_ok{part="netserver"}')).toBe(0);
    expect(value('netserver_errors_total{call="GetAssociateList",code="refused_connection"}')).toBeGreaterThan(0);
    expect(value('slack_errors_total{call="chat.update",code="is_archived"}')).toBe(1);
    expect(value('log_lines_total{level="warn",code="recheck_waits"}')).toBeGreaterThan(0);
  });

  it('hold no person, no channel, no request and no secret, and few series of each kind', async () => {
    const { town, scrape } = await metered(mode);
    const { bob, alice, anna, netserver, card, clock } = town;
    netserver.trouble('LogOffWindowsUsers', { kind: 'exception', type: 'X', message: secrets.netserverPassword });
    for (const id of [102, 104, 105]) await bob.say(`/logoff ${id} reason: U0BOB said so`);
    await anna.say('/logoff 104 "Jane Doe" anna@example.com');
    for (const request of [1, 2, 3]) await alice.click(card(request), 'Approve');
    await anna.say('/logoff cancel 1');
    await clock.advance(20_000);
    const { text } = await scrape();
    expect(text).toContain('superoffice_logoff_dispatches_total{outcome="failed"} 0');
    for (const word of [...Object.values(secrets), '7T:', 'U0BOB', 'Bob', 'Jane', 'anna', 'C0HELPDESK', 'example.com'])
      expect.soft(text.includes(word), word).toBe(false);
    const ours = text.split('\n').filter((line) => line.startsWith('superoffice_logoff_'));
    const series = Map.groupBy(ours, (line) => /^[a-z_]+/.exec(line)?.[0]);
    for (const [name, lines] of series) expect.soft(lines.length, name).toBeLessThan(200);
  });

  it('are at the path /metrics alone, and nowhere once the bot has stopped', async () => {
    const { town } = await metered(mode);
    const port = portOf(town);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404);
    await town.stop();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });
});
