/** One line for the operator; fields hold codes and ids, never contents. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  code: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
