import { randomUUID } from 'node:crypto';
import { type Configuration, startBot } from '../app.ts';
import { systemClock } from '../clock.ts';
import { EdgeError } from '../core/errors.ts';
import { createLog } from '../log.ts';
import type { Log } from '../workflows/ports.ts';
import { openRunFile, runPlace } from './run-file.ts';
import { stopInTime, stopSignal } from './stopping.ts';

/** Runs the bot until it is asked to stop. Gives the exit code. */
export async function start(configuration: Configuration): Promise<number> {
  const { environment, secrets } = configuration;
  const log = createLog({ level: environment.logLevel, secrets });
  process.on('unhandledRejection', (reason) => {
    log('error', 'unhandled_rejection', { error: nameOf(reason) });
    process.exit(1);
  });
  process.on('uncaughtException', (error) => {
    log('error', 'uncaught_exception', { error: nameOf(error) });
    process.exit(1);
  });
  try {
    return await run(configuration, log);
  } catch (error) {
    const why = whyNot(error);
    if (why === undefined) throw error;
    log('error', 'cannot_start', why);
    return 1;
  }
}

async function run(configuration: Configuration, log: Log): Promise<number> {
  const { environment } = configuration;
  const clock = systemClock();
  // From the first moment on: as the first process of a container it would hear no signal that it does not ask for.
  const signal = stopSignal();
  const bot = await Promise.race([startBot(configuration, clock, log), signal]);
  if (typeof bot === 'string') {
    // Nothing has been taken in yet, and what was being written is whole or not there.
    log('info', 'stopped_while_starting', { signal: bot });
    return 0;
  }
  const place = runPlace(environment.databaseUrl.reveal(), environment.port);
  const file = place && openRunFile(place, { pid: process.pid, run: randomUUID() }, clock, log);
  const asked = file === undefined ? [] : [file.asked.then(() => 'stop command')];
  log('info', 'stopping', { signal: await Promise.race([signal, ...asked]) });
  void stopSignal().then((again) => {
    log('warn', 'stopped_at_once', { signal: again });
    file?.close();
    process.exit(1);
  });
  await stopInTime(() => bot.stop(), clock, log);
  file?.close();
  return 0;
}

const LISTENING: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it already',
  EACCES: 'this user may not use it, as often with ports below 1024',
  EADDRNOTAVAIL: 'this machine does not have that address',
};

/** What keeps it from starting, where that can be said in a sentence. */
function whyNot(error: unknown): { readonly code: string; readonly why: string } | undefined {
  if (error instanceof EdgeError) return { code: error.code, why: error.message };
  if (!(error instanceof Error) || Reflect.get(error, 'syscall') !== 'listen') return undefined;
  const [code, port, host]: unknown[] = ['code', 'port', 'address'].map((key) => Reflect.get(error, key));
  const why = LISTENING[`${code}`] ?? 'it cannot be had';
  return {
    code: 'cannot_listen',
    why: `Cannot listen on port ${port} of ${host}: ${why} (${code}). See HOST, PORT and METRICS_PORT.`,
  };
}

const nameOf = (error: unknown): string =>
  error instanceof EdgeError
    ? `${error.name} ${error.code}`
    : error instanceof Error
      ? `${error.name}: ${error.stack?.split('\n')[1]?.trim() ?? ''}`
      : typeof error;
