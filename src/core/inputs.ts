import type { ButtonAction, Card } from './cards/card.ts';
import type { Choice, FieldKind, Form, FormValues, Modal } from './cards/modal.ts';
import type { AssociateId, ChannelId, RequestId, SlackUserId } from './ids.ts';
import type { Standpoint } from './people.ts';

/** Who did something in Slack, as the payload says: the person, and the workspace the person belongs to. */
export interface Actor {
  readonly slack: SlackUserId;
  readonly team: string;
}

/** Where a message stands. */
export interface MessageRef {
  readonly channel: ChannelId;
  readonly ts: string;
}

/** An answer that only the one who asked can see. */
export type Answer = (card: Card) => Promise<void>;

/** Somebody asks for something: by typing it, by pressing what carries it, or in a window. */
export interface Ask {
  readonly via: 'command' | 'button' | 'modal';
  readonly who: Actor;
  readonly channel: ChannelId;
  /** What was typed, or what stands for it. */
  readonly text: string;
  /** Unique for each time somebody asks: the same one twice is one request. */
  readonly key: string;
  /** Slack's response_url, where there is one: five uses within thirty minutes. */
  readonly replyUrl?: string;
  /** Who that turned out to be, once Slack was asked: a refusal keeps it in the audit. */
  readonly requester?: Standpoint;
}

/** A slash command, taken out of Slack's payload. Its key is Slack's trigger_id. */
export interface SlashInput extends Ask {
  readonly replyUrl: string;
  /** Absent where nothing can be opened: a button on a card that carries a command. */
  readonly openForm?: OpenForm;
}

/** A window that stands open in front of one person. */
export interface OpenWindow<Content = Form> {
  /** False, and nothing is shown, where it was closed or shows something else by now. */
  show(content: Content): Promise<boolean>;
  /** Puts an answer in it; nothing can be filled in or pressed there any more. */
  tell: Answer;
}

/** Opens a window for the one who typed or pressed; Slack takes that for 3 seconds. Throws an EdgeError where it does not. */
export type OpenForm = (form: Form) => Promise<OpenWindow>;

/** A button press on a card or in a modal. */
export interface Click {
  readonly who: Actor;
  readonly action: ButtonAction;
  readonly request: RequestId;
  /** The message that holds the button; absent where the button is in a modal. */
  readonly message?: MessageRef;
  /** Opens a modal for the one who pressed; Slack takes that for 3 seconds. Throws an EdgeError where it does not. */
  readonly openModal: (modal: Modal) => Promise<OpenWindow<Modal>>;
  readonly answer: Answer;
}

/** A press on a button that carries a command. `key` is unique for each press. */
export interface CommandPress {
  readonly who: Actor;
  readonly channel: ChannelId;
  readonly command: string;
  readonly key: string;
  readonly replyUrl: string;
  readonly answer: Answer;
}

/** The modals that can be submitted, and those that have pages. */
export type SubmittedKind = 'approve' | 'deny' | 'confirm';
export type PagedKind = 'people' | 'approve' | 'confirm';

/** A modal that was submitted. */
export interface Submission {
  readonly who: Actor;
  readonly kind: SubmittedKind;
  readonly request: RequestId;
  readonly note?: string;
  readonly answer: Answer;
}

/** What happens when somebody presses, submits or turns a page. Each resolves when the work is done. */
export interface ReviewHandlers {
  click(click: Click): Promise<void>;
  /** A button that carries a command. */
  run(press: CommandPress): Promise<void>;
  submit(submission: Submission): Promise<void>;
  /** The page of a modal that lists people; nothing where the person may not see it. */
  page(who: Actor, request: RequestId, kind: PagedKind, page: number): Promise<Modal | undefined>;
}

/** What is offered for what was typed so far: at most 100, under a heading that says how many there are. */
export interface Suggestions {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** The fields that are filled by looking something up while typing. */
export type LookedUp = Exclude<FieldKind, 'text'>;

/** A press on "Log off…" beside somebody in a list. */
export interface Pick {
  readonly who: Actor;
  readonly channel: ChannelId;
  readonly associate: AssociateId;
  readonly open: OpenForm;
  readonly answer: Answer;
}

/** A form that was submitted. `key` names the window: submitting it twice is one request. */
export interface FormSubmission {
  readonly who: Actor;
  readonly channel: ChannelId;
  readonly values: FormValues;
  readonly key: string;
  readonly window: OpenWindow;
}

/** What Slack is told of a submission within 3 seconds: what is wrong with which field, or that it is being worked on. */
export type Verdict =
  | { readonly kind: 'errors'; readonly errors: Readonly<Partial<Record<FieldKind, string>>> }
  | { readonly kind: 'working' };

/** What happens in windows before there is a request. Each resolves when the work is done. */
export interface ComposeHandlers {
  pick(pick: Pick): Promise<void>;
  suggest(who: Actor, field: LookedUp, typed: string): Promise<Suggestions>;
  /** The form as it is to look for what is chosen now; nothing where the person may not use it. */
  change(who: Actor, channel: ChannelId, values: FormValues): Promise<Form | undefined>;
  /** Calls `acknowledge` once, after 2 seconds at the latest; goes on working after it said `working`. */
  submit(submission: FormSubmission, acknowledge: (verdict: Verdict) => Promise<void>): Promise<void>;
  /** A page of who is logged on, read afresh; nothing where the person may not see it. */
  page(who: Actor, channel: ChannelId, page: number, group: number | undefined): Promise<Form | undefined>;
}
