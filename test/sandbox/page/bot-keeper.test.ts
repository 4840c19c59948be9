import { describe, expect, it } from 'vitest';
import type { BotProcess } from '../../../src/sandbox/bot-process.ts';
import { createBotKeeper } from '../../../src/sandbox/page/bot-keeper.ts';
import { createDemoClock } from '../../../src/sandbox/page/demo-clock.ts';

/** A keeper of processes that only exist here; `end` is a bot that ends by itself. */
function keeping(start?: () => Promise<BotProcess>) {
  const told: object[] = [];
  const ends: (() => void)[] = [];
  const starts: (string | undefined)[] = [];
  const clock = createDemoClock();
  const changes: string[] = [];
  const process = async (): Promise<BotProcess> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ends.push(resolve);
    const end = async () => resolve();
    const stop = async () => {
      resolve();
      return 0;
    };
    const tell = (message: object) => told.push(message);
    return { port: 1, lines: ['one', 'two'], stop, kill: end, signal: () => {}, ended: promise, tell };
  };
  const keeper = createBotKeeper(
    '/nowhere',
    { A: 'b' },
    clock,
    () => changes.push(keeper.state().is),
    (_folder, environment) => {
      starts.push(environment['DEMO_CLOCK_AHEAD']);
      return (start ?? process)();
    },
  );
  return { keeper, clock, told, starts, changes, end: () => ends.at(-1)?.() };
}

describe('the keeper of the bot', () => {
  it('starts it once, however often it is asked to, and tells it where the clock is', async () => {
    const { keeper, clock, told, starts } = keeping();
    await Promise.all([keeper.start(), keeper.start()]);
    await keeper.start();
    clock.forward(60_000);
    expect(starts).toEqual(['0']);
    expect(told).toEqual([{ ahead: 60_000 }]);
    await keeper.kill();
    await keeper.start();
    expect(starts).toEqual(['0', '60000']);
  });

  it('tells a bot that was coming up while the clock was moved', async () => {
    const { keeper, clock, told } = keeping();
    const started = keeper.start();
    clock.forward(1_000);
    await started;
    expect(told).toEqual([{ ahead: 1_000 }]);
  });

  it('says that it was killed, and can be started again', async () => {
    const { keeper, changes } = keeping();
    await keeper.start();
    await keeper.kill();
    await keeper.start();
    await keeper.stop();
    expect(changes).toEqual(['starting', 'running', 'killed', 'starting', 'running', 'killed']);
  });

  it('says why it did not start', async () => {
    const { keeper } = keeping(() => Promise.reject(new Error('the bot ended before it was ready')));
    await keeper.start();
    expect(keeper.state()).toEqual({ is: 'failed', why: 'the bot ended before it was ready' });
  });

  it('says its last words where it ended by itself', async () => {
    const { keeper, end } = keeping();
    await keeper.start();
    end();
    await expect.poll(keeper.state).toEqual({ is: 'failed', why: 'the bot ended by itself:\none\ntwo' });
  });
});
