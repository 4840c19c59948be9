import { fileURLToPath } from 'node:url';
import { atMost, type Figure } from '../measure/figure.ts';
import type { Plan } from '../plan.ts';
import { botProgram, startProgram, temporaryFolder } from '../process/programs.ts';
import { openWorld } from '../world/world.ts';

const hook = fileURLToPath(new URL('../process/count-wsdls.ts', import.meta.url));
const COMMANDS = 100;
/** What the bot uses of SuperOffice's services. */
const SERVICES = 4;

/** Many commands the moment the bot is there: every WSDL is parsed once, and NetServer sees one logon. */
export async function coldStart({ tell }: Plan): Promise<readonly Figure[]> {
  tell(`${COMMANDS} commands at once on a cold start`);
  const world = await openWorld();
  const folder = temporaryFolder();
  const where = { world, slack: await world.slack(), mode: 'socket', folder: folder.path } as const;
  const bot = await startProgram({ ...botProgram(where), node: ['--import', hook] }, where);
  try {
    const shift = { work: 'command', reply: 'direct', atOnce: COMMANDS, pieces: COMMANDS } as const;
    const { times } = await world.work(where.slack, shift);
    const { AuthenticateUsernamePassword: logons = 0 } = await world.counts();
    const parsed = await bot.parsedWsdls();
    const name = `${COMMANDS} commands at once on a cold start`;
    const slowest = Math.round(Math.max(...times));
    return [
      {
        name: `${name}: WSDLs parsed`,
        unit: '',
        value: parsed,
        target: atMost(SERVICES),
        note: `${SERVICES} services; the last answer after ${slowest} ms`,
      },
      { name: `${name}: logons`, unit: '', value: logons, target: atMost(1) },
    ];
  } finally {
    await bot.stop();
    await world.close();
    folder.remove();
  }
}
