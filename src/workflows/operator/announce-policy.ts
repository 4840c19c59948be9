import { policyCard } from '../../core/cards/policy-card.ts';
import { EdgeError } from '../../core/errors.ts';
import { diffPolicies } from '../../core/policy/diff.ts';
import { readRules } from '../../core/policy/stored.ts';
import type { World } from '../world.ts';
import { postAmongUs } from './among-us.ts';

/** The policy that was in force before, with its rules as JSON where they were kept. */
interface Before {
  readonly version: string;
  readonly rules?: string;
}

/** Makes this process's rules the active ones, with an audit entry. Gives those before, where this process replaced any. */
export async function putInForce(
  rules: string,
  { policies, policy, clock, log }: Pick<World, 'policies' | 'policy' | 'clock' | 'log'>,
): Promise<Before | undefined> {
  const active = await policies.active();
  if (active === policy.version) return undefined;
  const entry = {
    at: clock.now(),
    via: 'start',
    policyVersion: policy.version,
    note: { kind: 'policy_activated', ...(active === undefined ? {} : { previous: active }) },
  } as const;
  const { changed, previous } = await policies.activate(policy.version, entry, rules);
  if (!changed) return undefined;
  log('info', 'policy_activated', { policy: policy.version, previous: previous?.version });
  return previous;
}

/**
 * Tells the audit channel what the new rules decide otherwise. Slack's troubles are logged, never thrown: the record
 * has it.
 */
export async function announcePolicy(
  before: Before,
  world: Pick<World, 'policy' | 'auditChannel' | 'directory' | 'messenger' | 'log'>,
): Promise<void> {
  const { policy, auditChannel, log } = world;
  const old = before.rules === undefined ? undefined : readRules(before.rules, before.version);
  const diff = old === undefined ? undefined : diffPolicies(old, policy);
  const yes = diff?.changes.filter(({ kind }) => kind === 'from no to yes').length;
  log('info', 'policy_changed', { changes: diff?.changes.length, from_no_to_yes: yes });
  if (auditChannel === undefined) return;
  try {
    await postAmongUs(auditChannel, policyCard(before.version, policy.version, diff), world);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'policy_not_announced', { channel: auditChannel, code: error.code });
  }
}
