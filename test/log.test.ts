import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';
import type { Log } from '../src/workflows/ports.ts';

function logger(secrets: readonly string[] = [], level: 'debug' | 'info' | 'warn' | 'error' = 'debug') {
  const lines: string[] = [];
  const log: Log = createLog({
    level,
    secrets: secrets.map((text) => ({ reveal: () => text })),
    write: (line) => lines.push(line),
  });
  /** The lines as data; throws where one is not a line of JSON. */
  const read = (): unknown[] => lines.map((line) => JSON.parse(line));
  return { log, lines, read };
}

describe('the log', () => {
  it('writes one line of JSON with level, time, message and fields', () => {
    const { log, lines, read } = logger();
    log('info', 'ready', { port: 3000, mode: 'socket' });
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(read()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        pid: process.pid,
        msg: 'ready',
        port: 3000,
        mode: 'socket',
      },
    ]);
    expect(lines[0]).toContain('"msg":"ready"');
  });

  it('writes nothing below its level', () => {
    const { log, read } = logger([], 'warn');
    log('debug', 'a');
    log('info', 'b');
    log('warn', 'c');
    log('error', 'd');
    expect(read()).toMatchObject([{ msg: 'c' }, { msg: 'd' }]);
  });

  it('covers secrets wherever they turn up', () => {
    const password = 'pa"ss & <wörd>/x';
    const { log, lines } = logger(['xoxb-canary', password]);
    const error = Object.assign(new Error(`401 for ${password}`, { cause: new Error('xoxb-canary') }), {
      code: 'ERR',
      config: { data: 'the whole request' },
    });
    log('error', 'failed with xoxb-canary', {
      error,
      url: `postgres://u:${encodeURIComponent(password)}@db`,
      json: JSON.stringify({ password }),
      envelope: '<Password>pa"ss &amp; &lt;wörd&gt;/x</Password>',
      list: [password, { deep: new Map([['xoxb-canary', `Bearer xoxb-canary`]]) }],
      'xoxb-canary': 1,
    });
    const text = lines.join('');
    expect(() => JSON.parse(text)).not.toThrow();
    expect(text).not.toContain('canary');
    expect(text).not.toMatch(/w(ö|%C3%B6)rd|whole request/);
    expect(text).toContain('401 for [secret]');
    expect(text).toContain('"code":"ERR"');
    expect(text).toContain('postgres://u:[secret]@db');
  });

  it('covers a very short secret where it stands alone, and leaves ordinary words and the line itself whole', () => {
    const { log, read } = logger(['in', 'msg', '"']);
    log('info', 'within', { password: 'in', other: 'msg', quote: '"', msgs: 'messages in line' });
    expect(read()).toMatchObject([
      {
        level: 'info',
        msg: 'within',
        password: '[secret]',
        other: '[secret]',
        quote: '[secret]',
        msgs: 'messages in line',
      },
    ]);
  });

  it('keeps its own parts of the line where a field has the same name', () => {
    const { log, lines, read } = logger();
    log('info', 'ready', { level: 9, msg: 'x', time: 'y' });
    expect(read()).toMatchObject([{ level: 'info', msg: 'ready', level_: 9, msg_: 'x', time_: 'y' }]);
    expect(lines[0]?.match(/"msg":/g)).toHaveLength(1);
  });

  it('survives whatever it is given', () => {
    const { log, read } = logger();
    const circle: Record<string, unknown> = { name: 'a' };
    circle['self'] = circle;
    const trap = {
      get boom() {
        throw new Error('no');
      },
    };
    log('warn', 'odd', { circle, big: 10n, bytes: new Uint8Array(5), run: () => 1, none: undefined });
    log('warn', 'trap', { trap });
    log('warn', 'long', { text: 'x'.repeat(100_000), list: Array(5_000).fill(1) });
    const [odd, trapped, long] = read();
    expect(odd).toMatchObject({
      msg: 'odd',
      circle: { name: 'a', self: '[seen above]' },
      big: '10',
      bytes: '[5 bytes]',
    });
    expect(trapped).toMatchObject({ msg: 'trap', fields: '[unreadable]' });
    expect(JSON.stringify(long).length).toBeLessThan(6_000);
  });

  it('goes to standard output, and its last line is there when the process exits', () => {
    const script = `import { createLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
createLog({ level: 'info', secrets: [] })('info', 'ready');
process.exit(0);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(JSON.parse(output)).toMatchObject({ level: 'info', msg: 'ready' });
  });
});
