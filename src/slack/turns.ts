/**
 * Begins one piece of work in each turn of the event loop, in the order in which they came. A burst of commands is then
 * acknowledged before most of the work begins: by itself each would go as far as it can before the next one is looked at.
 * Nothing waits for what was begun. The figure "1,000 commands at once" in bench/README.md stands on it.
 */
export function oneEachTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];

  function next(): void {
    const begin = waiting.shift();
    if (waiting.length > 0) setImmediate(next);
    begin?.();
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push(() => void work().then(resolve, reject));
      if (waiting.length === 1) setImmediate(next);
    });
}
