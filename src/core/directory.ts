import type { AssociateId } from './ids.ts';
import type { Instant } from './time.ts';

/** One internal user of SuperOffice, as people are looked up by name. Any text may be empty, and may be anybody else's too. */
export interface DirectoryPerson {
  readonly id: AssociateId;
  /** What stands as user id in SuperOffice, often initials. */
  readonly login: string;
  /** What the person logs on with; on newer servers often an e-mail address. */
  readonly userName: string;
  readonly fullName: string;
  /** Empty for many, and for everybody without a person record. */
  readonly email: string;
  /** Display name of the primary user group. */
  readonly group: string;
  /** A former employee. */
  readonly retired: boolean;
}

/** A user group that is in use. */
export interface DirectoryGroup {
  readonly id: number;
  readonly name: string;
}

/** Everybody and every group that the bot may see, as they were at one moment. */
export interface Directory {
  readonly people: readonly DirectoryPerson[];
  readonly groups: readonly DirectoryGroup[];
  /** When the reading began. */
  readonly readAt: Instant;
}
