const TICK_MS = 1;

/** Milliseconds that the event loop was kept from going on: by this thread's own work, and by the clock on the wall. */
export interface Stall {
  readonly cpu: number;
  readonly wall: number;
}

/** Watches from now on; the function given ends that and tells the longest stall. */
export function watchStalls(): () => Stall {
  let longest: Stall = { cpu: 0, wall: 0 };
  let cpu = process.threadCpuUsage();
  let wall = performance.now();
  const timer = setInterval(() => {
    const [cpuNow, wallNow] = [process.threadCpuUsage(), performance.now()];
    const own = (cpuNow.user + cpuNow.system - cpu.user - cpu.system) / 1_000;
    longest = { cpu: Math.max(longest.cpu, own), wall: Math.max(longest.wall, wallNow - wall - TICK_MS) };
    [cpu, wall] = [cpuNow, wallNow];
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
