import { existsSync } from 'node:fs';
import { checkBot } from './bot.ts';
import { createChecks } from './checks.ts';
import { checkEdge } from './edge.ts';
import { checkEmulatedSlack } from './emulated-slack.ts';
import { gsoap, php, type Stack, wsdlFolder } from './stacks.ts';
import type { Mode } from './state-folder.ts';
import { checkStrictness } from './strictness.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);
const NIL: readonly Mode[] = ['nil', 'wrong-password-throws'];

/** Runs the edge and the whole bot against a Slack and NetServers that were not written here. Gives the exit code; in CI nothing may be skipped. */
async function run(): Promise<number> {
  const begun = performance.now();
  const checks = createChecks();
  checks.chapter('emulate, a Slack Web API: the whole bot over HTTP');
  await checkEmulatedSlack(checks);
  const stacks = [php, gsoap].filter((stack) => stack.missing() === undefined);
  const absent = [php, gsoap].flatMap((stack) => stack.missing() ?? []);
  const why = existsSync(wsdlFolder)
    ? absent.map((packages) => `not installed here: ${packages}`)
    : ['the published WSDL files are not beside the project (shared/wsdl)'];
  for (const reason of why) write(`\nSkipped: ${reason}`);
  if (existsSync(wsdlFolder)) for (const stack of stacks) await against(stack);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  write(`\n${checks.passed} checks passed, ${checks.failed.length} failed, in ${seconds} s.`);
  const incomplete = why.length > 0 && Boolean(process.env['CI']);
  return checks.failed.length === 0 && !incomplete ? 0 : 1;

  async function against(stack: Stack): Promise<void> {
    const server = await stack.start();
    try {
      checks.chapter(`${stack.name}: how strict it is`);
      await checkStrictness(checks, stack, server);
      for (const services of stack.versions) {
        const modes = services % 2 === 0 ? NIL : [];
        checks.chapter(
          `${stack.name}: the edge, Services${services}${modes.length > 0 ? ', empty members as nil' : ''}`,
        );
        await checkEdge(checks, server, services, modes);
        if (stack.versions.length > 1) continue;
        checks.chapter(`${stack.name}: the edge, Services${services}, empty members left out`);
        await checkEdge(checks, server, services, []);
      }
      checks.chapter(`${stack.name}: the whole bot`);
      await checkBot(checks, server, NIL);
    } finally {
      await server.close();
    }
  }
}

// A signal ends the foreign server, too: that is done on exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exit(await run());
