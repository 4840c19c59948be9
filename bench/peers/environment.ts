/** A variable that the benchmark must have set. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** Says on standard output, as every program in the benchmark does, that work can come. */
export const sayReady = (port = 0): void => void process.stdout.write(`${JSON.stringify({ msg: 'ready', port })}\n`);
