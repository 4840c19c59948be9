import type { World } from '../../src/workflows/world.ts';

/** Stands in front of every call that leaves the workflows; `call` does what was asked for. */
export type Gate = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

function behind<P extends object>(port: string, target: P, gate: Gate): P {
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) =>
        gate(`${port}.${String(key)}`, async () => await Reflect.apply(member, object, given));
    },
  });
}

/** The same world with a gate in front of all its ports. Timers only fire while `alive`. */
export function throughGate(world: World, gate: Gate, alive: () => boolean = () => true): World {
  const { clock } = world;
  return {
    ...world,
    clock: { ...clock, after: (delay, run) => clock.after(delay, () => alive() && run()) },
    requests: behind('requests', world.requests, gate),
    drawings: behind('drawings', world.drawings, gate),
    policies: behind('policies', world.policies, gate),
    pauses: behind('pauses', world.pauses, gate),
    netserver: behind('netserver', world.netserver, gate),
    people: behind('people', world.people, gate),
    directory: behind('directory', world.directory, gate),
    messenger: behind('messenger', world.messenger, gate),
  };
}

export interface Life {
  readonly gate: Gate;
  readonly alive: () => boolean;
  /** The calls that were made, in order; where it died, the last one is the one it died at. */
  readonly calls: readonly string[];
}

/**
 * The life of a process that dies at its `at`-th call, either before that call had its effect or after, when only the answer is lost. The dead
 * do nothing more: their calls never come back and their timers never fire.
 */
export function createLife(at = Number.POSITIVE_INFINITY, when: 'before' | 'after' = 'before'): Life {
  const calls: string[] = [];
  let alive = true;
  const gone = () => new Promise<never>(() => {});
  return {
    calls,
    alive: () => alive,
    async gate(name, call) {
      if (!alive) return await gone();
      calls.push(name);
      if (calls.length === at) {
        alive = false;
        if (when === 'after') await call().catch(() => {});
        return await gone();
      }
      const result = await call();
      return alive ? result : await gone();
    },
  };
}
