import { parseArgs } from 'node:util';
import type { Plan } from './plan.ts';

export interface Options {
  readonly mode: Plan['mode'];
  readonly json: boolean;
  /** Only groups of figures whose name holds this. */
  readonly only: string | undefined;
  readonly seed: number;
}

/** What was asked for on the command line. Throws for what is not understood. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');
  const mode = values.check ? 'check' : values.quick ? 'quick' : 'full';
  return { mode, json: values.json, only: values.only, seed };
}
