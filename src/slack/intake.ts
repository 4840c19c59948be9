import { type App, AuthorizationError, type ReceiverEvent } from '@slack/bolt';
import type { Card } from '../core/cards/card.ts';
import type { Answering } from './answering.ts';
import { SlackError } from './errors.ts';
import type { Log } from './log.ts';
import { at, textAt } from './payload.ts';
import { renderAnswerView } from './render.ts';
import type { Tracker } from './track.ts';
import { answers } from './words.ts';

export interface Intake {
  readonly tracker: Tracker;
  readonly answering: Answering;
  readonly timeZone: string;
  readonly log: Log;
  isStopping(): boolean;
}

/** What came in, in one word, for the log; what is no word of Slack's kind is not repeated there. */
function kindOf(body: unknown): string {
  const type = textAt(body, 'type');
  if (type !== undefined) return /^[a-z_]{1,40}$/.test(type) ? type : 'other';
  return at(body, 'command') === undefined ? 'other' : 'command';
}

/**
 * Stands between the receivers and Bolt, which by itself leaves a payload without acknowledgement or answer where no
 * listener matches or one throws. Here each is counted while it is under way, acknowledged and answered.
 */
export function guardIntake(app: App, intake: Intake): void {
  const { tracker, log } = intake;
  const process = app.processEvent.bind(app);
  const failures = new WeakMap<object, unknown>();
  app.error(async ({ error, body }: { error: Error; body: object }) => {
    failures.set(body, error);
  });

  async function take(event: ReceiverEvent): Promise<void> {
    const { body } = event;
    let acknowledged = false;
    const ack: ReceiverEvent['ack'] = async (...answer) => {
      acknowledged = true;
      await event.ack(...answer);
    };
    if (intake.isStopping()) return await finish(event.body, ack, answers.stopping, intake);
    try {
      await process({ ...event, ack });
    } catch (error) {
      failures.set(body, error);
    }
    const failure = failures.get(body);
    if (failure !== undefined) log('error', 'slack_listener_failed', { kind: kindOf(body), ...describe(failure) });
    else if (!acknowledged) log('warn', 'slack_unknown_payload', { kind: kindOf(body) });
    else return;
    await finish(
      body,
      acknowledged ? undefined : ack,
      failure === undefined ? answers.unknown : excuse(failure),
      intake,
    );
  }

  app.processEvent = (event) =>
    tracker.track(
      take(event).catch((error: unknown) =>
        log('error', 'slack_answer_failed', { kind: kindOf(event.body), ...describe(error) }),
      ),
    );
}

/** Acknowledges where that has not been done, and tells the person. */
async function finish(body: unknown, ack: ReceiverEvent['ack'] | undefined, card: Card, intake: Intake): Promise<void> {
  const type = textAt(body, 'type');
  if (ack !== undefined && type === 'view_submission') {
    await ack({ response_action: 'update', view: renderAnswerView(card, intake.timeZone) });
    return;
  }
  if (ack !== undefined) await ack(type === 'block_suggestion' ? { options: [] } : undefined);
  if (type === 'block_suggestion' || type === 'view_closed') return;
  await intake.answering.forPayload(body)?.(card);
}

const original = (error: unknown): unknown => (error instanceof AuthorizationError ? error.original : error);

function excuse(failure: unknown): Card {
  const error = original(failure);
  if (error instanceof SlackError && error.code === 'foreign_team') return answers.foreign;
  return failure instanceof AuthorizationError ? answers.unreachable : answers.failed;
}

/** An error for the log: its kind, code and where it was thrown; never its message, which may quote what came in. */
function describe(failure: unknown): Readonly<Record<string, unknown>> {
  const error = original(at(failure, 'original') ?? failure);
  const stack = textAt(error, 'stack')?.replace(textAt(error, 'message') ?? '', '');
  const where = stack?.split('\n').find((line) => /^\s+at /.test(line));
  return { error: textAt(error, 'name') ?? typeof error, code: textAt(error, 'code'), where: where?.trim() };
}
