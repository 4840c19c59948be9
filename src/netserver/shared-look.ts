/** Who asks later than this after a look began does not wait for its end: a server that is slow is asked side by side. */
const LONGEST_WAIT_MS = 500;

/**
 * Lets those who ask while a look is under way share the next one, which begins after all of them asked: nobody is told what
 * was seen before. Of many requests at a time each would read the whole list by itself otherwise.
 */
export function sharedLook<T>(look: () => Promise<T>, monotonic: () => number): () => Promise<T> {
  let running: { readonly since: number; readonly ended: Promise<void> } | undefined;
  let next: Promise<T> | undefined;

  function begin(): Promise<T> {
    const started = look();
    const own = { since: monotonic(), ended: started.then(done, done) };
    function done(): void {
      if (running === own) running = undefined;
    }
    running = own;
    return started;
  }

  return () => {
    if (next !== undefined) return next;
    if (running === undefined || monotonic() - running.since > LONGEST_WAIT_MS) return begin();
    next = running.ended.then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };
}
