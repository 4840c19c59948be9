import type { LocalNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';

/** One call to the outside as it was seen, with placeholders where it differs from one time to the next. */
export type Step =
  | { readonly to: 'netserver'; readonly service: string; readonly operation: string; readonly body: string }
  | { readonly to: 'slack'; readonly method: string; readonly body: string };

/** The placeholders: who is to be logged off, the ticket of the logon, the message that was posted first. */
const HOLES = { id: '{{id}}', ticket: '{{ticket}}', ts: '{{ts}}' } as const;

/** Writes down which calls a program makes while `work` logs this person off: what the floor then sends ready-made. */
export async function recordSteps(
  { slack, netserver }: { readonly slack: LocalSlack; readonly netserver: LocalNetServer },
  id: number,
  work: () => Promise<unknown>,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let posted: string | undefined;
  const withHoles = (text: string) => text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), HOLES.id);
  const stopNetServer = netserver.onExchange(({ service, operation, requestXml }) => {
    const body = withHoles(requestXml).replace('>***</', `>${HOLES.ticket}</`);
    steps.push({ to: 'netserver', service, operation, body });
  });
  const stopSlack = slack.onEvent((event) => {
    if (event.type !== 'call') return;
    const { method, args, answer } = event.call;
    const ts = posted;
    if (method === 'chat.postMessage') posted ??= String(answer?.['ts']);
    const fields = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      ts !== undefined && value === ts
        ? HOLES.ts
        : withHoles(typeof value === 'string' ? value : JSON.stringify(value)),
    ]);
    steps.push({ to: 'slack', method, body: new URLSearchParams(fields).toString() });
  });
  try {
    await work();
  } finally {
    stopNetServer();
    stopSlack();
  }
  return steps;
}
