/** Values by the text that they were made of, as many as their texts have room together. */
export interface Memory<T> {
  get(text: string): T | undefined;
  /** What was kept longest ago goes first. A text that is longer than all the room is not kept. */
  keep(text: string, value: T): void;
}

/** A memory for texts of so many characters together. */
export function memoryOf<T>(room: number): Memory<T> {
  const kept = new Map<string, T>();
  let used = 0;

  function forget(text: string): void {
    if (kept.delete(text)) used -= text.length;
  }

  return {
    get: (text) => kept.get(text),
    keep(text, value) {
      forget(text);
      if (text.length > room) return;
      kept.set(text, value);
      used += text.length;
      for (const [oldest] of kept) {
        if (used <= room) break;
        forget(oldest);
      }
    },
  };
}
