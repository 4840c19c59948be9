const write = (line: string) => process.stdout.write(`${line}\n`);

/** Runs named checks one after the other, says how each came out, and remembers what failed. */
export interface Checks {
  chapter(title: string): void;
  check(what: string, work: () => Promise<void>): Promise<void>;
  readonly failed: readonly string[];
  readonly passed: number;
}

export function createChecks(): Checks {
  const failed: string[] = [];
  let passed = 0;
  return {
    chapter: (title) => write(`\n${title}`),
    async check(what, work) {
      try {
        await work();
        passed += 1;
        write(`  ok      ${what}`);
      } catch (error) {
        failed.push(what);
        write(`  FAILED  ${what}\n${String(error instanceof Error ? error.stack : error)}`);
      }
    },
    failed,
    get passed() {
      return passed;
    },
  };
}
