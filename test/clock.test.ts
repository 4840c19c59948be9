import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../src/clock.ts';
import type { Clock } from '../src/workflows/ports.ts';

const DAY = 86_400_000;

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is what the workflows ask for, and tells the time of the machine', () => {
    const clock: Clock = systemClock();
    expect(clock.now()).toBe(1_700_000_000_000);
    const before = clock.monotonic();
    vi.advanceTimersByTime(1_500);
    expect(clock.monotonic() - before).toBe(1_500);
  });

  it('does not let growing time go back when somebody sets the clock of the machine', () => {
    const clock = systemClock();
    const before = clock.monotonic();
    vi.setSystemTime(1_600_000_000_000);
    expect(clock.now()).toBe(1_600_000_000_000);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(before);
  });

  it('calls back once, after the delay', () => {
    const run = vi.fn();
    systemClock().after(2_000, run);
    vi.advanceTimersByTime(1_999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledOnce();
  });

  it.each([-5, 0, Number.NaN])('calls back at once for a delay of %d', (delay) => {
    const run = vi.fn();
    systemClock().after(delay, run);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledOnce();
  });

  it('does not fire at once for a delay that is longer than a timer of Node can be', () => {
    const run = vi.fn();
    systemClock().after(60 * DAY, run);
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('does not call back once it was prevented, in the later part of a long delay too, and leaves no timer', () => {
    const run = vi.fn();
    const clock = systemClock();
    const short = clock.after(1_000, run);
    const long = clock.after(60 * DAY, run);
    short();
    vi.advanceTimersByTime(30 * DAY);
    long();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(90 * DAY);
    expect(run).not.toHaveBeenCalled();
  });
});
