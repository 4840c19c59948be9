import { z } from 'zod';
import { associateIdSchema, channelIdSchema, nonEmpty, requestIdSchema, slackUserIdSchema } from '../ids.ts';
import { leftOutCodes, leftOutSchema, personSchema, targetSchema } from '../people.ts';
import { durationMsSchema, instantSchema } from '../time.ts';

/** Where a request came from. `text` is what was typed, for the record; it is never run again. */
export const originSchema = z.object({
  /** Records of before have `button` for a window that was submitted, too. */
  via: z.enum(['command', 'button', 'modal']),
  channel: channelIdSchema,
  text: z.string().max(8_000),
});
export type Origin = z.infer<typeof originSchema>;

/** What the matched rule demanded when the request was opened. */
export const demandSchema = z.object({
  approvals: z.int().min(0),
  approvers: z.array(z.string()).readonly(),
  /** Who may agree instead of the approvers: the one person to be logged off. */
  consent: slackUserIdSchema.optional(),
  /** The requester had to look at the whole list and confirm it. */
  confirm: z.literal(true).optional(),
  /** The rule asks for no approval; the requester's budget was used up. */
  overBudget: z.literal(true).optional(),
  /** How long people are warned before, and how often each may ask for how much more time; absent: not at all. */
  warn: durationMsSchema.optional(),
  snooze: z.object({ times: z.int().min(1), for: durationMsSchema }).optional(),
  /** Those who are to be logged off may stop it too. */
  targetsMayStop: z.literal(true).optional(),
});

/** So many minutes before everyone is logged off people are reminded. */
export const reminderSchema = z.literal([10, 2]);
export type Reminder = z.infer<typeof reminderSchema>;

/** Everyone is meant who is on the Windows client then, not people by name; nobody is sent before `at`. */
export const everyoneSchema = z.object({
  at: instantSchema,
  /** The `never` list as it was when it was asked for: whom approvers believed to be protected stays so. */
  never: z.array(z.union([associateIdSchema, z.string()])).readonly(),
  /** When it was looked who is on, to tell those people: the announcement first. */
  looks: z.array(instantSchema).readonly(),
  /** What they were reminded of so far. */
  reminders: z.array(reminderSchema).readonly(),
});

/** Who is on the Windows client after everyone was to be logged off, and why, as last looked at. */
export const leftSchema = z.object({
  at: instantSchema,
  people: z
    .array(
      z.object({
        id: associateIdSchema,
        name: z.string().optional(),
        why: z.enum(['back', 'listed', 'not_sent', ...leftOutCodes]),
      }),
    )
    .readonly(),
});
export type Left = z.infer<typeof leftSchema>;

/** Somebody who was on when people were warned. Without `slack`, or where `unreached`, they could not be warned. */
export const warnedSchema = z.object({
  id: associateIdSchema,
  slack: slackUserIdSchema.optional(),
  /** From when their time counts. */
  at: instantSchema,
  /** Their time was counted anew, since the message went out late; once only. */
  again: z.literal(true).optional(),
  snoozes: z.int().min(0),
  ready: z.literal(true).optional(),
  /** Why Slack could not deliver it. */
  unreached: z.string().optional(),
  /** Which reminders went to them, where everyone is meant. */
  reminded: z.array(reminderSchema).readonly().optional(),
});
export type Warned = z.infer<typeof warnedSchema>;

/** As whom somebody stopped a request. */
export const rolesSchema = z.enum(['requester', 'approver', 'target']);
export type Role = z.infer<typeof rolesSchema>;

export const approvalSchema = z.object({ by: personSchema, at: instantSchema });

/** Who stopped all dispatch, since when and why, as far as it holds this request up. */
export const heldSchema = z.object({ by: personSchema, since: instantSchema, reason: z.string().optional() });
export type Held = z.infer<typeof heldSchema>;

/** What came out for one person: see `design` in the documentation of outcomes. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.literal('back') }),
  z.object({ kind: z.literal('listed') }),
  z.object({ kind: z.literal('was_not_on') }),
  z.object({ kind: z.literal('not_checked') }),
  z.object({ kind: z.literal('see'), request: requestIdSchema }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const resultSchema = z.object({ id: associateIdSchema, outcome: outcomeSchema });
export type Result = z.infer<typeof resultSchema>;

/** Who sends the SOAP call, and until when nobody else may believe that it is dead. */
export const claimSchema = z.object({ holder: z.string(), at: instantSchema, until: instantSchema });

/** What the archive showed of one person after the call: still listed, seen gone (since when), or back again. */
export const sightingSchema = z.object({
  id: associateIdSchema,
  seen: z.enum(['not_yet', 'listed', 'gone', 'back']),
  goneAt: instantSchema.optional(),
});
export type Sighting = z.infer<typeof sightingSchema>;

