import { policyShape } from '../core/policy/policy.ts';
import { crossChecks, readCertificate } from './cross-checks.ts';
import type { SlackMode } from './environment.ts';
import { describePath, keyed } from './problem.ts';
import type { ReadFile } from './read-bounded.ts';
import type { Line } from './report.ts';
import { findings, sentence } from './sentences.ts';
import { type SettingsFile, settingsFileSchema } from './settings-file.ts';
import { readYaml } from './yaml-file.ts';

/** What to say where the file itself cannot be read. */
export const missingFile = (path: string, why: string): Line => ({
  where: path,
  what: `cannot be used: ${why}. Copy logoff.example.yml, change it to your needs, and name it in LOGOFF_CONFIG.`,
});

export interface CheckedFile {
  readonly lines: readonly Line[];
  /** Which Slack secret is needed, where that can be told. */
  readonly mode: SlackMode | undefined;
  readonly data?: SettingsFile;
  /** The rules as JSON, as they stand in the file: to be kept, and read again by `readRules`. */
  readonly rules?: string;
  readonly ca?: string;
}

/**
 * Checks the whole file; `readFile` reads the certificate that it names, which is left alone where there is none to
 * read with.
 */
export function checkFile(path: string, text: string, readFile: ReadFile | undefined): CheckedFile {
  const yaml = readYaml(text);
  const broken = yaml.broken.map(({ place, message }) => ({ where: path, place, what: message }));
  if (broken.length > 0) return { lines: broken, mode: undefined };
  if (yaml.value === null)
    return { lines: [{ where: path, what: 'is empty: start from logoff.example.yml' }], mode: undefined };
  const result = settingsFileSchema.safeParse(yaml.value, { error: sentence });
  const certificate = readFile === undefined ? { problems: [] } : readCertificate(yaml.value, readFile);
  const problems = [
    ...yaml.problems,
    ...(result.success ? [] : findings(result.error.issues)),
    ...crossChecks(yaml.value),
    ...certificate.problems,
  ];
  const lines = problems.map(({ path: at, message, onKey }) => {
    const what = at.length === 0 ? `the file ${message}` : `${describePath(at)}: ${message}`;
    return { where: path, place: yaml.locate(at, onKey), what };
  });
  const written = keyed(keyed(yaml.value)['slack'])['mode'] ?? 'socket';
  return {
    lines,
    mode: written === 'socket' || written === 'http' ? written : undefined,
    ...(result.success ? { data: result.data, rules: rulesOf(yaml.value) } : {}),
    ...(certificate.ca === undefined ? {} : { ca: certificate.ca }),
  };
}

const rulesOf = (file: unknown): string =>
  JSON.stringify(Object.fromEntries(Object.entries(keyed(file)).filter(([key]) => Object.hasOwn(policyShape, key))));
