/** Runs `work` for a key unless it is already running; then both get the same end. */
export function singleFlight<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const flying = new Map<string, Promise<T>>();
  return (key, work) => {
    const running = flying.get(key);
    if (running !== undefined) return running;
    const started = work().finally(() => flying.delete(key));
    flying.set(key, started);
    return started;
  };
}
