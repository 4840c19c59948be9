import { describe, expect, test } from 'vitest';
import { newestOnly } from '../../src/slack/newest-press.ts';

/** A window at Slack: an update counts only with the hash that it has now. */
function slackWindow() {
  let hash = 'h0';
  let n = 0;
  const drawn: string[] = [];
  return {
    drawn,
    hash: () => hash,
    draw:
      (words: string, delay: Promise<void> = Promise.resolve()) =>
      async (given: string | undefined) => {
        await delay;
        if (given !== hash) return undefined;
        n += 1;
        hash = `h${n}`;
        drawn.push(words);
        return hash;
      },
  };
}

describe('presses in one window', () => {
  test('are drawn one after another, also where they were sent before the last drawing was seen', async () => {
    const window = slackWindow();
    const { press } = newestOnly();
    await press('V1', '1', 'h0', async () => window.draw('first'));
    await press('V1', '2', 'h0', async () => window.draw('second'));
    await press('V1', '3', 'h0', async () => window.draw('third'));
    expect(window.drawn).toEqual(['first', 'second', 'third']);
  });

  test('an older press that arrives or is found out later is not drawn', async () => {
    const window = slackWindow();
    const { press } = newestOnly();
    const gate = Promise.withResolvers<void>();
    const slow = press('V1', '1', 'h0', async () => {
      await gate.promise;
      return window.draw('old');
    });
    await press('V1', '2', 'h0', async () => window.draw('new'));
    gate.resolve();
    await slow;
    await press('V1', '1.5', 'h0', async () => window.draw('older'));
    expect(window.drawn).toEqual(['new']);
  });

  test('the newest waits for an update that is on its way', async () => {
    const window = slackWindow();
    const { press } = newestOnly();
    const gate = Promise.withResolvers<void>();
    const first = press('V1', '1', 'h0', async () => window.draw('first', gate.promise));
    await Promise.resolve();
    await Promise.resolve();
    const second = press('V1', '2', 'h0', async () => window.draw('second'));
    gate.resolve();
    await Promise.all([first, second]);
    expect(window.drawn.at(-1)).toBe('second');
  });

  test('what somebody else drew meanwhile is not drawn over', async () => {
    const window = slackWindow();
    const { press } = newestOnly();
    await window.draw('by another process')('h0');
    await press('V1', '1', 'h0', async () => window.draw('mine'));
    expect(window.drawn).toEqual(['by another process']);
  });

  test('after the end nothing is drawn until the window is there again', async () => {
    const window = slackWindow();
    const { press, end, again } = newestOnly();
    end('V1');
    await press('V1', '1', 'h0', async () => window.draw('late'));
    expect(window.drawn).toEqual([]);
    again('V1');
    await press('V1', '2', 'h0', async () => window.draw('on time'));
    expect(window.drawn).toEqual(['on time']);
  });

  test('a drawing that fails holds nothing up, and who pressed hears of it', async () => {
    const window = slackWindow();
    const { press } = newestOnly();
    const failing = press('V1', '1', 'h0', async () => async () => {
      throw new Error('Slack is away');
    });
    await expect(failing).rejects.toThrow('Slack is away');
    await press('V1', '2', 'h0', async () => window.draw('second'));
    expect(window.drawn).toEqual(['second']);
  });

  test('many windows are forgotten, the oldest first', async () => {
    const { press } = newestOnly();
    const window = slackWindow();
    await press('V0', '5', 'h0', async () => undefined);
    for (let n = 1; n <= 500; n += 1) await press(`V${n}`, '1', 'h0', async () => undefined);
    await press('V0', '1', 'h0', async () => window.draw('as if it were new'));
    expect(window.drawn).toEqual(['as if it were new']);
  });
});
