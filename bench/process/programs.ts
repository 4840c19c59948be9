import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTRACTS } from '../../src/netserver/wsdl/contracts.ts';
import { wsdlText } from '../../src/netserver/wsdl/document.ts';
import { type Mode, settingsText, variables } from '../world/settings.ts';
import type { BenchWorld, Workspace } from '../world/world.ts';
import { type Program, type Subject, startSubject } from './subject.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../..');

/** A folder for the files of one run; `remove` takes it away. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'logoff-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What differs from one program to the next. */
export interface Where {
  readonly world: BenchWorld;
  readonly slack: Workspace;
  readonly mode: Mode;
  /** An empty folder for its files. */
  readonly folder: string;
}

/** The bot out of its sources. */
export function botProgram(
  { world, slack, mode, folder }: Where,
  more: Readonly<Record<string, string>> = {},
): Program {
  const file = join(folder, 'logoff.yml');
  writeFileSync(file, settingsText(mode, world.netserverUrl));
  const { NETSERVER_URL: _, ...environment } = variables(slack.apiUrl, world.netserverUrl);
  return {
    run: [join(root, 'src/main.ts'), 'start'],
    environment: {
      ...environment,
      LOGOFF_CONFIG: file,
      DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
      LOG_LEVEL: 'info',
      ...more,
    },
    folder,
  };
}

/** One of the peers by its file in `bench/peers`. */
export function peerProgram(
  file: 'bare-bolt.mjs' | 'tutorial.ts' | 'floor/floor.ts',
  { world, slack, mode, folder }: Where,
  more: Readonly<Record<string, string>> = {},
): Program {
  for (const [service, contract] of Object.entries(CONTRACTS)) {
    writeFileSync(join(folder, `${service}.wsdl`), wsdlText(contract, 86));
  }
  const environment = { ...variables(slack.apiUrl, world.netserverUrl), MODE: mode, WSDL_FOLDER: folder, ...more };
  return { run: [here(`../peers/${file}`)], environment, folder };
}

/** Starts a program; over HTTP Slack is told where it listens. */
export async function startProgram(program: Program, { world, slack, mode }: Where): Promise<Subject> {
  const subject = await startSubject(program);
  if (mode === 'http') await world.useRequestUrl(slack, `http://127.0.0.1:${subject.port}/slack/events`);
  return subject;
}

/** The bot as `npm start` runs it, with what Node is told before. */
export function sourceProgram(where: Where): Program {
  return { ...botProgram(where), node: ['-r', join(root, 'src/node-version.cjs')] };
}

/** The bot as it is delivered: what `npm run build` makes of it, which is done here where it was not. */
export function builtProgram(where: Where): Program {
  const { run: _, ...program } = botProgram(where);
  const file = join(root, 'dist/src/main.js');
  if (!existsSync(file)) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
  return { ...program, run: [file, 'start'], node: ['-r', join(root, 'dist/src/node-version.cjs')] };
}
