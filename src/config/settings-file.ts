import { z } from 'zod';
import { channelIdSchema } from '../core/ids.ts';
import { policyShape } from '../core/policy/policy.ts';
import { durationSchema } from '../core/time.ts';
import { didYouMean } from './nearest.ts';
import { webAddressProblem } from './web-address.ts';

const SECOND = 1_000;
const DAY = 86_400_000;

const channel = channelIdSchema.refine(
  (id) => !id.startsWith('D'),
  'must be a channel (C… or G…), not a direct message (D…)',
);

/** A duration of at least `least`; `text` is how people write that. */
const atLeast = (least: number, text: string) =>
  durationSchema.refine((duration) => duration >= least, `must be at least ${text}`);

const netserverUrl = z.string().superRefine((text, context) => {
  const message = webAddressProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const timeZone = z.string().superRefine((name, context) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (!/^[+-]/.test(name)) return;
  } catch {
    // Named below.
  }
  const hint = didYouMean(name, Intl.supportedValuesOf('timeZone'));
  context.addIssue({ code: 'custom', message: `must be a time zone of the IANA list such as Europe/Oslo${hint}` });
});

/** The part of logoff.yml that says where Slack and NetServer are and how the bot works. Keys are those of the file. */
export const settingsShape = {
  slack: z
    .strictObject({
      mode: z
        .enum(['socket', 'http'])
        .default('socket')
        .describe(
          'How Slack reaches the bot: socket (the bot calls Slack, no open port is needed) or http (Slack calls /slack/events on PORT). Default socket.',
        ),
      approvals_channel: channel
        .optional()
        .describe(
          'The channel where requests wait for approval: the full card appears only there. Required once a rule needs approvals.',
        ),
      audit_channel: channel
        .optional()
        .describe(
          'A channel that is told of what concerns the bot itself: changes of the rules, and each day the last entry of the audit record. Optional.',
        ),
    })
    .prefault({})
    .describe('The connection to Slack. Tokens are not written here: they come from the environment.'),
  netserver: z
    .strictObject({
      url: netserverUrl.describe(
        'The address of the SuperOffice server; it may hold a path. <url>/Remote/Services86/<Service>.svc is called, so leave that part out.',
      ),
      services: z
        .literal([84, 85, 86, 87, 88])
        .default(86)
        .describe('The version of the web services, 84 to 88. Default 86.'),
      timeout: atLeast(SECOND, '1s')
        .default(15 * SECOND)
        .describe('How long one call may take. Default 15s.'),
      ca_file: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A PEM file with the certificate of the company’s own certificate authority, where the server uses one. While there is no such file, no server is trusted.',
        ),
      allow_plain_http: z
        .boolean()
        .default(false)
        .describe('Allows http:// to another machine. The password then crosses the network readable. Default false.'),
    })
    .describe('The SuperOffice server. Name and password are not written here: they come from the environment.'),
  verify: z
    .strictObject({
      for: atLeast(SECOND, '1s')
        .default(30 * SECOND)
        .describe('How long to look whether people are gone. Default 30s.'),
      every: atLeast(SECOND, '1s')
        .default(2 * SECOND)
        .describe('How often to look. Default 2s, at least 1s.'),
      watch: durationSchema
        .default(60 * SECOND)
        .describe('How long to watch for people who log on again. Default 60s.'),
    })
    .prefault({})
    .describe('What happens after SuperOffice was told to log people off.'),
  time_zone: timeZone
    .default('UTC')
    .describe('The time zone of times in plain texts, such as Europe/Oslo. Default UTC.'),
  audit_keep: atLeast(DAY, '1d')
    .default(180 * DAY)
    .describe(
      'How long the audit record is kept. Default 180d. Older entries are removed with the requests that they belong to, once these have ended.',
    ),
};

const { slack, netserver, verify, time_zone, audit_keep } = settingsShape;
const { identities, trust_email, people, may_see, never, approval_expires_after, dispatch_within, max_targets, rules } =
  policyShape;

/** The whole of logoff.yml, in the order in which people read it. */
export const settingsFileSchema = z
  .strictObject({
    slack,
    netserver,
    verify,
    identities,
    trust_email,
    people,
    may_see,
    never,
    approval_expires_after,
    dispatch_within,
    max_targets,
    time_zone,
    audit_keep,
    rules,
  })
  .meta({
    title: 'SuperOffice log-off settings',
    description:
      'Who may log whom off the SuperOffice Windows client, and where Slack and SuperOffice are. Lengths of time are 30s, 10m, 2h or 7d.',
  });

export type SettingsFile = z.infer<typeof settingsFileSchema>;
