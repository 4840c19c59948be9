import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunSettings } from '../config.ts';
import type { Duration } from '../core/time.ts';
import type { Output } from './refused.ts';
import { readRun, runPlace, writePrivately } from './run-file.ts';
import { STOP_WITHIN } from './stopping.ts';

export const STOP_USAGE = `  superoffice-logoff stop            stops the bot that runs with these settings on this machine, and waits for it
`;

/** The bot looks once a second, then has its time; a little more for the machine. */
const WAIT: Duration = STOP_WITHIN + 10_000;
const LOOK_EVERY: Duration = 200;

/** Asks a bot to stop without a signal, as Windows has none. Gives the exit code: 0 it does not run (any more), 1 it does, 2 settings. */
export async function stopCommand(settings: RunSettings, { out, complain }: Output): Promise<number> {
  if (!settings.ok) {
    complain(`${settings.report}\n`);
    return 2;
  }
  const place = runPlace(settings.databaseUrl.reveal(), settings.port);
  const run = place === undefined ? undefined : readRun(place.running);
  if (place === undefined || run === undefined) {
    out(
      `No bot is running here: ${place === undefined ? 'its database is in memory' : `there is no ${place.running}`}.\n`,
    );
    return 0;
  }
  if (!isAlive(run.pid)) {
    rmSync(place.running, { force: true });
    out('No bot is running here: the last one ended without saying so.\n');
    return 0;
  }
  try {
    writePrivately(place.stop, run.run);
  } catch {
    complain(`${place.stop} cannot be written. Run this as the user that the bot runs as.\n`);
    return 1;
  }
  for (let waited = 0; waited < WAIT; waited += LOOK_EVERY) {
    if (!isAlive(run.pid)) {
      rmSync(place.running, { force: true });
      out('Stopped.\n');
      return 0;
    }
    await wait(LOOK_EVERY);
  }
  rmSync(place.stop, { force: true });
  complain(
    `Process ${run.pid} has not ended within ${WAIT / 1_000} s. Its log says why; if it is the bot, end it by hand: what it leaves, the next start goes on with.\n`,
  );
  return 1;
}

/** Whether there is a process with this number, also one of another user. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM';
  }
}
