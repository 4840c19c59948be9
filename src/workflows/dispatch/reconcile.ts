import { codeOf, codeOrName, EdgeError } from '../../core/errors.ts';
import type { RequestId } from '../../core/ids.ts';
import { isDue } from '../../core/request/dispatch-plan.ts';
import type { Via } from '../../core/request/entry.ts';
import { isOpen, type Request } from '../../core/request/request.ts';
import type { Event } from '../../core/request/transition.ts';
import type { Duration } from '../../core/time.ts';
import { draw, type Unrecorded } from '../drawing/draw-request.ts';
import { readWhoIsOn } from '../people/read-who-is-on.ts';
import { apply } from '../records.ts';
import type { World } from '../world.ts';
import { dispatch, RETRY_AFTER } from './dispatch.ts';
import { othersOn } from './who-everyone-is.ts';

/** How often the clock asks the records what is due. */
const TICK: Duration = 1_000;
const BATCH = 100;
/**
 * A request that goes through several states within this time is drawn once, as it is then: each drawing is a call or two of
 * Slack's, which takes about one a second in a channel. A state that lasts is shown after it.
 */
const PASSING: Duration = 250;

export interface Reconciler {
  /** Brings the outside in line with this record, soon. Many calls for one request are one piece of work. */
  wake(id: RequestId, via: Via): void;
  /** Takes up everything that is open, then follows the clock. */
  start(): void;
  /** Begins nothing by itself any more: no dispatch, nothing by the clock. What comes in is still taken and drawn. */
  windDown(): void;
  /** Takes no new work; resolves when what runs has ended. */
  stop(): Promise<void>;
  /** Resolves when nothing is running; what waits for the clock goes on waiting. */
  settled(): Promise<void>;
}

