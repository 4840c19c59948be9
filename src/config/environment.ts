import * as checks from './environment-values.ts';
import { didYouMean } from './nearest.ts';
import type { ReadFile } from './read-bounded.ts';
import { type Secret, secret } from './secret.ts';
import {
  type EnvironmentProblem,
  readRecordsVariables,
  type Variables,
  variable,
  variableReader,
} from './variables.ts';

export type { Variables } from './variables.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type SlackMode = 'socket' | 'http';

/** What the environment says. Absent: not set. */
export interface Environment {
  readonly slackBotToken: Secret;
  /** There in socket mode. */
  readonly slackAppToken?: Secret;
  /** There in http mode. */
  readonly slackSigningSecret?: Secret;
  /** Ends in /api/. */
  readonly slackApiUrl?: string;
  readonly netserverUsername: string;
  readonly netserverPassword: Secret;
  readonly netserverApplicationToken?: Secret;
  readonly auditKey?: Secret;
  readonly databaseUrl: Secret;
  readonly host: string;
  readonly port: number;
  /** Where metrics are served on this machine; absent: nowhere. */
  readonly metricsPort?: number;
  readonly logLevel: LogLevel;
}

export interface EnvironmentRead {
  /** Of use only where there are no problems. */
  readonly environment: Environment;
  readonly problems: readonly EnvironmentProblem[];
  /** Values that must not be shown anywhere, those of a broken environment too. */
  readonly secrets: readonly string[];
}

export const DEFAULT_PORT = 3000;
const LOOPBACK = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

/** Reads all variables. `mode` says which Slack secret is needed; where it is not known, neither is asked for. */
export function readEnvironment(
  variables: Variables,
  mode: SlackMode | undefined,
  readFile: ReadFile,
): EnvironmentRead {
  const { plain, sealed, problems, secrets } = variableReader(variables, readFile);
  const bot = sealed('SLACK_BOT_TOKEN', checks.botToken, 'set it to the bot token of the Slack app (xoxb-…)');
  const app = sealed(
    'SLACK_APP_TOKEN',
    checks.appToken,
    mode === 'socket' ? 'slack.mode is socket, which needs the app-level token (xapp-…)' : undefined,
  );
  const signing = sealed(
    'SLACK_SIGNING_SECRET',
    checks.signingSecret,
    mode === 'http' ? 'slack.mode is http, which needs the signing secret of the Slack app' : undefined,
  );
  const apiUrl = plain('SLACK_API_URL', checks.slackApiUrl);
  const username = sealed(
    'NETSERVER_USERNAME',
    checks.noLineBreak,
    'set it to the SuperOffice user that the bot logs on as',
  );
  const password = sealed('NETSERVER_PASSWORD', checks.noLineBreak, 'set it to the password of that SuperOffice user');
  const application = sealed('NETSERVER_APPLICATION_TOKEN', checks.noLineBreak);
  const { auditKey: audit, databaseUrl: database } = readRecordsVariables({ sealed });
  const host = plain('HOST', checks.host) ?? (mode === 'http' ? EVERYWHERE : LOOPBACK);
  const port = plain('PORT', checks.port);
  const metricsPort = plain('METRICS_PORT', checks.port);
  if (metricsPort !== undefined && metricsPort !== '0' && Number(metricsPort) === Number(port ?? DEFAULT_PORT))
    problems.push({ name: 'METRICS_PORT', message: 'must be another port than PORT' });
  const level = variable(variables, 'LOG_LEVEL')?.trim().toLowerCase() ?? 'info';
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (logLevel === undefined) {
    problems.push({
      name: 'LOG_LEVEL',
      message: `must be one of ${LOG_LEVELS.join(', ')}${didYouMean(level, LOG_LEVELS)}`,
    });
  }

  const environment: Environment = {
    slackBotToken: secret(bot ?? ''),
    ...(app === undefined ? {} : { slackAppToken: secret(app) }),
    ...(signing === undefined ? {} : { slackSigningSecret: secret(signing) }),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    netserverUsername: username ?? '',
    netserverPassword: secret(password ?? ''),
    ...(application === undefined ? {} : { netserverApplicationToken: secret(application) }),
    ...(audit === undefined ? {} : { auditKey: secret(audit) }),
    databaseUrl: secret(database),
    host,
    port: port === undefined ? DEFAULT_PORT : Number(port),
    ...(metricsPort === undefined ? {} : { metricsPort: Number(metricsPort) }),
    logLevel: logLevel ?? 'info',
  };
  return { environment: Object.freeze(environment), problems, secrets };
}
