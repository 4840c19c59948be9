import { spawn } from 'node:child_process';
import { openLocalWorld } from './local-world.ts';
import { servePage } from './serve-page.ts';

/** Where the page is, if the port is free; then it stays the same from one run to the next. */
const PORT = 4607;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const write = (line: string) => process.stdout.write(`${line}\n`);

/** Starts local world, bot and page, opens the page, and goes on until a signal comes. Gives the exit code. */
export async function runPage({ browser }: { readonly browser: boolean }): Promise<number> {
  // A signal that comes while things start ends them too, and leaves no files behind; a second one ends it at once.
  const signalled = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
  write('A local Slack, a local SuperOffice NetServer, and the bot between them. Nothing leaves this machine.');
  const world = await openLocalWorld();
  const page = await servePage(world, PORT);
  const started = world.keeper.start();
  write(
    `\n  ${page.url}\n\nOpen it in a browser; Ctrl-C ends it. (npm run demo -- --story plays a story here instead.)`,
  );
  if (browser) openBrowser(page.url);
  void started.then(() => {
    const state = world.keeper.state();
    if (state.is === 'failed') write(state.why);
  });
  await signalled;
  write('\nEnding it…');
  await page.close();
  await world.close();
  return 0;
}

/** Tries to; where there is no browser the address was printed. */
function openBrowser(url: string): void {
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url],
  };
  const [command, ...words] = commands[process.platform] ?? ['xdg-open', url];
  spawn(command, words, { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref();
}
