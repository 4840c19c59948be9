import { invariants as general } from './invariants.ts';
import { ruleInvariants } from './rule-invariants.ts';
import { warningInvariants } from './warning-invariants.ts';

export const invariants = { ...general, ...ruleInvariants, ...warningInvariants };
