/**
 * Loaded into the bot's process before the program (`node --import`): gives it the demo's time instead of the machine's.
 * The program knows nothing of it. How far ahead that time is comes with the start and then in messages.
 */
const machine = { now: Date.now.bind(Date), grown: performance.now.bind(performance) };
const started = Number(process.env['DEMO_CLOCK_AHEAD'] ?? '0');
let ahead = started;

/**
 * The heartbeat of a connection measures a real connection, and that lives in the machine's time: else each move of the
 * clock would look like a connection that was silent all the while.
 */
function asksForHeartbeat(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 5;
  const { stack = '' } = new Error('who asks?');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.includes('SlackWebSocket');
}

const now = (): number => machine.now() + (ahead !== started && asksForHeartbeat() ? started : ahead);

Date.now = now;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [now()] : given, as),
});
// Only what was moved while the process ran: it has not lived longer than that.
performance.now = () => machine.grown() + ahead - started;

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('ahead' in message)) return;
  if (typeof message.ahead === 'number') ahead = message.ahead;
});
// A bot whose keeper is gone is nobody's any more.
process.on('disconnect', () => process.exit(1));
// Waiting for news of the time must not keep the process alive.
process.channel?.unref();
