import { z } from 'zod';
import { associateIdSchema, channelIdSchema, nonEmpty, requestIdSchema, slackUserIdSchema } from '../ids.ts';
import { leftOutSchema, matchSchema, personSchema, standings, targetSchema } from '../people.ts';
import { durationMsSchema, instantSchema } from '../time.ts';
import {
  claimSchema,
  demandSchema,
  everyoneSchema,
  heldSchema,
  leftSchema,
  originSchema,
  reminderSchema,
  resultSchema,
  rolesSchema,
  sightingSchema,
  warnedSchema,
} from './request.ts';

/** The rule by which it was judged again, where that is another than at the opening. */
const ruleOfNow = { rule: z.string().optional() };

/**
 * What happened to a request, as the audit keeps it. A record is its facts folded by `evolve`, so that the audit can be
 * replayed and compared with the row before anything is sent.
 */
export const factSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    requester: personSchema,
    origin: originSchema,
    targets: z.array(targetSchema).readonly(),
    leftOut: z.array(leftOutSchema).readonly(),
    reason: z.string().optional(),
    /** The request whose remaining people are tried again. */
    retryOf: requestIdSchema.optional(),
    /** They were left after everyone was to be logged off. */
    afterEveryone: z.literal(true).optional(),
    peopleAsOf: instantSchema.optional(),
    /** Whoever is on then, not before this time. */
    everyone: everyoneSchema.pick({ at: true, never: true }).optional(),
    rule: z.string(),
    demand: demandSchema,
    expiresAt: instantSchema,
  }),
  /** The requester confirmed the list; from now on the approvers have until `expiresAt`. */
  z.object({ kind: z.literal('confirmed'), expiresAt: instantSchema }),
  z.object({ kind: z.literal('approval_given'), by: personSchema }),
  /** Whoever gave it before is not one who may any more. */
  z.object({ kind: z.literal('approval_lapsed'), by: personSchema }),
  /** The one person to be logged off agreed. */
  z.object({ kind: z.literal('consent_given'), by: personSchema }),
  z.object({ kind: z.literal('approved'), dispatchBy: instantSchema }),
  z.object({ kind: z.literal('denied'), by: personSchema, note: z.string().optional() }),
  /** Taken back, or stopped once it was approved. */
  z.object({ kind: z.literal('cancelled'), by: personSchema, role: rolesSchema.optional() }),
  /** Half of the time for an answer is over. */
  z.object({ kind: z.literal('reminded') }),
  /**
   * People who are on are warned, these from now on; nobody is sent before `until`. Whoever is named again has their time
   * anew, as the message went out late. Where everyone is meant, it is one look at who is on: those told before may be
   * reminded.
   */
  z.object({
    kind: z.literal('warned'),
    for: durationMsSchema,
    until: instantSchema,
    dispatchBy: instantSchema,
    targets: z.array(targetSchema).readonly(),
    leftOut: z.array(leftOutSchema).readonly(),
    people: z.array(warnedSchema.pick({ id: true, slack: true })).readonly(),
    reminder: reminderSchema.optional(),
    reminded: z.array(associateIdSchema).readonly().optional(),
  }),
  /** Slack could not deliver the warning. */
  z.object({ kind: z.literal('not_warned'), id: associateIdSchema, code: z.string() }),
  /** Somebody who was warned is ready; `until` is now where that was everybody. */
  z.object({ kind: z.literal('ready'), id: associateIdSchema, by: personSchema, until: instantSchema }),
  /** Somebody who was warned asked for more time. */
  z.object({
    kind: z.literal('snoozed'),
    id: associateIdSchema,
    by: personSchema,
    until: instantSchema,
    dispatchBy: instantSchema,
  }),
  z.object({
    kind: z.literal('expired'),
    was: z.enum(['confirmation', 'approval', 'dispatch']),
    deadline: instantSchema,
  }),
  z.object({ kind: z.literal('aborted'), code: z.string() }),
  /** Dispatch is paused for everybody: this request waits, and its time goes on. */
  z.object({ kind: z.literal('held'), ...heldSchema.shape }),
  z.object({ kind: z.literal('released') }),
  /** What must be looked at again before the call could not be: Slack or SuperOffice did not tell. It is tried again. */
  z.object({ kind: z.literal('recheck_waits'), code: z.string() }),
  z.object({
    kind: z.literal('dispatch_claimed'),
    claim: claimSchema,
    attempt: z.int().min(1),
    targets: z.array(targetSchema).readonly(),
    leftOut: z.array(leftOutSchema).readonly(),
    sent: nonEmpty(associateIdSchema),
    notSent: z.array(resultSchema).readonly(),
    ...ruleOfNow,
  }),
  z.object({ kind: z.literal('call_not_made'), code: z.string(), retryAt: instantSchema }),
  z.object({ kind: z.literal('call_accepted') }),
  z.object({ kind: z.literal('call_unknown'), code: z.string() }),
  z.object({ kind: z.literal('failed'), code: z.string() }),
  z.object({
    kind: z.literal('nobody_to_send'),
    targets: z.array(targetSchema).readonly(),
    leftOut: z.array(leftOutSchema).readonly(),
    results: z.array(resultSchema).readonly(),
    ...ruleOfNow,
    left: leftSchema.optional(),
  }),
  z.object({ kind: z.literal('seen'), sightings: z.array(sightingSchema).readonly(), left: leftSchema.optional() }),
  z.object({
    kind: z.literal('verified'),
    ending: z.enum(['done', 'unknown']),
    results: z.array(resultSchema).readonly(),
    left: leftSchema.optional(),
  }),
]);
export type Fact = z.infer<typeof factSchema>;

