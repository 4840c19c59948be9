import { describeDuration } from '../time.ts';
import type { Policy, Rule } from './policy.ts';
import { listed } from './words.ts';

/** What changed in the settings of the rules besides what they decide, a sentence each. */
export function settingChanges(before: Policy, now: Policy): readonly string[] {
  return [
    ...changedList('never', before.never, now.never),
    ...changedMap('identities', before.identities, now.identities, (associate) => `associate ${associate}`),
    ...changedList('trust_email', before.trust_email, now.trust_email),
    ...changedPeople(before, now),
    ...changedList('may_see.who', before.may_see.who, now.may_see.who),
    ...changedList('may_see.history', before.may_see.history, now.may_see.history),
    ...changedRules(before, now),
    ...changedOthers(before, now),
  ];
}

const TOLD_ABOVE = new Set(['version', 'never', 'identities', 'trust_email', 'people', 'may_see', 'rules']);

/** Keys with plain values, also those that no one here knows yet. */
function changedOthers(before: Policy, now: Policy): readonly string[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), fresh.get(key)];
    if (TOLD_ABOVE.has(key) || isSame(left, right)) return [];
    return [`${key}: ${plain(key, left)} -> ${plain(key, right)}`];
  });
}

function plain(key: string, value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'number' && key !== 'max_targets' ? describeDuration(value) : JSON.stringify(value);
}

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function changedList(key: string, before: readonly unknown[], now: readonly unknown[]): readonly string[] {
  const added = now.filter((item) => !before.includes(item)).map(String);
  const removed = before.filter((item) => !now.includes(item)).map(String);
  return [
    ...(removed.length === 0 ? [] : [`${key}: without ${listed(removed)}`]),
    ...(added.length === 0 ? [] : [`${key}: with ${listed(added)}`]),
  ];
}

function changedMap<T>(
  key: string,
  before: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
  words: (value: T) => string,
): readonly string[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  const value = (found: T | undefined) => (found === undefined ? 'nobody' : words(found));
  const changed = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (name) => !isSame(old.get(name), fresh.get(name)),
  );
  const lines = changed.map((name) => `${name} ${value(old.get(name))} -> ${value(fresh.get(name))}`);
  return lines.length === 0 ? [] : [`${key}: ${listed(lines)}`];
}

function changedPeople(before: Policy, now: Policy): readonly string[] {
  const names = new Set([...Object.keys(before.people), ...Object.keys(now.people)]);
  return [...names].flatMap((name) => {
    const ids = ({ people }: Policy) => [...(people[name]?.users ?? []), ...(people[name]?.usergroups ?? [])];
    return changedList(`people.${name}`, ids(before), ids(now));
  });
}

/** Rules by name: which came and went, and what they ask for besides what the comparison of decisions shows. */
function changedRules(before: Policy, now: Policy): readonly string[] {
  const [old, fresh] = [before, now].map(({ rules }) => new Map(rules.map((rule) => [rule.name, rule])));
  const names = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
  const lines = [...names].flatMap((name) => {
    const [left, right] = [old?.get(name), fresh?.get(name)];
    if (left === undefined) return [`rule "${name}" is new`];
    if (right === undefined) return [`rule "${name}" is gone`];
    const keys = changedKeys(left, right);
    return keys.length === 0 ? [] : [`rule "${name}": ${listed(keys)} changed`];
  });
  const order = (policy: Policy) =>
    policy.rules.map(({ name }) => name).filter((name) => old?.has(name) && fresh?.has(name));
  return isSame(order(before), order(now)) ? lines : [...lines, 'the rules stand in another order'];
}

function changedKeys(before: Rule, now: Rule): readonly string[] {
  const [old, fresh] = [
    new Map<string, unknown>(Object.entries(before)),
    new Map<string, unknown>(Object.entries(now)),
  ];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => !isSame(old.get(key), fresh.get(key)));
}
