import type { RequestId, SlackUserId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * What a message or modal says, without Block Kit. `text` spans made of what people typed stay plain: the edge escapes
 * them, and where they stand in a list or a quote it draws them as elements that know no markup.
 */
export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly bold?: true }
  | { readonly kind: 'person'; readonly slack: SlackUserId; readonly name: string }
  | { readonly kind: 'time'; readonly at: Instant; readonly dated?: true }
  /** Behind a time: how long it is until then, in brackets. Slack counts down by itself; plain text leaves it out. */
  | { readonly kind: 'until'; readonly at: Instant };

export type Text = readonly Span[];

/** What a button does when pressed; the edge registers one listener for each. */
export type ButtonAction =
  | 'approve'
  | 'deny'
  | 'cancel'
  | 'confirm'
  | 'consent'
  | 'ready'
  | 'snooze'
  | 'show_everyone'
  | 'retry';

export interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** A button. It carries the request's id and nothing else. */
export interface Button {
  readonly action: ButtonAction;
  readonly label: string;
  readonly request: RequestId;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
}

/** A button before there is a request: pressing it is as if the one who pressed had typed the command. */
export interface CommandButton {
  readonly action: 'run';
  readonly label: string;
  /** What stands behind `/logoff`; at most 2,000 characters. */
  readonly command: string;
}

export type AnyButton = Button | CommandButton;

export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** Words that a person typed, drawn as a quotation. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** Label and value, a row each. */
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: Text }[] }
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'buttons'; readonly buttons: readonly AnyButton[] };

/** A message. `summary` comes first in the plain text, which phones and screen readers show instead of the parts. */
export interface Card {
  readonly summary: Text;
  readonly parts: readonly Part[];
}

export const text = (value: string): Span => ({ kind: 'text', text: value });
export const bold = (value: string): Span => ({ kind: 'text', text: value, bold: true });
export const time = (at: Instant): Span => ({ kind: 'time', at });
export const until = (at: Instant): Span => ({ kind: 'until', at });
/** With its day, for what may be long ago. */
export const dated = (at: Instant): Span => ({ kind: 'time', at, dated: true });
/** A time of a request: with its day where it is so far from when it was asked for that the hour alone could mislead. */
export const timeIn = ({ openedAt }: { readonly openedAt: Instant }, at: Instant): Span =>
  Math.abs(at - openedAt) > HALF_A_DAY ? dated(at) : time(at);
const HALF_A_DAY = 12 * 3_600_000;
export const person = (who: { readonly slack: SlackUserId; readonly name: string }): Span => ({
  kind: 'person',
  slack: who.slack,
  name: who.name,
});
