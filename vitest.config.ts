import './src/node-version.cjs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { services } from './test/suites.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Those need a browser (npm run e2e), or take many real processes (npm run services).
    exclude: ['test/page/**', ...services],
    setupFiles: ['test/fixed-seed.ts'],
    pool: 'forks',
    // Half the time would go to loading the same libraries for each file; no file leaves anything behind for the next one.
    isolate: false,
    // No test waits that long; a machine that does much else may need it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Some wait for real sockets; meanwhile another one has the core. By itself it would even leave one of two idle.
    maxWorkers: availableParallelism() + 1,
    unstubEnvs: true,
  },
});
