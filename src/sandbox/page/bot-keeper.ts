import { type BotProcess, startBotProcess } from '../bot-process.ts';
import type { DemoClock } from './demo-clock.ts';

/** How the bot's process is. */
export type BotState =
  | { readonly is: 'starting' }
  | { readonly is: 'running'; readonly since: number }
  | { readonly is: 'killed'; readonly since: number }
  | { readonly is: 'failed'; readonly why: string };

/** Owns the bot's process from outside: the bot knows nothing of it. */
export interface BotKeeper {
  state(): BotState;
  /** Starts it on the same database file; does nothing where one is running or starting. */
  start(): Promise<void>;
  /** Ends it without asking, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits until it did. */
  stop(): Promise<void>;
}

/** How much of its log is told where it ended. */
const LAST_LINES = 5;
const preload = new URL('./preload-clock.ts', import.meta.url).href;

/** A keeper of the bot in `folder`, which gets the demo's time. `changed` is called whenever its state is another. */
export function createBotKeeper(
  folder: string,
  environment: Readonly<Record<string, string>>,
  clock: DemoClock,
  changed: () => void,
  startProcess: typeof startBotProcess = startBotProcess,
): BotKeeper {
  let state: BotState = { is: 'killed', since: clock.now() };
  let bot: BotProcess | undefined;
  /** Whether its end is what somebody asked for. */
  let isWanted = false;
  let starting: Promise<void> | undefined;
  let gone = Promise.resolve();
  const become = (next: BotState) => {
    state = next;
    changed();
  };
  const watch = async (started: BotProcess) => {
    await started.ended;
    if (bot !== started) return;
    bot = undefined;
    if (isWanted) become({ is: 'killed', since: clock.now() });
    else become({ is: 'failed', why: `the bot ended by itself:\n${started.lines.slice(-LAST_LINES).join('\n')}` });
  };
  const end = async (how: 'kill' | 'stop') => {
    await starting;
    isWanted = true;
    await bot?.[how]();
    await gone;
  };
  const begin = async () => {
    become({ is: 'starting' });
    try {
      const ahead = clock.ahead();
      const started = await startProcess(folder, { ...environment, DEMO_CLOCK_AHEAD: String(ahead) }, { preload });
      bot = started;
      isWanted = false;
      // It may have moved while the process was coming up.
      if (clock.ahead() !== ahead) started.tell({ ahead: clock.ahead() });
      gone = watch(started);
      become({ is: 'running', since: clock.now() });
    } catch (error) {
      become({ is: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  };
  clock.onMove((ahead) => bot?.tell({ ahead }));
  return {
    state: () => state,
    async start() {
      if (bot !== undefined) return;
      starting ??= begin().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    kill: () => end('kill'),
    stop: () => end('stop'),
  };
}
