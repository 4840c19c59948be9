import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRunFile, readRun, runPlace } from '../../src/main/run-file.ts';
import { stopInTime } from '../../src/main/stopping.ts';
import { createTestClock, settle } from '../test-clock.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'logoff-run-'));
  onTestFinished(() => {
    chmodSync(made, 0o700);
    rmSync(made, { recursive: true });
  });
  return made;
}

/** A bot's run file in a new folder. */
function running(run = 'run-1') {
  const place = runPlace(`sqlite:${join(folder(), 'logoff.db')}`, 3000);
  if (place === undefined) throw new Error('a file has a place');
  const clock = createTestClock();
  const logged: string[] = [];
  const log = (level: string, code: string) => void logged.push(`${level} ${code}`);
  const file = openRunFile(place, { pid: process.pid, run }, clock, log);
  const state = { asked: false };
  void file.asked.then(() => {
    state.asked = true;
  });
  return { place, clock, logged, log, file, state };
}

describe('the files by which a running bot is found', () => {
  it('lie beside the database, and are told apart by the port where there is no file', () => {
    expect(runPlace('sqlite:/var/lib/logoff/logoff.db', 3000)).toEqual({
      running: '/var/lib/logoff/logoff.db.running',
      stop: '/var/lib/logoff/logoff.db.stop',
    });
    expect(runPlace('postgres://u:secret@db/logoff', 3001)?.running).toMatch(/\/data\/logoff-3001\.running$/);
    expect(runPlace('sqlite::memory:', 3000)).toBeUndefined();
  });

  it('can be read by nobody but the bot’s user', () => {
    const { place } = running();
    expect(statSync(place.running).mode & 0o777).toBe(0o600);
    expect(readRun(place.running)).toEqual({ pid: process.pid, run: 'run-1' });
  });

  it('stop the run that they name, within a second, and no other', async () => {
    const { place, clock, state } = running('run-2');
    writeFileSync(place.stop, 'run-1');
    await clock.advance(5_000);
    expect(state.asked).toBe(false);
    writeFileSync(place.stop, 'run-2\n');
    await clock.advance(1_000);
    expect(state.asked).toBe(true);
  });

  it('a wish that was left from earlier does not stop a new start', () => {
    const at = folder();
    const place = { running: join(at, 'x.running'), stop: join(at, 'x.stop') };
    writeFileSync(place.stop, 'old');
    openRunFile(place, { pid: 1, run: 'old' }, createTestClock(), () => {});
    expect(existsSync(place.stop)).toBe(false);
  });

  it('are gone once the bot has ended, unless they are those of a later one', () => {
    const { place, file, clock } = running();
    writeFileSync(place.stop, 'run-1');
    file.close();
    expect([existsSync(place.running), existsSync(place.stop), clock.waiting()]).toEqual([false, false, 0]);
    const older = openRunFile(place, { pid: 1, run: 'older' }, clock, () => {});
    openRunFile(place, { pid: 2, run: 'newer' }, clock, () => {});
    older.close();
    expect(readRun(place.running)?.run).toBe('newer');
  });

  it('never write through a link that somebody put there', () => {
    const at = folder();
    const victim = join(at, 'victim');
    writeFileSync(victim, 'precious');
    const place = { running: join(at, 'x.running'), stop: join(at, 'x.stop') };
    symlinkSync(victim, place.running);
    openRunFile(place, { pid: 1, run: 'r' }, createTestClock(), () => {});
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readRun(place.running)?.run).toBe('r');
  });

  it('are done without where nothing can be written: the operator is told, the bot runs', () => {
    const at = folder();
    writeFileSync(join(at, 'file'), '');
    const place = { running: join(at, 'file', 'x.running'), stop: join(at, 'file', 'x.stop') };
    const logged: string[] = [];
    const file = openRunFile(place, { pid: 1, run: 'r' }, createTestClock(), (level, code) => {
      logged.push(`${level} ${code}`);
    });
    file.close();
    expect(logged).toEqual(['info stop_command_unavailable']);
  });

  it.each(['', 'no json', '{}', '{"pid":0,"run":"x"}', '{"pid":"1","run":"x"}'])(
    'tell nothing where they hold something else: %s',
    (text) => {
      const path = join(folder(), 'x.running');
      writeFileSync(path, text);
      expect(readRun(path)).toBeUndefined();
    },
  );
});

describe('a stop', () => {
  it('waits for what runs, and says that it has stopped', async () => {
    const clock = createTestClock();
    const logged: string[] = [];
    const work = Promise.withResolvers<void>();
    const stopped = stopInTime(
      () => work.promise,
      clock,
      (level, code) => logged.push(`${level} ${code}`),
    );
    await clock.advance(24_999);
    expect(logged).toEqual([]);
    work.resolve();
    await stopped;
    expect([logged, clock.waiting()]).toEqual([['info stopped'], 0]);
  });

  it('takes 25 s at most: what still runs is left to the next start, and the operator is told', async () => {
    const clock = createTestClock();
    const logged: string[] = [];
    const stopped = stopInTime(
      () => new Promise<never>(() => {}),
      clock,
      (level, code, fields) => logged.push(`${level} ${code} ${JSON.stringify(fields)}`),
    );
    await settle();
    await clock.advance(25_000);
    await stopped;
    expect(logged).toEqual(['warn stopped_with_work_left {"after":25000}']);
  });
});
