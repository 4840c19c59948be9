import { secret } from '../config/secret.ts';
import { EdgeError } from '../core/errors.ts';
import { backUp } from '../store/back-up.ts';
import { auditCommand, type Terminal } from './audit.ts';

export const BACKUP_USAGE = `  superoffice-logoff backup <new file>
                                     writes the SQLite database into a new file, also while the bot runs, and checks it
`;

/** As with `audit`: 1 is damage, 2 a wrong use, 3 that it could not be done. */
const MISUSED = 2;
const NOT_DONE = 3;

/** `backup`: copies the records beside a bot that runs, and checks the copy as `audit verify` does. Gives the exit code. */
export async function backupCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const [target, ...more] = words;
  if (target === undefined || target.startsWith('-') || more.length > 0) {
    terminal.error(`Name one file, which is not there yet.\n\n${BACKUP_USAGE}`);
    return MISUSED;
  }
  const settings = terminal.settings();
  if (!settings.ok) {
    terminal.error(`${settings.report}\n`);
    return MISUSED;
  }
  try {
    const copy = backUp(settings.databaseUrl.reveal(), target);
    if (copy === undefined) {
      terminal.error(
        'The records are in PostgreSQL: back them up with pg_dump (docs/operate.md, "Backup and restore").\n',
      );
      return MISUSED;
    }
    await terminal.out(`Written: ${target}\n`);
    const ofCopy = { ...settings, databaseUrl: secret(copy) };
    return await auditCommand(['verify'], { ...terminal, settings: () => ofCopy });
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    terminal.error(`${error.message}\n`);
    return NOT_DONE;
  }
}
