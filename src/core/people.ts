import { z } from 'zod';
import { associateIdSchema, slackUserIdSchema } from './ids.ts';

/** What Slack's flags say of a person. Only `member` may use, approve or stop anything. */
export const standings = ['member', 'guest', 'stranger', 'bot', 'deactivated', 'unknown'] as const;
export type Standing = (typeof standings)[number];

/** How a Slack person and an associate were found to be the same: only a match that `permits` may give rights. */
export const matchSchema = z.object({
  associate: associateIdSchema,
  how: z.enum(['map', 'email']),
  permits: z.boolean(),
});
export type Match = z.infer<typeof matchSchema>;

/** How many associates of one address are kept. */
export const MAYBE = 10;

/** A Slack person as the record keeps them. */
export const personSchema = z.object({
  slack: slackUserIdSchema,
  team: z.string(),
  name: z.string(),
  match: matchSchema.optional(),
  /** Associates who share this person's confirmed address: who of them it is is not known, so this can only refuse. */
  maybe: z.array(associateIdSchema).max(MAYBE).optional(),
});
export type Person = z.infer<typeof personSchema>;

/** A person with what the rules need to know of them at this moment. */
export interface Standpoint {
  readonly person: Person;
  readonly standing: Standing;
  /** The names under `people:` in the settings that this person is in now. */
  readonly groups: readonly string[];
  /** Names that this person may be in as well: by a user group that Slack did not tell about. That gives no right. */
  readonly unread?: readonly string[];
}

/** Associate.Type in the vendor's WSDL; only internal associates can use the Windows client. */
export const associateTypes = ['internal', 'resource', 'external', 'anonymous', 'system', 'unknown'] as const;
export type AssociateType = (typeof associateTypes)[number];

/** Somebody NetServer knows. `login` is Associate.Name, `retired` is Associate.Deleted, `groupId` the primary group. */
export const associateSchema = z.object({
  id: associateIdSchema,
  login: z.string(),
  /** What they log on with, on newer servers often an e-mail address; absent where SuperOffice does not tell. */
  userName: z.string().optional(),
  fullName: z.string(),
  groupId: z.int(),
  /** Name of that group, where the groups could be read. */
  group: z.string().optional(),
  type: z.enum(associateTypes),
  retired: z.boolean(),
});
export type Associate = z.infer<typeof associateSchema>;

/** How somebody was named: by id, by what `find-people` matched exactly, as themselves, as a mention, with a group, with everyone. */
export const namedBySchema = z.enum(['id', 'login', 'name', 'email', 'me', 'mention', 'group', 'everyone']);
export type NamedBy = z.infer<typeof namedBySchema>;

/** Somebody to be logged off, and whether they were on the Windows client when last looked at. */
export const targetSchema = associateSchema.extend({
  on: z.enum(['on', 'off', 'unknown']),
  /** The Slack person, where known; `email` only informs. */
  slack: z
    .object({
      user: slackUserIdSchema,
      how: z.enum(['map', 'email']),
      /** By an e-mail address of a domain that the settings trust: as sure as an entry in the map. */
      trusted: z.literal(true).optional(),
    })
    .optional(),
  namedBy: namedBySchema.optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** Why somebody who was asked for is not among the targets. */
export const leftOutCodes = ['unknown_id', 'not_internal', 'bot_itself', 'never_list', 'gone_meanwhile'] as const;
export const leftOutSchema = z.object({
  id: associateIdSchema,
  name: z.string().optional(),
  code: z.enum(leftOutCodes),
});
export type LeftOut = z.infer<typeof leftOutSchema>;
