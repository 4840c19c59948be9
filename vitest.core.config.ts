import { defineConfig } from 'vitest/config';

/** The tests of src/core alone: what the mutation run repeats for each mutant. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    // It tests whether the stories and sentences find faults, which says nothing of a mutant.
    exclude: ['test/core/request/faults.property.test.ts'],
    setupFiles: ['test/mutation/setup.ts'],
    env: { STORIES: '100' },
    pool: 'forks',
    testTimeout: 60_000,
  },
});
