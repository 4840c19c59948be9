import { EdgeError } from '../../src/core/errors.ts';

/** An edge's error as the fakes throw it. */
export const edgeError = (
  code: string,
  facts: Partial<Pick<EdgeError, 'retryable' | 'executed' | 'retryAfter'>> = {},
): EdgeError => new EdgeError(`made up: ${code}`, { code, retryable: true, executed: 'no', ...facts });

interface Plan {
  left: number;
  readonly meet: () => Promise<void>;
}

export interface Troubles {
  /** The next `times` calls of this name throw. */
  fail(name: string, error: Error, times?: number): void;
  /** The next call of this name waits until the function given back is called. */
  hang(name: string): () => void;
  /** Something happens during the next call of this name, before it goes on. */
  during(name: string, run: () => void | Promise<void>): void;
  /** All is well again, and what hangs goes on. */
  heal(): void;
  /** Called by the fakes at the start of each call. */
  meet(name: string): Promise<void>;
}

/** What goes wrong in the outside world, planned ahead by a test. */
export function createTroubles(): Troubles {
  const plans = new Map<string, Plan[]>();
  const hanging = new Set<() => void>();
  const plan = (name: string, meet: Plan['meet'], left = 1) => {
    plans.set(name, [...(plans.get(name) ?? []), { left, meet }]);
  };
  return {
    fail: (name, error, times = 1) => plan(name, () => Promise.reject(error), times),
    hang(name) {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      hanging.add(release);
      plan(name, () => released);
      return release;
    },
    during: (name, run) => plan(name, async () => run()),
    heal() {
      plans.clear();
      for (const release of hanging) release();
      hanging.clear();
    },
    async meet(name) {
      const [first] = plans.get(name) ?? [];
      if (first === undefined) return;
      first.left -= 1;
      if (first.left === 0) plans.get(name)?.shift();
      await first.meet();
    },
  };
}
