import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';
import { services } from './test/suites.ts';

/** Several real processes and databases that go away: `npm run services`. */
export default defineConfig({
  test: {
    include: [...services],
    pool: 'forks',
    // They measure what happens in real time between processes: one file after the other.
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
