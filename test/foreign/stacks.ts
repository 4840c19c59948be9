import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ForeignState, stateIn } from './state-folder.ts';

/** The published files: the only thing that these servers and the bot have in common. */
export const wsdlFolder = fileURLToPath(new URL('../../../shared/wsdl', import.meta.url));

/** A running NetServer on a SOAP stack that was not written here. */
export interface ForeignServer {
  /** Where `netserver.url` points. */
  readonly url: string;
  readonly state: ForeignState;
  close(): Promise<void>;
}

/** A SOAP stack and what can be run on it. */
export interface Stack {
  readonly name: string;
  readonly versions: readonly (84 | 85 | 86 | 87 | 88)[];
  /** gSOAP takes the members of an element in any order; PHP's libxml validates against the schema. */
  readonly mindsOrder: boolean;
  /** What to install, where something is missing. */
  missing(): string | undefined;
  /** Starts it on a free port of the loopback interface. */
  start(): Promise<ForeignServer>;
}

/** A group of its own, because PHP's web server has children that outlive it. */
function spawnGroup(command: string, words: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const path = { PATH: process.env['PATH'] ?? '' };
  return spawn(command, words, { detached: true, env: { ...path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function running(folder: string, child: ChildProcess, ready: RegExp): Promise<ForeignServer> {
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  const exited = once(child, 'exit');
  const close = async () => {
    kill();
    await exited;
    process.off('exit', kill);
  };
  const origin = await new Promise<string>((resolve, reject) => {
    const last: string[] = [];
    const look = (line: string) => {
      last.push(line);
      const found = ready.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', look);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the foreign server ended: ${last.join(' | ')}`)));
  }).catch(async (error: unknown) => {
    if (child.pid !== undefined) await close();
    throw error;
  });
  return { url: `${origin}/crm`, state: stateIn(folder), close };
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const works = (command: string, words: readonly string[]): boolean => {
  try {
    execFileSync(command, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** PHP's SoapServer, each message validated before by libxml against the schemas cut out of the published file. */
export const php: Stack = {
  name: 'PHP SoapServer with libxml schema validation',
  versions: [84, 85, 86, 87, 88],
  mindsOrder: true,
  missing: () =>
    works('php', ['-r', 'exit((int) !(class_exists("SoapServer") && class_exists("DOMDocument")));'])
      ? undefined
      : 'php-cli php-soap php-xml',
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-netserver-'));
    const env = { FOREIGN_STATE: folder, FOREIGN_WSDL: wsdlFolder, PHP_CLI_SERVER_WORKERS: '4' };
    return running(
      folder,
      spawnGroup('php', ['-S', '127.0.0.1:0', here('php/router.php')], env),
      /\((http:[^)]+)\) started/,
    );
  },
};

/** gSOAP, a C++ server generated from the published files with its strict checks on. */
export const gsoap: Stack = {
  name: 'gSOAP, generated with strict checks',
  versions: [86],
  mindsOrder: false,
  missing: () =>
    ['/usr/bin/wsdl2h', '/usr/bin/soapcpp2', '/usr/include/stdsoap2.h'].every((file) => existsSync(file)) &&
    works('c++', ['--version'])
      ? undefined
      : 'gsoap libgsoap-dev g++',
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-netserver-'));
    try {
      execFileSync(here('gsoap/build.sh'), [wsdlFolder, folder], { stdio: 'pipe' });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return running(folder, spawnGroup(join(folder, 'server'), [folder], {}), /^(http:\S+)/);
  },
};
