import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { at, parseJson, textAt } from './payload.ts';

/** What the package would raise as an event of its own; whatever comes from outside is handed out under this name instead. */
const ENVELOPE = 'envelope';

export interface Overheard {
  /** Slack wants this connection to be replaced: it goes on for some seconds. `reason` is Slack's word. */
  leave(reason: string): void;
  /** Something that is neither a greeting nor a payload. */
  strange(): void;
}

/**
 * The client of Slack's package behind a gate. By itself it raises an event under each message's own type, which may be
 * one of those that it lives by (`close`), falls over a message without the parts that it expects (which ends the
 * process), and closes a connection at the first word that it will be replaced, while answers are still due on it.
 */
export class GuardedSocketClient extends SocketModeClient {
  private readonly overheard: Overheard;

  constructor(options: SocketModeOptions, overheard: Overheard) {
    super(options);
    this.overheard = overheard;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const message = typeof data === 'string' ? parseJson(data) : undefined;
    const type = textAt(message, 'type');
    if (type === 'disconnect') return this.overheard.leave(textAt(message, 'reason') ?? 'unsaid');
    if (type === 'hello') return await super.onWebSocketMessage(JSON.stringify({ type }), isBinary);
    const envelope_id = textAt(message, 'envelope_id');
    if (type === undefined || envelope_id === undefined) return this.overheard.strange();
    const payload = at(message, 'payload');
    await super.onWebSocketMessage(
      JSON.stringify({
        type: ENVELOPE,
        envelope_id,
        payload: typeof payload === 'object' && payload !== null ? payload : {},
        accepts_response_payload: at(message, 'accepts_response_payload') === true,
        retry_attempt: at(message, 'retry_attempt'),
        retry_reason: at(message, 'retry_reason'),
      }),
      isBinary,
    );
  }
}