const base = z.object({
  id: requestIdSchema,
  version: z.int().min(1),
  policyVersion: z.string(),
  openedAt: instantSchema,
  requester: personSchema,
  origin: originSchema,
  /** Empty only where everyone is meant and nobody is on. */
  targets: z.array(targetSchema).readonly(),
  leftOut: z.array(leftOutSchema).readonly(),
  everyone: everyoneSchema.optional(),
  reason: z.string().optional(),
  /** The request whose remaining people are tried again here. */
  retryOf: requestIdSchema.optional(),
  /** They were left after everyone was to be logged off: `max_targets` does not bound how many they are. */
  afterEveryone: z.literal(true).optional(),
  /** When the names were read by which somebody was found, where SuperOffice could not tell them afresh. */
  peopleAsOf: instantSchema.optional(),
  rule: z.string(),
  demand: demandSchema,
  approvals: z.array(approvalSchema).readonly(),
  /** Approvals that were given and did not count any more when the next one was; since when. */
  lapsed: z.array(approvalSchema).readonly().optional(),
  /** The one person to be logged off agreed, which replaces the approvals. */
  consent: approvalSchema.optional(),
  /** The approvers were reminded. */
  reminded: z.literal(true).optional(),
  /** Who was warned, and how long each has. */
  warned: z.object({ for: durationMsSchema, people: z.array(warnedSchema).readonly() }).optional(),
});

const held = heldSchema.optional();

/** What kept SuperOffice from being asked the last time that it was to be; gone where it was asked. */
const lastCode = z.string().optional();

/** People who are not sent, with what came out for them already. */
const notSent = z.array(resultSchema).readonly();

const ended = { endedAt: instantSchema };

/** Where everyone was meant: who is on all the same. Absent where that could not be read. */
const left = leftSchema.optional();

export const requestSchema = z.discriminatedUnion('status', [
  base.extend({ status: z.literal('awaiting_confirmation'), expiresAt: instantSchema }),
  base.extend({
    status: z.literal('awaiting_approval'),
    expiresAt: instantSchema,
    /** When the approvers are reminded; absent once they were. */
    remindAt: instantSchema.optional(),
  }),
  base.extend({ status: z.literal('approved'), dispatchBy: instantSchema, held, lastCode }),
  base.extend({ status: z.literal('warning'), dispatchBy: instantSchema, until: instantSchema, held, lastCode }),
  base.extend({
    status: z.literal('dispatching'),
    dispatchBy: instantSchema,
    /** Present while somebody may be sending; absent between attempts that surely were not executed. */
    claim: claimSchema.optional(),
    retryAt: instantSchema.optional(),
    attempts: z.int().min(1),
    lastCode,
    held,
    sent: nonEmpty(associateIdSchema),
    notSent,
  }),
  base.extend({
    status: z.literal('verifying'),
    call: z.enum(['accepted', 'unknown']),
    callCode: z.string().optional(),
    calledAt: instantSchema,
    sightings: z.array(sightingSchema).readonly(),
    notSent,
    left,
  }),
  base.extend({
    status: z.literal('done'),
    ...ended,
    calledAt: instantSchema.optional(),
    callCode: z.string().optional(),
    results: z.array(resultSchema).readonly(),
    left,
  }),
  base.extend({
    status: z.literal('unknown'),
    ...ended,
    call: z.enum(['accepted', 'unknown']),
    callCode: z.string().optional(),
    calledAt: instantSchema,
    results: z.array(resultSchema).readonly(),
    left,
  }),
  base.extend({ status: z.literal('failed'), ...ended, code: z.string() }),
  base.extend({ status: z.literal('denied'), ...ended, by: personSchema, note: z.string().optional() }),
  base.extend({
    status: z.literal('cancelled'),
    ...ended,
    by: personSchema,
    role: rolesSchema.optional(),
    /** It was approved already. */
    stopped: z.literal(true).optional(),
  }),
  base.extend({
    status: z.literal('expired'),
    ...ended,
    was: z.enum(['confirmation', 'approval', 'dispatch']),
    deadline: instantSchema,
    held,
    lastCode,
  }),
  base.extend({ status: z.literal('aborted'), ...ended, code: z.string() }),
]);

/** One request to log people off: the record that everything else follows from. */
export type Request = z.infer<typeof requestSchema>;
export type Status = Request['status'];
export type RequestBase = z.infer<typeof base>;
export type RequestIn<S extends Status> = Extract<Request, { status: S }>;

const OPEN: ReadonlySet<Status> = new Set([
  'awaiting_confirmation',
  'awaiting_approval',
  'approved',
  'warning',
  'dispatching',
  'verifying',
]);

/** Whether anything can still happen to it. */
export const isOpen = (request: Request): boolean => OPEN.has(request.status);

/** Approved, and not known to have been sent yet. */
export type Waiting = RequestIn<'approved' | 'warning' | 'dispatching'>;

export const isWaiting = (request: Request): request is Waiting =>
  request.status === 'approved' || request.status === 'warning' || request.status === 'dispatching';
