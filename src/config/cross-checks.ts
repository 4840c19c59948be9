import { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import {
  ANYONE,
  type PolicySettings,
  policyProblems,
  policyShape,
  type Rule,
  ruleSchema,
} from '../core/policy/policy.ts';
import { isKeyed, type Keyed, keyed, type Problem } from './problem.ts';
import { type ReadFile, readText } from './read-bounded.ts';
import { isPlainHttp, webAddress } from './web-address.ts';

const read = <T>(schema: z.ZodType<T>, value: unknown): T | undefined => schema.safeParse(value).data;

/**
 * The policy as far as it can be read, so that its parts can be held against each other although some are wrong.
 * What is wrong by itself stands in as something that gives no further problem. Never used for a decision.
 */
function readablePolicy(file: Keyed): PolicySettings {
  const people = keyed(file['people']);
  const rules = Array.isArray(file['rules']) ? file['rules'] : [];
  return {
    identities: read(policyShape.identities, file['identities']) ?? {},
    trust_email: read(policyShape.trust_email, file['trust_email']) ?? [],
    people: Object.fromEntries(Object.keys(people).map((name) => [name, { users: [], usergroups: [] }])),
    may_see: read(policyShape.may_see, file['may_see']) ?? { who: [], history: [] },
    never: read(policyShape.never, file['never']) ?? [],
    approval_expires_after: read(policyShape.approval_expires_after, file['approval_expires_after']) ?? 1,
    dispatch_within: read(policyShape.dispatch_within, file['dispatch_within']) ?? 1,
    max_targets: read(policyShape.max_targets, file['max_targets']) ?? 1,
    rules: rules.map((rule, index) => readableRule(keyed(rule), index)),
  };
}

function readableRule(rule: Keyed, index: number): Rule {
  const { name, who, approvals, approvers, budget } = ruleSchema.shape;
  return {
    name: read(name, rule['name']) ?? `unreadable rule ${index}`,
    who: read(who, rule['who']) ?? [ANYONE],
    targets: 'self',
    approvals: read(approvals, rule['approvals']) ?? 0,
    ...(rule['approvers'] === undefined ? {} : { approvers: read(approvers, rule['approvers']) ?? [] }),
    warn: 0,
    snooze: { times: 0, for: 1 },
    ...(rule['budget'] === undefined ? {} : { budget: read(budget, rule['budget']) }),
  };
}

function plainHttp(netserver: Keyed): readonly Problem[] {
  const address = netserver['url'];
  const url = typeof address === 'string' ? webAddress(address) : undefined;
  if (url === undefined || !isPlainHttp(url) || netserver['allow_plain_http'] === true) return [];
  const message = 'sends the password readable over the network: use https://, or set allow_plain_http: true beside it';
  return [{ path: ['netserver', 'url'], message }];
}

function approvalsChannel(slack: Keyed, policy: PolicySettings): readonly Problem[] {
  const mayAsk = ({ approvals, approvers = [], budget }: Rule) =>
    approvals > 0 || (budget !== undefined && approvers.length > 0);
  const rule = policy.rules.find(mayAsk);
  if (rule === undefined || slack['approvals_channel'] !== undefined) return [];
  const message = `is missing: the rule "${rule.name}" needs approvals, and they are given in this channel`;
  return [{ path: ['slack', 'approvals_channel'], message }];
}

/** What only shows when the parts of the file are looked at together; also where single parts are wrong. */
export function crossChecks(file: unknown): readonly Problem[] {
  if (!isKeyed(file)) return [];
  const policy = readablePolicy(file);
  return [
    ...policyProblems(policy),
    ...plainHttp(keyed(file['netserver'])),
    ...approvalsChannel(keyed(file['slack']), policy),
  ];
}

/**
 * The text of `netserver.ca_file`, where one is named; empty where there is no such file (yet): then no server is
 * trusted, and the start says so. Refused: what cannot be read or is no certificate.
 */
export function readCertificate(
  file: unknown,
  readFile: ReadFile,
): { readonly ca?: string; readonly problems: readonly Problem[] } {
  const name = keyed(keyed(file)['netserver'])['ca_file'];
  if (typeof name !== 'string' || name === '') return { problems: [] };
  const refuse = (message: string) => ({ problems: [{ path: ['netserver', 'ca_file'], message }] });
  const content = readText(name, readFile);
  if (!content.ok)
    return content.missing === true ? { ca: '', problems: [] } : refuse(`cannot be used: ${content.why}`);
  try {
    if (!content.text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no PEM');
    new X509Certificate(content.text);
    return { ca: content.text, problems: [] };
  } catch {
    return refuse('must name a PEM file that holds certificates (it has lines with BEGIN CERTIFICATE)');
  }
}
