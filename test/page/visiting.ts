import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startVisit, type Visit, type VisitOptions } from './visit.ts';

/**
 * One local world with a browser for all tests of a file; who sits down in a test stands up after it, unless they are
 * staying. Afterwards nobody may have had anything to complain about.
 */
export function visiting(options?: VisitOptions): { readonly visit: Visit } {
  const held: { visit?: Visit } = {};
  beforeAll(async () => {
    held.visit = await startVisit(options);
  });
  afterEach(() => held.visit?.leave());
  afterAll(async () => {
    const mistakes = held.visit?.mistakes();
    await held.visit?.close();
    expect(mistakes).toEqual([]);
  });
  return {
    get visit() {
      if (held.visit === undefined) throw new Error('the visit has not begun');
      return held.visit;
    },
  };
}
