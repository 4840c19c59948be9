import { z } from 'zod';
import { type Policy, policyShape } from './policy.ts';

/** The rules that were in force, from the JSON of their settings file. Nothing where this program cannot read them any more. */
export function readRules(json: string, version: string): Policy | undefined {
  try {
    const read = z.strictObject(policyShape).safeParse(JSON.parse(json));
    return read.success ? { ...read.data, version } : undefined;
  } catch {
    return undefined;
  }
}
