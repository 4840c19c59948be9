import { randomUUID } from 'node:crypto';
import { commands } from '../commands/index.ts';
import { correctedClock } from './clock/corrected.ts';
import type { Loaded } from './config.ts';
import { withoutRight } from './core/cards/answers.ts';
import { codeOf } from './core/errors.ts';
import { knownFacts } from './netserver/known-facts.ts';
import { connectNetServer } from './netserver/netserver.ts';
import { peopleDirectory } from './netserver/people-directory.ts';
import { type AllParts, healthAnswers } from './runtime/health-answers.ts';
import { netServerOptions } from './runtime/netserver-options.ts';
import { openObserving } from './runtime/observing.ts';
import { watchReadiness } from './runtime/readiness.ts';
import { programVersion } from './runtime/version.ts';
import { registerButtons } from './slack/buttons.ts';
import { registerCompose } from './slack/compose.ts';
import { connectSlack, type SlackEdge } from './slack/connect.ts';
import { registerModals } from './slack/modals.ts';
import { formOpener } from './slack/windows.ts';
import { openStore, type Store } from './store/open-store.ts';
import { noticePlainNames } from './workflows/commands/notice-plain-names.ts';
import { takeCommand } from './workflows/commands/take-command.ts';
import { createReconciler } from './workflows/dispatch/reconcile.ts';
import { announcePolicy, putInForce } from './workflows/operator/announce-policy.ts';
import { checkNever } from './workflows/operator/check-never.ts';
import { createDaily } from './workflows/operator/daily.ts';
import { type Left, lookBack, tellOfStart } from './workflows/operator/report-start.ts';
import type { Clock, Log } from './workflows/ports.ts';
import { reviewHandlers } from './workflows/review/review-request.ts';
import { composeHandlers } from './workflows/window/logoff-window.ts';
import type { World } from './workflows/world.ts';

export type Configuration = Extract<Loaded, { ok: true }>;

/** A bot that is running. */
export interface RunningBot {
  /** Where /healthz and /readyz (and, in http mode, /slack/events) are. */
  readonly port: number;
  /** Resolves when nothing is being worked on; what waits for the clock goes on waiting. */
  settled(): Promise<void>;
  /** Takes no new work, lets what runs end, closes everything. */
  stop(): Promise<void>;
}

/** How long a stop waits for work that is under way: one SOAP call and its bookkeeping. */
const STOP_GRACE = 20_000;

