import './node-version.cjs';
import type { Configuration } from './app.ts';
import { systemClock } from './clock.ts';
import { loadRecordsSettings, loadRunSettings, loadSettings } from './config.ts';
import { EdgeError } from './core/errors.ts';
import { createLog } from './log.ts';
import { auditCommand, type Terminal } from './main/audit.ts';
import { backupCommand } from './main/backup.ts';
import { doctorCommand } from './main/doctor.ts';
import { matchPeople } from './main/people-match.ts';
import { policyCommand } from './main/policy.ts';
import type { Output } from './main/refused.ts';
import { start } from './main/start.ts';
import { stopCommand } from './main/stop.ts';
import { helpFor, USAGE } from './main/usage.ts';
import { programVersion } from './runtime/version.ts';

/** Each command gives the exit code. */
const commands: Readonly<Record<string, (configuration: Configuration) => Promise<number>>> = {
  start,
  'people match': async (configuration) => {
    const { environment, secrets } = configuration;
    const log = createLog({ level: environment.logLevel, secrets, write: (line) => process.stderr.write(line) });
    const matched = await matchPeople(configuration, systemClock(), log);
    if (matched.ok) terminal.out(matched.text);
    else terminal.complain(`${matched.problems.join('\n')}\n`);
    return matched.ok ? 0 : 1;
  },
};

const terminal: Output = {
  out: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
};

/** The rules can be looked at without any secret. */
const policy = (args: readonly string[]): Promise<number> => policyCommand(args, process.env, terminal);

/** The record of who did what can be looked at beside a bot that runs, and without its other secrets. */
const beside: Readonly<Record<string, (args: readonly string[], terminal: Terminal) => Promise<number>>> = {
  audit: auditCommand,
  backup: backupCommand,
};

function recordsTerminal(): Terminal {
  // Whoever reads the lines may stop in the middle (`| head`).
  process.stdout.on('error', () => {});
  return {
    out: (text) => new Promise((resolve) => process.stdout.write(text, (error) => resolve(error == null))),
    error: (text) => void process.stderr.write(text),
    now: systemClock().now,
    settings: () => loadRecordsSettings(process.env),
  };
}

async function run(words: readonly string[]): Promise<number> {
  const help = helpFor(words);
  if (help !== undefined) {
    terminal.out(help);
    return 0;
  }
  try {
    const [first = '', ...rest] = words;
    if (first === 'policy') return await policy(rest);
    if (first === 'doctor') return await doctorCommand(rest, () => loadSettings(process.env), systemClock(), terminal);
    if (first === 'stop' && rest.length === 0) return await stopCommand(loadRunSettings(process.env), terminal);
    const look = Object.hasOwn(beside, first) ? beside[first] : undefined;
    return await (look === undefined ? runConfigured(words.join(' ')) : look(rest, recordsTerminal()));
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function runConfigured(name: string): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (['version', '--version', '-v'].includes(name)) {
    process.stdout.write(`${programVersion()}\n`);
    return 0;
  }
  if (command === undefined) {
    terminal.complain(`unknown command "${name}"\n\n${USAGE}`);
    return 2;
  }
  const loaded = loadSettings(process.env);
  if (!loaded.ok) {
    process.stderr.write(`${loaded.report}\n`);
    return 2;
  }
  return await command(loaded);
}

process.exit(await run(process.argv.length > 2 ? process.argv.slice(2) : ['start']));
