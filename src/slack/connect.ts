import { App } from '@slack/bolt';
import type { SlackUserId } from '../core/ids.ts';
import type { Answer } from '../core/inputs.ts';
import type { Measure } from '../core/measure.ts';
import type { Duration, Instant } from '../core/time.ts';
import { type Answering, slackAnswering } from './answering.ts';
import { clientOptions, type SlackCaller, slackCaller } from './client.ts';
import { type SlackDirectory, slackDirectory } from './directory.ts';
import type { Health } from './health.ts';
import { httpLine } from './http-line.ts';
import { authorize, type Identity, slackIdentity } from './identity.ts';
import { guardIntake } from './intake.ts';
import type { Line, LineState } from './line.ts';
import type { Log } from './log.ts';
import { slackLogger } from './logger.ts';
import { type SlackMessenger, slackMessenger } from './messenger.ts';
import { untilReached } from './patience.ts';
import { responseUrls } from './response-url.ts';
import { socketLine } from './socket-line.ts';
import { createTracker } from './track.ts';
import { oneEachTurn } from './turns.ts';

export interface SlackOptions {
  readonly mode: 'socket' | 'http';
  readonly botToken: string;
  /** For sockets. */
  readonly appToken?: string;
  /** Slack that answers pings later than this is taken for gone; 10 s where not said. */
  readonly pongWithin?: Duration;
  /** For http. */
  readonly signingSecret?: string;
  /** Another address than Slack's own for every call; ends in `/api/`. */
  readonly apiUrl?: string;
  readonly host: string;
  /** 0 is a free one. */
  readonly port: number;
  readonly health: Health;
  /** The zone of times in plain text. */
  readonly timeZone: string;
  now(): Instant;
  /** Calls back once after a delay; gives a function that prevents it. */
  after(delay: Duration, run: () => void): () => void;
  readonly log: Log;
  /** Takes note of each call of the Web API and each post to a response_url. */
  readonly measure?: Measure;
}

export interface SlackEdge {
  /** For commands to register themselves. */
  readonly app: App;
  readonly messenger: SlackMessenger;
  readonly directory: SlackDirectory;
  /** For `registerButtons` and `registerModals`. */
  readonly slack: SlackCaller;
  readonly answering: Answering;
  readonly timeZone: string;
  /** A private answer through the response_url of a command, or directly to the person. */
  answerTo(responseUrl: string, person?: SlackUserId): Answer;
  /** Counts work that goes on after the listener that started it, so that `stop` waits for it. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Begins work that need not begin at once behind what came before it, when what came in meanwhile is acknowledged. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing that came in is being worked on. */
  settled(): Promise<void>;
  identity(): Promise<Identity>;
  state(): LineState;
  /** Of each connection: two in socket mode. */
  connections(): readonly LineState[];
  /** Throws a SlackError where Slack refuses the tokens; waits as long as it cannot be reached. */
  start(): Promise<{ readonly port: number }>;
  /** Takes nothing more in, waits for what is under way (10 s where not said), closes everything. */
  stop(within?: Duration): Promise<void>;
}

function openLine(options: SlackOptions): Line {
  const { appToken, signingSecret } = options;
  if (options.mode === 'socket') {
    if (appToken === undefined) throw new Error('Socket Mode needs an app token');
    return socketLine({ ...options, appToken });
  }
  if (signingSecret === undefined) throw new Error('HTTP mode needs the signing secret');
  return httpLine({ ...options, signingSecret });
}

/** Builds the Slack edge. Nothing is sent or opened before `start`. */
export function connectSlack(options: SlackOptions): SlackEdge {
  const { botToken, timeZone, log } = options;
  const slack = slackCaller(botToken, options);
  const urls = responseUrls(options.apiUrl, options.measure);
  const identity = slackIdentity(slack);
  const messenger = slackMessenger(slack, urls, timeZone);
  const answering = slackAnswering({ slack, urls, messenger, timeZone, log, after: options.after });
  const tracker = createTracker();
  const line = openLine(options);
  const app = new App({
    receiver: line.receiver,
    authorize: (source) => authorize(identity, botToken, source),
    clientOptions: clientOptions(options, 2),
    logger: slackLogger(log, 'bolt'),
    convoStore: false,
    extendedErrorHandler: true,
    tokenVerificationEnabled: false,
    attachFunctionToken: false,
  });
  let stopping = false;
  const stopped = Promise.withResolvers<void>();
  guardIntake(app, { tracker, answering, timeZone, log, isStopping: () => stopping });

  return {
    app,
    messenger,
    directory: slackDirectory(slack, identity, log),
    slack,
    answering,
    timeZone,
    answerTo: answering.byUrl,
    track: tracker.track,
    inTurn: oneEachTurn(),
    settled: tracker.settled,
    identity,
    state: line.state,
    connections: line.connections,
    async start() {
      const where = await line.listen();
      try {
        await untilReached(identity, options, stopped.promise);
        await line.connect();
      } catch (error) {
        await line.closeIntake();
        await line.end();
        throw error;
      }
      return where;
    },
    async stop(within = 10_000) {
      stopping = true;
      stopped.resolve();
      await line.closeIntake();
      if (!(await tracker.settledWithin(within))) log('warn', 'slack_stopped_with_work_under_way');
      await line.end();
    },
  };
}
