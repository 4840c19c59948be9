import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';

/** The tests in a real browser: `npm run e2e`. */
export default defineConfig({
  test: {
    include: ['test/page/**/*.test.ts'],
    pool: 'forks',
    // Each file has a browser, a bot and a local world of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
});
