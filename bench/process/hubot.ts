import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { peerProgram, type Where } from './programs.ts';
import type { Program } from './subject.ts';

const folder = fileURLToPath(new URL('../peers/hubot/', import.meta.url));

/** Hubot, with packages of its own that are only installed for a full run. Nothing where they are not there. */
export function hubotProgram(where: Where, install: boolean): Program | undefined {
  if (!isInstalled() && install) spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'ignore' });
  if (!isInstalled()) return undefined;
  const { environment } = peerProgram('tutorial.ts', where);
  return { run: [`${folder}hubot.mjs`], environment: { ...environment, HUBOT_LOG_LEVEL: 'warn' } };
}

const isInstalled = (): boolean => existsSync(`${folder}node_modules/hubot`);