/** How an event reached the bot; `modal` is a window that was submitted. */
export const viaSchema = z.enum(['command', 'button', 'modal', 'timer', 'start']);
export type Via = z.infer<typeof viaSchema>;

/** One audit entry of a request. `version` is the record's version after it; several entries may share one. */
export const requestEntrySchema = z.object({
  at: instantSchema,
  via: viaSchema,
  policyVersion: z.string(),
  request: requestIdSchema,
  version: z.int().min(1),
  fact: factSchema,
});
export type RequestEntry = z.infer<typeof requestEntrySchema>;

/** Somebody who was refused. What could not be found out is absent; early entries hold only the first two. */
const refusedShape = {
  by: slackUserIdSchema,
  team: z.string(),
  name: z.string().optional(),
  standing: z.enum(standings).optional(),
  match: matchSchema.optional(),
};
export type Refused = z.infer<z.ZodObject<typeof refusedShape>>;

/** An audit entry by its number and hash: whoever knows one from elsewhere can tell that everything up to it is unchanged. */
export const anchorSchema = z.object({ n: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type Anchor = z.infer<typeof anchorSchema>;

/** An audit entry that belongs to no record: an attempt that was refused, a policy that was made active, a removal. */
export const noteEntrySchema = z.object({
  at: instantSchema,
  via: viaSchema,
  policyVersion: z.string(),
  note: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('command_refused'),
      ...refusedShape,
      channel: channelIdSchema.optional(),
      text: z.string().max(8_000),
      code: z.string(),
      targets: z.array(associateIdSchema).readonly(),
      /** Why each of them was left out, where nobody was left; earlier entries do not say it. */
      leftOut: z
        .array(leftOutSchema.pick({ id: true, code: true }))
        .readonly()
        .optional(),
      /** The rule that matched, where it was that which asked for more. */
      rule: z.string().optional(),
    }),
    z.object({
      kind: z.literal('click_refused'),
      ...refusedShape,
      request: requestIdSchema,
      action: z.string(),
      code: z.string(),
    }),
    z.object({ kind: z.literal('policy_activated'), previous: z.string().optional() }),
    z.object({ kind: z.literal('replay_differs'), request: requestIdSchema }),
    z.object({ kind: z.literal('dispatch_paused'), by: personSchema, reason: z.string().max(500).optional() }),
    z.object({ kind: z.literal('dispatch_resumed'), by: personSchema }),
    /** Entries up to `upTo`, and the records of `requests` requests with them, were older than they are kept. */
    z.object({
      kind: z.literal('pruned'),
      upTo: anchorSchema,
      entries: z.int().min(1),
      requests: z.int().min(0),
      olderThan: instantSchema,
    }),
  ]),
});
export type NoteEntry = z.infer<typeof noteEntrySchema>;

export type AuditEntry = RequestEntry | NoteEntry;
