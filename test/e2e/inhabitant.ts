import type { Clicked } from '../../src/sandbox/slack/persona/click.ts';
import type { Taken } from '../../src/sandbox/slack/persona/person.ts';
import type { Persona } from '../../src/sandbox/slack/persona/persona.ts';
import type { SeenMessage, SeenView } from '../../src/sandbox/slack/persona/seen.ts';
import type { Submitted } from '../../src/sandbox/slack/persona/submit.ts';
import { APPROVALS, HELPDESK } from './cast.ts';

/** A person of the town. What they do is over when the bot has done everything that follows from it. */
export interface Inhabitant {
  /** The person without the waiting. */
  readonly hasty: Persona;
  /** Types into #helpdesk, or into the channel that is named. */
  say(text: string, channel?: string): Promise<Taken>;
  /** Presses a button by its label or action id; `confirm: false` backs out of the dialog. */
  click(target: SeenMessage | SeenView, which: string, options?: { readonly confirm?: boolean }): Promise<Clicked>;
  /** Presses the submit button of the window on top. */
  submit(values?: Readonly<Record<string, string>>): Promise<Submitted>;
  /** The window on top. */
  window(): SeenView;
  /** The newest private answer in #helpdesk, or in the channel that is named. */
  told(channel?: string): string;
  /** The newest private answer in the approvals channel: what a click got. */
  answered(): string;
}

export function inhabitant(persona: Persona, quiet: () => Promise<void>): Inhabitant {
  const afterwards = async <T>(doing: Promise<T>): Promise<T> => {
    const done = await doing;
    await quiet();
    return done;
  };
  const told = (channel = HELPDESK) =>
    persona.sees(channel).findLast((message) => message.private)?.text ?? 'nothing was said';
  return {
    hasty: persona,
    say: (text, channel = HELPDESK) => afterwards(persona.say(channel, text)),
    click: (target, which, options) => afterwards(persona.click(target, which, options)),
    submit: (values) => afterwards(persona.submit(persona.modal(), values)),
    window: () => persona.modal(),
    told,
    answered: () => told(APPROVALS),
  };
}
