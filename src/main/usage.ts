import { AUDIT_USAGE } from './audit.ts';
import { BACKUP_USAGE } from './backup.ts';
import { DOCTOR_USAGE } from './doctor.ts';
import { POLICY_USAGE } from './policy.ts';
import { STOP_USAGE } from './stop.ts';

/** How each command is used, by its first word, in the order in which people need them. */
const USAGES: Readonly<Record<string, string>> = {
  start: '  superoffice-logoff start           runs the bot\n',
  stop: STOP_USAGE,
  doctor: DOCTOR_USAGE,
  people:
    '  superoffice-logoff people match    proposes which Slack person is which SuperOffice user, to be reviewed\n',
  policy: POLICY_USAGE,
  audit: AUDIT_USAGE,
  backup: BACKUP_USAGE,
  version: '  superoffice-logoff version         says which version it is\n',
  help: '  superoffice-logoff help            shows this\n',
};

export const USAGE = `superoffice-logoff: logs people off the SuperOffice Windows client, asked for in Slack.

${Object.values(USAGES).join('')}
Settings: logoff.yml, or the file named in LOGOFF_CONFIG.
`;

const HELP: ReadonlySet<string> = new Set(['--help', '-h']);

/** What to show where somebody asks for help instead of doing something; nothing where nobody does. */
export function helpFor([first = '', ...rest]: readonly string[]): string | undefined {
  if (HELP.has(first) || first === 'help') return USAGE;
  if (!rest.some((word) => HELP.has(word))) return undefined;
  return Object.hasOwn(USAGES, first) ? USAGES[first] : undefined;
}
