import * as checks from './environment-values.ts';
import { type ReadFile, readText } from './read-bounded.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Something wrong with one variable. `message` goes on from the name and never holds a value. */
export interface EnvironmentProblem {
  readonly name: string;
  readonly message: string;
}

/** The variable's value; an empty one counts as not set. */
export function variable(variables: Variables, name: string): string | undefined {
  const value = variables[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** What must not be shown of a variable's value. */
function hidden(name: string, value: string): readonly string[] {
  if (name === 'NETSERVER_USERNAME') return [];
  return name === 'DATABASE_URL' ? checks.databaseSecrets(value) : [value];
}

/** Reads variables one by one and gathers what is wrong with them, and what must not be shown anywhere. */
export function variableReader(variables: Variables, readFile: ReadFile) {
  const problems: EnvironmentProblem[] = [];
  const secrets: string[] = [];

  /** A plain variable that was checked; nothing where it is not set or wrong. */
  const plain = (name: string, check: checks.Check): string | undefined => {
    const value = variable(variables, name);
    const message = value === undefined ? undefined : check(value);
    if (message !== undefined) problems.push({ name, message });
    return message === undefined ? value : undefined;
  };

  /** A variable that may also come from the file named in `<name>_FILE`. */
  const sealed = (name: string, check: checks.Check, missing?: string): string | undefined => {
    const direct = variable(variables, name);
    const path = variable(variables, `${name}_FILE`);
    if (direct !== undefined) secrets.push(...hidden(name, direct));
    const refuse = (message: string, at = name) => {
      problems.push({ name: at, message });
      return undefined;
    };
    if (direct !== undefined && path !== undefined) return refuse(`is set, and ${name}_FILE too: keep one of them`);
    let value = direct;
    if (path !== undefined) {
      const content = readText(path, readFile);
      if (!content.ok) return refuse(`names a file that cannot be used: ${content.why}`, `${name}_FILE`);
      value = content.text.replace(/\r?\n$/, '');
      if (value.trim() === '') return refuse('names an empty file', `${name}_FILE`);
      secrets.push(...hidden(name, value));
    }
    if (value === undefined) return missing === undefined ? undefined : refuse(`is missing: ${missing}`);
    const message = check(value);
    return message === undefined ? value : refuse(message);
  };

  return { plain, sealed, problems, secrets };
}

type Reader = Pick<ReturnType<typeof variableReader>, 'sealed'>;

const DEFAULT_DATABASE = 'sqlite:data/logoff.db';

/** Where the records are and with what they are signed: all that a look at the audit needs. */
export function readRecordsVariables({ sealed }: Reader): {
  readonly auditKey: string | undefined;
  readonly databaseUrl: string;
} {
  const auditKey = sealed('AUDIT_KEY', () => undefined);
  return { auditKey, databaseUrl: sealed('DATABASE_URL', checks.databaseUrl) ?? DEFAULT_DATABASE };
}
