/**
 * What an edge (Slack, NetServer, the store) throws when the outside world did not do as asked.
 * `executed` says whether the thing asked for may have happened: only `no` may be tried again blindly.
 */
export class EdgeError extends Error {
  override readonly name: string = 'EdgeError';
  readonly code: string;
  readonly retryable: boolean;
  readonly executed: 'no' | 'maybe';
  /** Milliseconds to wait before another try, where the outside world said so. */
  readonly retryAfter?: number;

  constructor(
    message: string,
    facts: {
      readonly code: string;
      readonly retryable: boolean;
      readonly executed: 'no' | 'maybe';
      readonly retryAfter?: number;
      readonly cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.retryable = facts.retryable;
    this.executed = facts.executed;
    if (facts.retryAfter !== undefined) this.retryAfter = facts.retryAfter;
  }
}

/** What a log line says of an error: the code of an edge, or that nobody expected it. Never its text. */
export const codeOf = (error: unknown): string => (error instanceof EdgeError ? error.code : 'surprise');

/** The same, with the name of what nobody expected. */
export const codeOrName = (error: unknown): string =>
  error instanceof EdgeError ? error.code : error instanceof Error ? error.name : typeof error;

/** The end of a switch over a union: a new member fails to compile until every reader handles it. */
export function never(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
