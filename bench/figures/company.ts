import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hubotProgram } from '../process/hubot.ts';
import { botProgram, peerProgram, startProgram, temporaryFolder, type Where } from '../process/programs.ts';
import type { Subject } from '../process/subject.ts';
import type { Mode } from '../world/settings.ts';
import type { Reply, Work } from '../world/work.ts';
import { type BenchWorld, openWorld, type Workspace, type WorldOptions } from '../world/world.ts';

/** A program at work: with a Slack of its own, on the NetServer of all. */
export interface Employee {
  readonly subject: Subject;
  readonly slack: Workspace;
  readonly work: Work;
  readonly reply: Reply;
}

/** The world, and those who work in it; `close` ends and removes everything. */
export interface Company {
  readonly world: BenchWorld;
  bot(mode: Mode, more?: Readonly<Record<string, string>>): Promise<Employee>;
  bareBolt(mode: Mode): Promise<Employee>;
  tutorial(mode: Mode, client: 'cached' | 'not cached'): Promise<Employee>;
  /** Does what `bot` was seen to do for one command, by hand. */
  floor(mode: Mode, bot: Employee): Promise<Employee>;
  /** Nothing where it is not installed and cannot be. */
  hubot(install: boolean): Promise<Employee | undefined>;
  close(): Promise<void>;
}

export async function openCompany(options: WorldOptions = {}): Promise<Company> {
  const world = await openWorld(options);
  const folder = temporaryFolder();
  const running: Subject[] = [];
  let count = 0;

  const newFolder = (): string => {
    count += 1;
    const path = join(folder.path, String(count));
    mkdirSync(path);
    return path;
  };
  const place = async (mode: Mode): Promise<Where> => ({
    world,
    mode,
    slack: await world.slack(),
    folder: newFolder(),
  });
  const employ = async (
    where: Where,
    program: Parameters<typeof startProgram>[0],
    reply: Reply,
    work: Work = 'command',
  ): Promise<Employee> => {
    const subject = await startProgram(program, where);
    running.push(subject);
    return { subject, slack: where.slack, work, reply };
  };

  return {
    world,
    async bot(mode, more) {
      const where = await place(mode);
      return employ(where, botProgram(where, more), 'direct');
    },
    async bareBolt(mode) {
      const where = await place(mode);
      return employ(where, peerProgram('bare-bolt.mjs', where), 'direct');
    },
    async tutorial(mode, client) {
      const where = await place(mode);
      return employ(where, peerProgram('tutorial.ts', where, { SOAP_CLIENT: client }), 'response_url');
    },
    async floor(mode, bot) {
      const steps = await world.record(bot.slack, 'command', 'direct');
      const before = await bot.subject.syncs();
      await world.work(bot.slack, { work: 'command', reply: 'direct', atOnce: 1, pieces: 10 });
      const writes = Math.round(((await bot.subject.syncs()) - before) / 10);
      const where = await place(mode);
      const recipe = join(where.folder, 'recipe.json');
      writeFileSync(recipe, JSON.stringify({ steps, writes }));
      const more = { RECIPE: recipe, FLOOR_DATABASE: join(where.folder, 'floor.db') };
      return employ(where, peerProgram('floor/floor.ts', where, more), 'direct');
    },
    async hubot(install) {
      const where = await place('socket');
      const program = hubotProgram(where, install);
      return program === undefined ? undefined : employ(where, program, 'channel', 'message');
    },
    async close() {
      await Promise.all(running.map((subject) => subject.stop()));
      await world.close();
      folder.remove();
    },
  };
}