/** Wires the bot and starts it. Throws an EdgeError where the database or Slack refuses; NetServer may be away. */
export async function startBot(configuration: Configuration, machine: Clock, lines: Log): Promise<RunningBot> {
  const { settings, environment, policy } = configuration;
  const { metricsPort } = environment;
  const look = () => netserver.systemInfo();
  const observing = await openObserving({ metricsPort, rules: policy.rules, clock: machine, log: lines, look });
  const { log } = observing;
  const store = await openStore({
    url: environment.databaseUrl.reveal(),
    auditKey: environment.auditKey?.reveal(),
    now: machine.now,
    log,
  });
  const shared = store.engine === 'postgres' ? correctedClock(machine, store.serverTime, log) : undefined;
  const clock: Clock = shared ?? machine;
  const clockIsOff = shared === undefined ? {} : { clockIsOff: shared.isOff };
  const netserver = connectNetServer(netServerOptions(configuration, clock, log, observing.measureNetServer));
  const readiness = watchReadiness({
    version: policy.version,
    clock,
    ...clockIsOff,
    beat: store.life.beat,
    activePolicy: store.policies.active,
    log,
  });
  const slack = connectSlack({
    mode: settings.slack.mode,
    botToken: environment.slackBotToken.reveal(),
    ...(environment.slackAppToken === undefined ? {} : { appToken: environment.slackAppToken.reveal() }),
    ...(environment.slackSigningSecret === undefined ? {} : { signingSecret: environment.slackSigningSecret.reveal() }),
    ...(environment.slackApiUrl === undefined ? {} : { apiUrl: environment.slackApiUrl }),
    host: environment.host,
    port: environment.port,
    timeZone: settings.timeZone,
    now: clock.now,
    after: clock.after,
    log,
    measure: observing.measureSlack,
    health: (path) => health(path),
  });
  // Asked while the records are opened; whether Slack refused is looked at where the answer is needed.
  slack.identity().catch(() => {});
  const parts = async (): Promise<AllParts> => {
    const netserver = observing.netserver.now();
    return {
      ...(await readiness.parts()),
      slack: slack.state(),
      slack_connections: slack.connections(),
      netserver,
    };
  };
  const health = healthAnswers(parts);
  const world: World = {
    clock,
    log,
    holder: randomUUID(),
    // One process writes an SQLite file, so whoever held a lease there is gone.
    alone: store.engine === 'sqlite',
    ...clockIsOff,
    policy,
    timeZone: settings.timeZone,
    verify: settings.verify,
    callLimit: settings.netserver.timeout,
    approvalsChannel: settings.slack.approvalsChannel,
    auditChannel: settings.slack.auditChannel,
    requests: observing.counted(store.requests),
    drawings: store.drawings,
    policies: store.policies,
    lastRefusal: store.lastRefusal,
    pauses: store.pauses,
    netserver: { ...netserver, serverFacts: knownFacts(netserver, settings.netserver.services, clock.monotonic) },
    people: peopleDirectory(netserver, { now: clock.now, after: clock.after, log }),
    directory: slack.directory,
    messenger: slack.messenger,
  };
  const reconciler = createReconciler(world);
  const { timeZone, auditKeep } = settings;
  const daily = createDaily(world, { audit: store.audit, duties: store.duties, timeZone, auditKeep });
  const notice = noticePlainNames(world);
  for (const command of commands) {
    command.register(slack.app, {
      take: (input, answer) =>
        slack.inTurn(async () => {
          await Promise.all([takeCommand(input, answer, world, reconciler), notice(input.text)]);
        }),
      answer: slack.answerTo,
      openForm: (trigger) => formOpener(slack, 'views.open', trigger),
      track: slack.track,
    });
  }
  const review = reviewHandlers(world, reconciler);
  registerButtons(slack, review);
  registerModals(slack, review);
  registerCompose(slack, composeHandlers(world, reconciler));

  const stopAll = async () => {
    reconciler.windDown();
    await slack.stop(STOP_GRACE);
    await reconciler.stop();
    await daily.stop();
    readiness.stop();
    shared?.stop();
    await observing.close();
    await netserver.close();
    await store.close();
  };
  try {
    await shared?.start();
    const replaced = await putInForce(configuration.rules, world);
    const left = await lookBack(store.life, world);
    await observing.serve({ clock, parts, listOpen: store.requests.listOpen, paused: store.pauses.current });
    const { port } = await slack.start();
    const identity = await slack.identity();
    readiness.start();
    reconciler.start();
    daily.start();
    const reported = reconciler.settled().then(() => report(left, store, world));
    // A start does not fail for want of an announcement.
    const announced =
      replaced &&
      announcePolicy(replaced, world).catch((error: unknown) =>
        log('error', 'policy_not_announced', { code: codeOf(error) }),
      );
    void checkChannel(world, slack.directory);
    if (settings.netserver.ca === '') {
      log('error', 'ca_file_missing', {
        hint: 'netserver.ca_file names no file: https to NetServer fails until it is there',
      });
    }
    void checkNetServer(world, netserver.warm, store);
    log('info', 'ready', {
      version: programVersion(),
      port,
      mode: settings.slack.mode,
      team: identity.teamId,
      policy: policy.version,
      database: store.engine,
    });
    const settled = async () => {
      await slack.settled();
      await reconciler.settled();
      await daily.settled();
      await reported;
      await announced;
    };
    return { port, stop: stopAll, settled };
  } catch (error) {
    await stopAll().catch(() => {});
    throw error;
  }
}

/** Says what the start changed. A process that cannot say so goes on all the same. */
async function report(left: Left, store: Store, world: World): Promise<void> {
  await tellOfStart(left, store.life, world).catch((error: unknown) =>
    world.log('warn', 'start_not_reported', { code: codeOf(error) }),
  );
}

/** Says early what approvers would notice late: that the card cannot be posted. */
async function checkChannel(
  { approvalsChannel, log }: World,
  directory: Pick<SlackEdge['directory'], 'channelProblems'>,
): Promise<void> {
  if (approvalsChannel === undefined) return;
  const problems = await directory.channelProblems(approvalsChannel).catch((error: unknown) => [codeOf(error)]);
  for (const problem of problems) {
    const hint = problem === 'not_in_channel' ? { hint: 'type /invite @SuperOffice log-off in it' } : {};
    log('error', 'approvals_channel', { channel: approvalsChannel, problem, ...hint });
  }
}

/** Says early what the first request would notice late. NetServer may be away at a start. */
async function checkNetServer(world: World, warm: () => Promise<void>, { duties }: Store): Promise<void> {
  const { log, netserver, people } = world;
  try {
    await warm();
    const { associateId: associate } = await netserver.self();
    const { version, services, windowsClient, missingRights } = await netserver.serverFacts();
    if (windowsClient === 'no') log('warn', 'no_windows_client', { version, hint: 'there is nobody to log off here' });
    for (const right of missingRights) log('warn', 'netserver_right_missing', { right, hint: withoutRight(right) });
    log('info', 'netserver_ready', { associate, version, services });
    await checkNever(await people.read(), duties, world);
  } catch (error) {
    log('warn', 'netserver_away', { code: codeOf(error) });
  }
}
