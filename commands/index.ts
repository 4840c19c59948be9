import type { App } from '@slack/bolt';
import type { SlackUserId } from '../src/core/ids.ts';
import type { Answer, OpenForm, SlashInput } from '../src/core/inputs.ts';
import { logoff } from './logoff.ts';

/**
 * What a command needs: the workflow, a private answer through a response_url, a window for a trigger, and the list of
 * what still runs.
 */
export interface CommandHandlers {
  readonly take: (input: SlashInput, answer: Answer) => Promise<void>;
  readonly answer: (replyUrl: string, person?: SlackUserId) => Answer;
  readonly openForm: (trigger: string) => OpenForm;
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

export interface SlashCommand {
  /** As in the manifest, with the slash. */
  readonly name: string;
  /** Adds the listener to the app. */
  readonly register: (app: App, handlers: CommandHandlers) => void;
}

/** Every slash command; the manifest lists the same (a test compares them). */
export const commands: readonly SlashCommand[] = [logoff];