/** Makes the one reconciler of a process: level-triggered, for commands, clicks, the clock and start-up alike. */
export function createReconciler(world: World): Reconciler {
  const running = new Map<RequestId, { again: Via | undefined; readonly work: Promise<void> }>();
  const drawing = new Map<RequestId, { again: boolean; anew: boolean; readonly work: Promise<void> }>();
  /** What must wait, and until when on the growing clock: a re-check that nobody could answer, the next look at the archive. */
  const notBefore = new Map<RequestId, number>();
  /** One timer for each piece of work: what fails again and again must not leave one more behind each time. */
  const timers = new Map<string, () => void>();
  const unrecorded: Unrecorded = new Map();
  let ticking: Promise<void> | undefined;
  let cancelTick: (() => void) | undefined;
  let stopped = false;
  let windingDown = false;
  const lapse: Event = world.alone === true ? { kind: 'lapse', alone: world.holder } : { kind: 'lapse' };

  function wake(id: RequestId, via: Via): void {
    if (stopped) return;
    const current = running.get(id);
    if (current !== undefined) {
      current.again = via;
      return;
    }
    const entry = { again: undefined as Via | undefined, work: Promise.resolve() };
    const run = async () => {
      let next: Via | undefined = via;
      while (next !== undefined) {
        entry.again = undefined;
        const passed = await survive(id, 'reconcile', () => reconcile(id, next ?? via));
        if (!passed) postpone(id, RETRY_AFTER);
        next = entry.again;
      }
      running.delete(id);
      wakeDrawer(id);
    };
    entry.work = run();
    running.set(id, entry);
  }

  /** For what happens while more is to happen at once; the end of the pass draws in any case. */
  function drawIfItLasts(id: RequestId): void {
    if (!timers.has(`lasts ${id}`)) later(`lasts ${id}`, PASSING, () => wakeDrawer(id));
  }

  /** `anew`: the card too, although the record stands as it was drawn. */
  function wakeDrawer(id: RequestId, anew = false): void {
    timers.get(`lasts ${id}`)?.();
    timers.delete(`lasts ${id}`);
    const current = drawing.get(id);
    if (current !== undefined) {
      current.again = true;
      current.anew ||= anew;
      return;
    }
    const entry = { again: false, anew, work: Promise.resolve() };
    const run = async () => {
      do {
        entry.again = false;
        const cardAnew = entry.anew;
        entry.anew = false;
        const passed = await survive(id, 'draw', () => draw(id, world, unrecorded, cardAnew));
        if (!passed) later(`draw ${id}`, RETRY_AFTER, () => wakeDrawer(id));
      } while (entry.again);
      drawing.delete(id);
    };
    entry.work = run();
    drawing.set(id, entry);
  }

  async function survive(id: RequestId, what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const code = codeOrName(error);
      const surprise = error instanceof EdgeError ? {} : { error };
      world.log('error', 'reconcile_failed', { request: id, what, code, ...surprise });
      return false;
    }
  }

  function later(key: string, delay: Duration, run: () => void): void {
    timers.get(key)?.();
    timers.delete(key);
    if (windingDown) return;
    const fire = () => {
      timers.delete(key);
      run();
    };
    timers.set(key, world.clock.after(delay, fire));
  }

  function postpone(id: RequestId, delay: Duration): void {
    notBefore.set(id, world.clock.monotonic() + delay);
    later(`wake ${id}`, delay, () => wake(id, 'timer'));
  }

  const mustWait = (id: RequestId): boolean => (notBefore.get(id) ?? 0) > world.clock.monotonic();

  /** The cards of other open requests for these people name this one, which is over. */
  async function drawOthers({ id, targets }: Request): Promise<void> {
    const others = await world.requests.openFor(
      targets.map((target) => target.id),
      id,
    );
    for (const other of others) wakeDrawer(other.id, true);
  }

  /** One pass over a record until nothing is to be done at this moment. */
  async function reconcile(id: RequestId, via: Via): Promise<void> {
    for (;;) {
      if (world.clockIsOff?.() === true) return postpone(id, RETRY_AFTER);
      const lapsed = await apply(id, lapse, via, world);
      if (lapsed === undefined) return;
      drawIfItLasts(id);
      const { request } = lapsed;
      if (!isOpen(request)) return await drawOthers(request);
      const now = world.clock.now();
      if (mustWait(id)) return;
      notBefore.delete(id);
      if (request.status === 'verifying') {
        const on = await readWhoIsOn(world);
        const others = await othersOn(request, on, world);
        const looked = await apply(id, { kind: 'looked', on, askedAt: now, others }, via, world);
        if (looked?.ok === true) drawIfItLasts(id);
        if (looked?.request.status === 'verifying') return postpone(id, world.verify.every);
        continue;
      }
      if (!isDue(request, now) || windingDown) return;
      const outcome = await dispatch(request, via, world);
      drawIfItLasts(id);
      if (outcome === 'wait') return postpone(id, RETRY_AFTER);
    }
  }

  /** Where no other process can be running, a call that another one had under way is over: nobody waits for its lease. */
  async function takeOver(): Promise<void> {
    for (const { id, status } of await world.requests.listOpen(Number.MAX_SAFE_INTEGER)) {
      if (status === 'dispatching') wake(id, 'start');
    }
  }

  async function tick(via: Via): Promise<void> {
    try {
      // With a clock that cannot be gone by, what is due is as little known as whose claim is dead.
      if (world.clockIsOff?.() === true) return;
      const now = world.clock.now();
      if (via === 'start' && world.alone === true) await takeOver();
      // What is due but must wait, or is being worked on, takes no place from what is next.
      const dueLimit = BATCH + notBefore.size + running.size;
      const [due, stale] = await Promise.all([world.requests.due(now, dueLimit), world.drawings.stale(now, BATCH)]);
      for (const id of due) if (!mustWait(id)) wake(id, via);
      for (const id of stale) wakeDrawer(id);
    } catch (error) {
      world.log('error', 'tick_failed', { code: codeOf(error) });
    }
  }

  function schedule(via: Via): void {
    ticking = tick(via).then(() => {
      ticking = undefined;
      if (!windingDown) cancelTick = world.clock.after(TICK, () => schedule('timer'));
    });
  }

  const busy = (): readonly Promise<void>[] =>
    [...running.values(), ...drawing.values()].map(({ work }) => work).concat(ticking === undefined ? [] : [ticking]);

  async function settled(): Promise<void> {
    for (let work = busy(); work.length > 0; work = busy()) await Promise.all(work);
  }

  function windDown(): void {
    windingDown = true;
    cancelTick?.();
    for (const cancel of timers.values()) cancel();
  }

  return {
    wake,
    settled,
    start: () => schedule('start'),
    windDown,
    stop: async () => {
      stopped = true;
      windDown();
      await settled();
    },
  };
}
