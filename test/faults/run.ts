import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { matrix } from './matrix.ts';
import { playFault } from './play.ts';
import type { Row } from './row.ts';
import { isAsExpected, printTable } from './table.ts';

/** Worlds are built one after the other in each of them: each has the process's clock to itself. */
const LANES = 2;

/** Its place in the matrix, so that the table has the matrix's order. */
type Placed = readonly [place: number, row: Row];

/** The faults that are meant: all, or those of a door or with some words in their name. */
const chosen = (words: string | undefined) =>
  matrix
    .map((fault, place) => [place, fault] as const)
    .filter(([, { door, fault }]) => words === undefined || door === words || fault.includes(words));

async function lane(number: number, words: string | undefined): Promise<void> {
  const mine = chosen(words).filter((_, index) => index % LANES === number);
  for (const [place, fault] of mine) {
    const placed: Placed = [place, await playFault(fault)];
    process.send?.(placed);
  }
}

function startLane(number: number, words: string | undefined, hear: (placed: Placed) => void): ChildProcess {
  const child = fork(import.meta.filename, ['--lane', String(number), ...(words === undefined ? [] : [words])], {
    execArgv: process.execArgv,
  });
  child.on('message', (message: Placed) => hear(message));
  return child;
}

/** Runs the matrix and prints what was seen. Gives the exit code. */
async function run(words: string | undefined): Promise<number> {
  const begun = performance.now();
  const rows: Placed[] = [];
  const hear = (placed: Placed) => {
    rows.push(placed);
    process.stdout.write(isAsExpected(placed[1]) ? '.' : '!');
  };
  const lanes = Array.from({ length: LANES }, (_, number) => startLane(number, words, hear));
  const ends = await Promise.all(lanes.map((child) => once(child, 'exit')));
  const table = rows.toSorted(([a], [b]) => a - b).map(([, row]) => row);
  const wrong = table.filter((row) => !isAsExpected(row)).length;
  const missing = chosen(words).length - table.length;
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  process.stdout.write(`\n\n${printTable(table)}\n`);
  process.stdout.write(`${table.length} faults, ${wrong} not as expected, ${missing} not seen, in ${seconds} s.\n`);
  return wrong === 0 && missing === 0 && table.length > 0 && ends.every(([code]) => code === 0) ? 0 : 1;
}

const [first, number, words] = process.argv.slice(2);
if (first === '--lane') {
  // Whoever asked for the lane is gone.
  process.on('disconnect', () => process.exit(1));
  await lane(Number(number), words);
  process.exit(0);
}
process.exit(await run(first));
