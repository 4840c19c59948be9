import { misunderstanding } from '../../core/cards/answers.ts';
import type { Card } from '../../core/cards/card.ts';
import type { Command } from '../../core/command.ts';
import { EdgeError } from '../../core/errors.ts';
import { parseCommand } from '../../core/grammar.ts';
import type { Answer, OpenForm, SlashInput } from '../../core/inputs.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { askerOf } from '../people/standpoint.ts';
import { openAndFill } from '../window/fill-window.ts';
import { firstForm } from '../window/logoff-window.ts';
import type { World } from '../world.ts';
import { showWhy } from './explain-refusal.ts';
import { whoPage } from './list-who-is-on.ts';
import { pauseDispatch, resumeDispatch } from './pause-dispatch.ts';
import { recordsTrouble, refuse, unlessSilent } from './refuse.ts';
import { requestEveryone } from './request-everyone.ts';
import { requestLogoff } from './request-logoff.ts';
import { showHistory } from './show-history.ts';
import { cancelByCommand, showHelp, showStatus } from './show-status.ts';

/** Takes a slash command from its text to an answer. Never throws for what the outside world does. */
export async function takeCommand(
  input: SlashInput,
  answer: Answer,
  world: World,
  reconciler: Reconciler,
): Promise<void> {
  const parsed = parseCommand(input.text);
  const { openForm } = input;
  // A window is opened before anything is looked up: Slack waits 3 seconds for it.
  if (openForm !== undefined && parsed.ok && (parsed.command.kind === 'compose' || parsed.command.kind === 'who')) {
    return await openWindow(parsed.command, input, openForm, answer, world);
  }
  const card = await handle(input, world, reconciler).catch((error: unknown): Card => {
    if (!(error instanceof EdgeError)) throw error;
    return recordsTrouble(error, world);
  });
  if (card !== undefined) await answer(card);
}

function openWindow(
  command: Extract<Command, { kind: 'compose' | 'who' }>,
  { who, channel }: SlashInput,
  open: OpenForm,
  answer: Answer,
  world: World,
): Promise<void> {
  if (command.kind === 'compose') {
    return openAndFill({ kind: 'compose', channel, open, answer }, () => firstForm(who, channel, world), world);
  }
  const { group } = command;
  const ask = { who, channel, page: 0, ...(group === undefined ? {} : { group }) };
  return openAndFill({ kind: 'who', channel, open, answer }, () => whoPage(ask, world), world);
}

async function handle(input: SlashInput, world: World, reconciler: Reconciler): Promise<Card | undefined> {
  const requester = await unlessSilent('slack', () => askerOf(input.who, world), world);
  if (typeof requester === 'string') return refuse(input, requester, [], world);
  if (requester.standing !== 'member') return refuse({ ...input, requester }, 'not_a_member', [], world);
  const parsed = parseCommand(input.text);
  if (!parsed.ok) return misunderstanding(parsed.problem);
  const { command } = parsed;
  const ask = { ...input, requester };
  switch (command.kind) {
    case 'help':
    // A button that carries a command opens no window, so there is only help to give.
    case 'compose':
    case 'who':
      return showHelp(requester, world);
    case 'status':
      return await showStatus(command.request, requester, world);
    case 'why':
      return await showWhy(command.request, input, requester, world);
    case 'history':
      return await showHistory(command, ask, requester, world);
    case 'cancel':
      return await cancelByCommand(command.request, requester, ask, world, reconciler);
    case 'pause':
      return await pauseDispatch(command.reason, ask, requester, world);
    case 'resume':
      return await resumeDispatch(ask, requester, world);
    case 'everyone':
      return await requestEveryone(command, ask, requester, world, reconciler);
    case 'logoff':
      return await requestLogoff(command, ask, requester, world, reconciler);
  }
}
