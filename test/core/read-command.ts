import type { Reference } from '../../src/core/command.ts';
import { parseCommand } from '../../src/core/grammar.ts';

/** What was understood, in a form that is short to write: ids as numbers, mentions as they are called in Slack. */
export function read(typed: string) {
  const parsed = parseCommand(typed);
  if (!parsed.ok) return parsed.problem.code;
  const { command } = parsed;
  switch (command.kind) {
    case 'who':
      return command.group === undefined ? 'who' : ['who', command.group];
    case 'status':
    case 'why':
    case 'cancel':
      return [command.kind, command.request];
    case 'logoff': {
      const who = command.who.map(short);
      const { reason, quoted } = command;
      return [...who, ...(reason === undefined ? [] : [{ reason }]), ...(quoted === undefined ? [] : [{ quoted }])];
    }
    default:
      return command.kind;
  }
}

/** Ids as numbers, mentions as they are called in Slack, names and groups with their kind. */
function short(one: Reference) {
  switch (one.kind) {
    case 'id':
      return one.id;
    case 'me':
      return 'me';
    case 'mention':
      return one.slack;
    default:
      return `${one.kind} ${one.name}`;
  }
}
