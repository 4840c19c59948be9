import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * A value that shows itself only where it is asked for by name: printing, logging or serialising it gives "[secret]".
 */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a value so that it cannot be shown by accident. */
export function secret(value: string): Secret {
  const hidden = () => HIDDEN;
  return Object.freeze({ reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden });
}
