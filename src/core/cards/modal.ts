import type { AssociateId, ChannelId, RequestId } from '../ids.ts';
import type { Part, Text } from './card.ts';

/** Which modal this is; the edge registers one submission listener for each that can be submitted. */
export type ModalKind = 'deny' | 'approve' | 'confirm' | 'people' | 'message';

/** A window in front of one person. Its private metadata holds the request's id and page, nothing else. */
export interface Modal {
  readonly kind: ModalKind;
  /** At most 24 characters. */
  readonly title: string;
  readonly request: RequestId;
  readonly parts: readonly Part[];
  /** Present where the modal can be submitted: the button's label, at most 24 characters. */
  readonly submit?: string;
  readonly close: string;
  /** A free text of at most `max` characters. */
  readonly input?: { readonly label: string; readonly hint: string; readonly max: number; readonly optional: boolean };
  /** Present where there is more than one page: buttons for the page before and after. Counts from 0. */
  readonly pages?: { readonly page: number; readonly of: number };
}

/** Something to choose: what it is called, and in smaller letters what tells it from others of that name. */
export interface Choice<Id extends number = number> {
  readonly id: Id;
  readonly label: string;
  readonly more?: string;
}

/** What can be filled in. Each kind stands at most once in a form, and each may stay empty. */
export type Field =
  /** Some people, looked up while typing. */
  | {
      readonly kind: 'people';
      readonly label: string;
      readonly hint: string;
      readonly initial: readonly Choice<AssociateId>[];
    }
  /** One user group of SuperOffice, looked up while typing. */
  | { readonly kind: 'group'; readonly label: string; readonly hint: string; readonly initial?: Choice }
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly hint: string;
      readonly max: number;
      readonly initial?: string;
    };

export type FieldKind = Field['kind'];

/** What somebody filled in so far. */
export interface FormValues {
  readonly people: readonly Choice<AssociateId>[];
  readonly group?: Choice;
  readonly text?: string;
}

/** Somebody in a list; the button opens a form in which they are chosen already. */
export interface FormRow {
  /** May hold names, so it is drawn as text that knows no markup. */
  readonly text: string;
  /** Our own words and mentions. */
  readonly more: Text;
  readonly pick?: { readonly label: string; readonly id: AssociateId };
}

export type FormKind = 'compose' | 'who';

/**
 * A window before there is a request. Its private metadata holds kind and channel (and page and group where it has
 * pages), nothing else.
 */
export interface Form {
  readonly kind: FormKind;
  /** At most 24 characters. */
  readonly title: string;
  /** Where the line about the request will stand. */
  readonly channel: ChannelId;
  readonly intro: readonly Part[];
  readonly fields: readonly Field[];
  readonly rows: readonly FormRow[];
  /** Below fields and rows. */
  readonly parts: readonly Part[];
  /** Present where it can be submitted: the button's label, at most 24 characters. */
  readonly submit?: string;
  readonly close: string;
  /** Which page of how many, from 0, and of which group of SuperOffice only. */
  readonly pages?: { readonly page: number; readonly of: number; readonly group?: number };
}
