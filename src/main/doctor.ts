import { parseArgs } from 'node:util';
import type { Configuration } from '../app.ts';
import type { Loaded } from '../config.ts';
import { lintPolicy } from '../core/policy/lint.ts';
import { coverSecrets } from '../log/cover-secrets.ts';
import { inspectNetServer } from '../netserver/inspect.ts';
import { netServerOptions } from '../runtime/netserver-options.ts';
import { programVersion } from '../runtime/version.ts';
import { inspectSlack } from '../slack/inspect.ts';
import type { Clock } from '../workflows/ports.ts';
import { examineChannels } from './doctor/channels.ts';
import { createClocks, examineClocks } from './doctor/clocks.ts';
import { examining } from './doctor/examine.ts';
import { type Line, ok, skipped, wrong } from './doctor/finding.ts';
import { examineNetServer } from './doctor/netserver.ts';
import { examinePeople } from './doctor/people.ts';
import { examineRecords } from './doctor/records.ts';
import { isAllGood, jsonReport, summary, textLine } from './doctor/report.ts';
import { examineTokens } from './doctor/slack-tokens.ts';
import type { Tools } from './doctor/tools.ts';
import type { Output } from './refused.ts';
import { within } from './time-limit.ts';

export const DOCTOR_USAGE = `  superoffice-logoff doctor [--json] looks at settings, Slack, SuperOffice and the database, and says what to do; changes
                                     nothing. Exit code 0 all good, 1 something is wrong, 2 settings that cannot be used
`;

/** The longest that one call may take here: somebody waits in front of it. */
const CALL_LIMIT = 10_000;
/** Calls that were given up are not waited for. */
const CLOSE_WITHIN = 1_000;

/** Looks at everything that the bot needs. It only reads: nobody is logged off, nothing is posted, migrated or locked. */
export async function doctorCommand(
  args: readonly string[],
  settings: () => Loaded,
  clock: Clock,
  { out, complain }: Output,
): Promise<number> {
  const asJson = readFlags(args);
  if (asJson === undefined) {
    complain(`${DOCTOR_USAGE}`);
    return 2;
  }
  const program = describeProgram();
  if (!asJson) out(`${textLine(program)}\n`);
  const loaded = settings();
  if (!loaded.ok) {
    if (asJson) out(`${jsonReport([program, ...unusable(loaded.report)])}\n`);
    complain(`${loaded.report}\n`);
    return 2;
  }
  const cover = coverSecrets(loaded.secrets.map((secret) => secret.reveal()));
  // The last net, not the first: no finding is made of a secret.
  const covered = (text: string): string => String(cover(text));
  const lines: Line[] = [program];
  for await (const group of examineAll(loaded, clock)) {
    const clean = group.map((line) => ({
      ...line,
      say: covered(line.say),
      ...(line.todo === undefined ? {} : { todo: covered(line.todo) }),
    }));
    lines.push(...clean);
    if (!asJson) for (const line of clean) out(`${textLine(line)}\n`);
  }
  out(asJson ? `${jsonReport(lines)}\n` : `\n${summary(lines)}\n`);
  return isAllGood(lines) ? 0 : 1;
}

function readFlags(args: readonly string[]): boolean | undefined {
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options, strict: true }).values.json;
  } catch {
    return undefined;
  }
}

/** Group by group, in an order that does not change; Slack, SuperOffice and the database are looked at side by side. */
async function* examineAll(configuration: Configuration, clock: Clock): AsyncGenerator<readonly Line[]> {
  const tools = toolsFor(configuration, clock);
  const { examine, clocks, netserver } = tools;
  try {
    const slack = examineSlack(tools);
    const superoffice = examineNetServer(tools);
    const records = examineRecords(tools);
    yield await examine('settings', async () => describeSettings(configuration));
    yield await slack;
    yield await superoffice;
    yield await records;
    const shared = configuration.environment.databaseUrl.reveal().startsWith('postgres');
    yield await examineClocks(clocks, ['slack', 'netserver', ...(shared ? (['database'] as const) : [])], examine);
  } finally {
    await within(CLOSE_WITHIN, clock, () => netserver.close()).catch(() => {});
  }
}

function toolsFor(configuration: Configuration, clock: Clock): Tools {
  const { environment } = configuration;
  const clocks = createClocks(clock.now);
  const { slackApiUrl: apiUrl } = environment;
  const quiet = () => {};
  const options = netServerOptions(configuration, clock, quiet);
  return {
    configuration,
    clock,
    clocks,
    examine: examining(clock),
    slack: inspectSlack({
      botToken: environment.slackBotToken.reveal(),
      log: quiet,
      onDate: (date) => clocks.hearDate('slack', date),
      ...(apiUrl === undefined ? {} : { apiUrl }),
    }),
    netserver: inspectNetServer({ ...options, timeoutMs: Math.min(options.timeoutMs, CALL_LIMIT) }),
  };
}

async function examineSlack(tools: Tools): Promise<readonly Line[]> {
  const { lines, bot } = await examineTokens(tools);
  if (bot !== undefined) return [...lines, ...(await examineChannels(tools)), ...(await examinePeople(tools))];
  const rest = ['channel', 'person'].map((name) => ({
    check: `slack.${name}`,
    ...skipped('the bot token could not be used'),
  }));
  return [...lines, ...rest];
}

/** Whoever is asked for help asks for this first. */
const describeProgram = (): Line => ({
  check: 'program',
  ...ok(`superoffice-logoff ${programVersion()}, Node ${process.versions.node}`),
});

/** A line for each problem of a report, whose first line counts them; each says itself what to do. */
const unusable = (report: string): readonly Line[] =>
  report
    .split('\n')
    .slice(1)
    .map((say) => ({ check: 'settings', state: 'wrong', say }));

function describeSettings({ policy }: Configuration) {
  const errors = lintPolicy(policy).filter(({ severity }) => severity === 'error');
  const read = `${policy.rules.length} ${policy.rules.length === 1 ? 'rule' : 'rules'}, version ${policy.version}`;
  if (errors.length === 0) return ok(`can be used: ${read}`);
  return wrong(`${read}: ${errors.length} that cannot be meant`, 'Run superoffice-logoff policy check.');
}
