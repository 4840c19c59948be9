/**
 * What `npm run services` runs and `npm test` leaves out: many real processes, databases that go away, each crash point, and whether
 * the random stories find faults that are put in.
 */
export const services: readonly string[] = [
  'test/replicas/**/*.test.ts',
  'test/outage/**/*.test.ts',
  'test/delivery/installed.test.ts',
  'test/backup/**/*.test.ts',
  'test/store/postgres.test.ts',
  'test/workflows/crash.test.ts',
  'test/workflows/crash-everyone.test.ts',
  'test/core/request/faults.property.test.ts',
  'test/main/policy.test.ts',
  'test/main/audit.test.ts',
  'test/main/stop.test.ts',
  'test/built.test.ts',
];
