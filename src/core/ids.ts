import { z } from 'zod';

/** A SuperOffice associate id: a whole number from 1 to 2147483647 (xs:int in the vendor's WSDL). */
export type AssociateId = number & z.$brand<'AssociateId'>;
/** A Slack person: U… or W… */
export type SlackUserId = string & z.$brand<'SlackUserId'>;
/** A Slack conversation: C…, G… or D… */
export type ChannelId = string & z.$brand<'ChannelId'>;
/** The number people call a request by: 1, 2, 3 … */
export type RequestId = number & z.$brand<'RequestId'>;

export const MAX_ASSOCIATE_ID = 2_147_483_647;

export const associateIdSchema = z.int().min(1).max(MAX_ASSOCIATE_ID).brand<'AssociateId'>();
export const slackUserIdSchema = z
  .string()
  .regex(/^[UW][A-Z0-9]{1,30}$/, 'must be a Slack person id such as U012ABCDEF')
  .brand<'SlackUserId'>();
export const channelIdSchema = z
  .string()
  .regex(/^[CGD][A-Z0-9]{1,30}$/, 'must be a Slack channel id such as C012ABCDEF')
  .brand<'ChannelId'>();
export const userGroupIdSchema = z
  .string()
  .regex(/^S[A-Z0-9]{1,30}$/, 'must be a Slack user group id such as S012ABCDEF')
  .brand<'UserGroupId'>();
export const requestIdSchema = z.int().min(1).brand<'RequestId'>();

/** Each of these takes a plain value and throws where it is not such an id. */
export const associateId = (value: number): AssociateId => associateIdSchema.parse(value);
export const slackUserId = (value: string): SlackUserId => slackUserIdSchema.parse(value);
export const channelId = (value: string): ChannelId => channelIdSchema.parse(value);
export const requestId = (value: number): RequestId => requestIdSchema.parse(value);

export type NonEmpty<T> = readonly [T, ...T[]];

/** Tells a list that has something in it from one that has not. */
export const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;

/** The shape of a list that has at least one of `item`. */
export const nonEmpty = <T extends z.ZodType>(item: T) => z.tuple([item], item).readonly();
