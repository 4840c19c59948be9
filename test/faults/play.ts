import { type RaisedTown, raiseTown } from '../e2e/raise-town.ts';
import { leaks, MORE_SECRETS, recordsFolder, written } from './canaries.ts';
import type { Fault, Row } from './row.ts';

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
process.on('uncaughtException', (error) => unhandled.push(error));

/** The time limit for calls to Slack, 10 s, would be waited for in real time; while a world is built it stays as it is. */
let isHurried = false;
const { timeout } = AbortSignal;
AbortSignal.timeout = (ms) => timeout.call(AbortSignal, isHurried && ms === 10_000 ? 500 : ms);

/** Far longer than any of them takes: a bot that hangs is seen, not waited for. */
const ENDS_WITHIN_MS = 40_000;
const NOT_CLOSED = { complaints: new Set(['the bot does not stop']), expected: new Set<string>() };

async function within<T, U>(ms: number, work: Promise<T>, late: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  return await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Builds a world, makes the fault happen in it, and tells what was seen, also of what must never be seen. */
export async function playFault({ door, fault, expected, mode, town: options = {}, play }: Fault): Promise<Row> {
  unhandled.length = 0;
  const records = recordsFolder();
  const environment = { ...MORE_SECRETS, ...options.environment };
  isHurried = false;
  const building = raiseTown(mode ?? 'socket', { ...options, environment, database: records.database });
  const town = await within(ENDS_WITHIN_MS, building, undefined);
  if (town === undefined) return { door, fault, expected, seen: 'the bot does not start' };
  isHurried = true;
  const story = play(town).catch((error: unknown) => `the story broke off: ${words(error)}`);
  const seen = await within(ENDS_WITHIN_MS, story, 'no end of the story');
  const wrong = await lookBehind(town, records);
  return { door, fault, expected, seen: [seen, ...wrong].join('; ') };
}

/** What must not be: a crash, a message that Slack or SuperOffice cannot take, a secret. */
async function lookBehind(town: RaisedTown, records: ReturnType<typeof recordsFolder>): Promise<readonly string[]> {
  const places = await written(town).catch((error: unknown) => ({ nothing: words(error) }));
  const { complaints, expected } = (await within(ENDS_WITHIN_MS, town.close(), undefined)) ?? NOT_CLOSED;
  const found = leaks({ ...places, 'the records': records.read() });
  records.remove();
  return [
    ...unhandled.map((reason) => `CRASHED: ${words(reason)}`),
    ...[...complaints].filter((complaint) => !expected.has(complaint)).map((complaint) => `COMPLAINT: ${complaint}`),
    ...('nothing' in places ? [`NOT ALIVE: ${places.nothing}`] : []),
    ...found.map((leak) => `LEAK: ${leak}`),
  ];
}
