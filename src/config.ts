import { createHash } from 'node:crypto';
import { checkFile, missingFile } from './config/check-file.ts';
import { deepFreeze } from './config/deep-freeze.ts';
import { DEFAULT_PORT, type Environment, readEnvironment, type SlackMode } from './config/environment.ts';
import { port as isPort } from './config/environment-values.ts';
import { exampleValuesIn } from './config/example-values.ts';
import { type ReadFile, readBounded, readText } from './config/read-bounded.ts';
import { writeReport } from './config/report.ts';
import { type Secret, secret } from './config/secret.ts';
import type { SettingsFile } from './config/settings-file.ts';
import { readRecordsVariables, type Variables, variable, variableReader } from './config/variables.ts';
import type { ChannelId } from './core/ids.ts';
import type { Policy } from './core/policy/policy.ts';
import type { Duration } from './core/time.ts';

/** The part of logoff.yml that is not the policy. Lengths of time are milliseconds. */
export interface Settings {
  readonly slack: {
    readonly mode: SlackMode;
    readonly approvalsChannel?: ChannelId;
    readonly auditChannel?: ChannelId;
  };
  readonly netserver: {
    /** Without a slash at the end. */
    readonly url: string;
    readonly services: 84 | 85 | 86 | 87 | 88;
    readonly timeout: Duration;
    /**
     * The PEM text of the certificate authority; empty where the file named is not there: then no server is trusted.
     */
    readonly ca?: string;
  };
  readonly verify: { readonly for: Duration; readonly every: Duration; readonly watch: Duration };
  readonly timeZone: string;
  readonly auditKeep: Duration;
}

export type Loaded =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly environment: Environment;
      readonly policy: Policy;
      /** The rules as JSON, as they stand in the file: kept in the records, to tell later what changed. */
      readonly rules: string;
      /** Every secret, also the password inside the database's address: for the logger to keep out of its lines. */
      readonly secrets: readonly Secret[];
    }
  | { readonly ok: false; readonly report: string };

const DEFAULT_FILE = 'logoff.yml';

/**
 * Reads the environment and the settings file it names, checked whole; the result is frozen.
 * Refused: a report of all problems, a line each with its place and what to do; it holds no secret.
 */
export function loadSettings(variables: Variables, readFile: ReadFile = readBounded): Loaded {
  const path = settingsPath(variables);
  const file = readText(path, readFile);
  const checked = file.ok
    ? checkFile(path, file.text, readFile)
    : { lines: [missingFile(path, file.why)], mode: undefined };
  const { environment, problems, secrets } = readEnvironment(variables, checked.mode, readFile);
  const lines = [
    ...checked.lines,
    ...problems.map(({ name, message }) => ({ where: 'environment', what: `${name}: ${message}` })),
  ];
  if (lines.length > 0 || !file.ok || checked.data === undefined || checked.rules === undefined)
    return { ok: false, report: writeReport(lines, secrets) };
  const { settings, policy } = arrange(checked.data, versionOf(file.bytes), checked.ca);
  return deepFreeze({ ok: true, settings, policy, rules: checked.rules, environment, secrets: secrets.map(secret) });
}

export type LoadedPolicy =
  | {
      readonly ok: true;
      readonly policy: Policy;
      /** Values of logoff.example.yml that the whole file still holds, which nobody has. */
      readonly fromExample: readonly string[];
    }
  | { readonly ok: false; readonly report: string };

/**
 * Reads the rules of a settings file alone, for tools: nothing of the environment, and no certificate. Refused: as
 * `loadSettings`.
 */
export function loadPolicy(path: string, readFile: ReadFile = readBounded): LoadedPolicy {
  const file = readText(path, readFile);
  if (!file.ok) return { ok: false, report: writeReport([missingFile(path, file.why)], []) };
  const { lines, data } = checkFile(path, file.text, undefined);
  if (lines.length > 0 || data === undefined) return { ok: false, report: writeReport(lines, []) };
  const { policy } = arrange(data, versionOf(file.bytes), undefined);
  return deepFreeze({ ok: true, policy, fromExample: exampleValuesIn(data) });
}

/** The settings file that is meant where none is named. */
export const settingsPath = (variables: Variables): string => variable(variables, 'LOGOFF_CONFIG') ?? DEFAULT_FILE;

const versionOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

export type RecordsSettings =
  | { readonly ok: true; readonly databaseUrl: Secret; readonly auditKey?: Secret }
  | { readonly ok: false; readonly report: string };

/** Reads only where the records are, for tools that look at nothing else: DATABASE_URL and AUDIT_KEY. */
export function loadRecordsSettings(variables: Variables, readFile: ReadFile = readBounded): RecordsSettings {
  const reader = variableReader(variables, readFile);
  const { auditKey, databaseUrl } = readRecordsVariables(reader);
  if (reader.problems.length > 0) return { ok: false, report: reportOf(reader) };
  return {
    ok: true,
    databaseUrl: secret(databaseUrl),
    ...(auditKey === undefined ? {} : { auditKey: secret(auditKey) }),
  };
}

export type RunSettings =
  | { readonly ok: true; readonly databaseUrl: Secret; readonly port: number }
  | { readonly ok: false; readonly report: string };

/** Reads only what tells one running bot from another: DATABASE_URL and PORT. */
export function loadRunSettings(variables: Variables, readFile: ReadFile = readBounded): RunSettings {
  const reader = variableReader(variables, readFile);
  const { databaseUrl } = readRecordsVariables(reader);
  const port = Number(reader.plain('PORT', isPort) ?? DEFAULT_PORT);
  if (reader.problems.length > 0) return { ok: false, report: reportOf(reader) };
  return { ok: true, databaseUrl: secret(databaseUrl), port };
}

const reportOf = ({ problems, secrets }: Pick<ReturnType<typeof variableReader>, 'problems' | 'secrets'>): string =>
  writeReport(
    problems.map(({ name, message }) => ({ where: 'environment', what: `${name}: ${message}` })),
    secrets,
  );

function arrange(data: SettingsFile, version: string, ca: string | undefined): { settings: Settings; policy: Policy } {
  const { slack, netserver, verify, time_zone: timeZone, audit_keep: auditKeep, ...rules } = data;
  const settings: Settings = {
    slack: {
      mode: slack.mode,
      ...(slack.approvals_channel === undefined ? {} : { approvalsChannel: slack.approvals_channel }),
      ...(slack.audit_channel === undefined ? {} : { auditChannel: slack.audit_channel }),
    },
    netserver: {
      url: netserver.url.replace(/\/+$/, ''),
      services: netserver.services,
      timeout: netserver.timeout,
      ...(ca === undefined ? {} : { ca }),
    },
    verify,
    timeZone,
    auditKeep,
  };
  return { settings, policy: { ...rules, version } };
}
