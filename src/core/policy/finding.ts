import type { Directory } from '../directory.ts';
import type { Standing } from '../people.ts';
import type { UserGroupMembers } from './people-sets.ts';

/** What can be wrong with a policy although every line of it can be read. */
export type FindingCode =
  | 'unreachable_rule'
  | 'more_for_less'
  | 'consent_of_nobody'
  | 'everyone_by_one'
  | 'no_effect'
  | 'cannot_be_approved'
  | 'some_cannot_be_approved'
  | 'empty_people'
  | 'unused_people'
  | 'from_example'
  | 'empty_user_group'
  | 'approver_no_member'
  | 'asker_no_member'
  | 'never_matches_nobody'
  | 'unknown_associate'
  | 'retired_associate'
  | 'two_for_one_associate'
  | 'unknown_group';

/** Something that an administrator should look at; `say` says what it is and what to do. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning';
  /** The rule's name, where it is about one. */
  readonly rule?: string;
  /** Where it stands in the settings file. */
  readonly path?: string;
  readonly say: string;
}

/** What Slack and NetServer say at this moment; what was not asked is absent, and nothing is concluded from that. */
export interface Known {
  /** Everybody whom the policy names by Slack id, or who is in one of its user groups. */
  readonly slackPeople?: ReadonlyMap<string, { readonly standing: Standing; readonly name: string }>;
  /** A user group that Slack did not tell about is missing. */
  readonly userGroups?: UserGroupMembers;
  readonly directory?: Pick<Directory, 'people' | 'groups'>;
}
