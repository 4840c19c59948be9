import './src/node-version.cjs';
import { defineConfig } from 'vitest/config';
import { services } from './test/suites.ts';

/** Random values from a seed that is another one each time, and more of them: `npm run fuzz`, for whoever changes what they look at. */
export default defineConfig({
  test: {
    include: ['test/fuzz/**/*.test.ts', 'test/**/*.property.test.ts'],
    exclude: [...services],
    env: { FUZZ_FACTOR: '20' },
    pool: 'forks',
    testTimeout: 600_000,
  },
});
