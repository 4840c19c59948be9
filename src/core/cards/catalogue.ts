import type { LeftOut } from '../people.ts';
import type { RefusalCode } from '../request/review.ts';
import { denials, type Explanation } from './denials.ts';
import { unresolved } from './unresolved.ts';

export { denials };

export const refusals: Readonly<Record<RefusalCode, Explanation>> = {
  not_a_member: denials.not_a_member,
  own_request: {
    say: 'You asked for this yourself, so somebody else must decide. You can cancel it.',
    hint: 'The requester never counts as an approver.',
  },
  perhaps_own_request: {
    say: 'You and the requester may be the same SuperOffice user, by e-mail, so somebody else must decide. Ask your CRM administrator to add both of you to `identities`.',
    hint: 'The e-mail address of the one is, or may be, on the associate of the other. An entry under identities for both says who they are.',
  },
  not_an_approver: {
    say: 'You are not among the approvers of this request, so nothing changed. Leave it to them.',
    hint: "The approvers of the request's rule decide; see people and rules in the settings.",
  },
  groups_unread: denials.groups_unread,
  target_for_others: {
    say: 'You are one of the people to be logged off, so somebody else must decide about the others.',
    hint: 'Who is to be logged off may not approve for others in the same request.',
  },
  already_approved_by_you: {
    say: 'Your approval already counts. Somebody else must approve too.',
    hint: 'Approvals must come from different people.',
  },
  already_decided: {
    say: 'This request has already been decided, so nothing changed. You need not do anything.',
    hint: 'The card shows who decided and when.',
  },
  expired: {
    say: 'The time for this request is over, so nothing was done. Ask again if it is still needed.',
    hint: 'The setting approval_expires_after holds the time.',
  },
  not_yours_to_cancel: {
    say: 'Only the person who asked can cancel a request that is not yet approved. Approvers can deny it.',
    hint: 'Approvers use Deny; once it is approved, they can stop it.',
  },
  not_yours_to_confirm: {
    say: 'Only the person who asked can confirm this request. Leave it to them.',
    hint: 'Somebody else pressed the button with which the requester confirms the list.',
  },
  not_yours_to_retry: {
    say: 'Only the person who asked can try this request again. Make a request of your own with `/logoff`.',
    hint: 'Somebody else pressed the button with which the requester tries again for people who were still listed.',
  },
  not_yours_to_stop: {
    say: 'Only the person who asked and the approvers can stop this request. Ask one of them.',
    hint: 'Those who are to be logged off can where the rule holds targets_may_stop: true and it is certain who they are.',
  },
  not_the_one_warned: {
    say: 'Only somebody who was warned can answer this. You need not do anything.',
    hint: 'The warning went to another person in Slack, or the match by e-mail may not permit.',
  },
  already_ready: {
    say: 'You have already said that you are ready. You need not do anything more.',
    hint: 'Whoever is ready cannot ask for more time afterwards.',
  },
  snooze_used: {
    say: 'You cannot ask for more time again. Save your work now.',
    hint: 'The snooze of the rule holds how often each person may.',
  },
  snooze_not_needed: {
    say: 'You have more time than that already, so nothing changed. You can ask later.',
    hint: 'More time is counted from the press, and the time that is left is longer.',
  },
  fixed_time: {
    say: 'Everyone is logged off at the time that was announced. Save your work before then. Only the person who asked and the approvers can stop it.',
    hint: 'Where everyone is meant, snooze and targets_may_stop of the rule do not count.',
  },
  consent_not_asked: {
    say: 'This request does not wait for your agreement: its approvers decide. You need not do anything.',
    hint: 'The matched rule has no consent: true, or several people were to be logged off.',
  },
  not_the_one_concerned: {
    say: 'Only the person who is to be logged off can agree to it. Leave it to them.',
    hint: 'The match between this Slack person and the associate is missing, or is one by e-mail that may not permit.',
  },
  too_late_to_cancel: {
    say: 'Too late: SuperOffice has already been asked. See the card for the result.',
    hint: 'A request can be stopped until the call leaves.',
  },
  channel_shared: {
    say: 'This channel is shared with other companies now, so nothing can be decided in it. Move the approvals to a channel of your own.',
    hint: denials.channel_shared.hint,
  },
  not_now: {
    say: 'That is not possible at this stage, so nothing changed. See the card for where the request stands.',
    hint: 'The event does not fit the state of the request.',
  },
};

export const leftOuts: Readonly<Record<LeftOut['code'], Explanation>> = {
  unknown_id: {
    say: 'nobody you may log off has this id',
    hint: 'GetAssociateList did not return the id, or no rule lets the requester reach this person; the answer does not tell which.',
  },
  not_internal: { say: 'not an internal user: cannot use the Windows client', hint: denials.not_internal.hint },
  bot_itself: { say: "this is the bot's own account", hint: 'The bot never logs itself off.' },
  never_list: { say: 'protected: no rule can reach them', hint: denials.never_list.hint },
  gone_meanwhile: { say: 'no longer in SuperOffice', hint: 'The associate was removed after the request was made.' },
};

/** Codes of requests that ended as failed, aborted or unknown, and of commands that could not be checked. */
export const failures: Readonly<Record<string, Explanation>> = {
  ...denials,
  ...unresolved,
  approvals_no_longer_count: {
    say: 'The approvals given no longer count. Ask again.',
    hint: 'An approver left, lost the role, or the rule now asks for more.',
  },
  nobody_left: {
    say: 'None of these people can be logged off any more. You need not do anything.',
    hint: 'All were removed or protected meanwhile.',
  },
  everyone_unknown: {
    say: 'SuperOffice does not tell the bot who is logged on, so it is not known who everyone is. Tell your CRM administrator.',
    hint: "The bot's user may not read the archive of who is logged on, or NetServer does not know it.",
  },
  too_many_on: {
    say: 'More than 1000 people are logged on, and one message to SuperOffice holds no more. Log some of them off by group first.',
    hint: 'A message of more than 60 KB is refused; 1000 people are the most in one request.',
  },
  record_differs: {
    say: 'The record of this request does not agree with its audit trail, so nothing was sent. Tell your CRM administrator.',
    hint: 'Somebody or something changed the database outside the bot. Look at the audit entries of this request.',
  },
  reason_missing: {
    say: 'The rule that applies requires a reason. Type it after `reason:`.',
    hint: 'The rule holds reason: required.',
  },
  reason_unfit: {
    say: 'The reason is not what the rule that applies requires. `/logoff help` shows what it must say.',
    hint: "The rule's reason holds a pattern; whoever misses it reads the rule's own sentence.",
  },
  not_warned: {
    say: 'The current rules require a longer warning than people had. Ask again.',
    hint: 'warn became longer between two attempts to reach SuperOffice.',
  },
  not_confirmed: {
    say: 'The current rules require the list to be confirmed first. Ask again.',
    hint: 'confirm_above came into the rule after the request was made.',
  },
  not_to_pause: {
    say: 'Only approvers can pause or resume log-offs. Ask one of them.',
    hint: 'Anybody under the approvers of some rule may type `/logoff pause` and `/logoff resume`.',
  },
  paused: {
    say: 'Log-offs were paused until it was too late. Ask again.',
    hint: 'An approver typed `/logoff pause`; `/logoff resume` ends it. dispatch_within goes on meanwhile.',
  },
  not_in_time: {
    say: 'It could not be carried out in time. Ask again.',
    hint: 'The setting dispatch_within holds the time; see the log for what NetServer answered.',
  },
  lease_ran_out: {
    say: 'The bot was interrupted while it asked SuperOffice, so it is not known whether SuperOffice received it. Ask the people whether they were logged off.',
    hint: 'The process stopped between sending and noting the answer. It is never sent again by itself.',
  },
  nothing_to_see: {
    say: 'There is nothing here that you can see. Ask your CRM administrator whether you should.',
    hint: 'The setting may_see.who holds those who may list who is logged on.',
  },
  no_windows_client: {
    say: 'This SuperOffice has no Windows client any more (it ended with version 8.5; SuperOffice Online never had one), so there is nobody to log off and you need not do anything.',
    hint: 'GetSystemInfo tells a version after 8, or the server is SuperOffice Online.',
  },
  people_unread: {
    say: 'The bot cannot read the people of SuperOffice at the moment, so nobody can be found by name, group or mention. Type associate ids, and start the reason with "reason:".',
    hint: 'Reading the archive InternalUsers or the list of user groups failed; see the log line of the same time for the code.',
  },
  netserver: {
    say: 'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.',
    hint: 'See the log line of the same time for the code.',
  },
  away: {
    say: 'SuperOffice is not responding. The bot checks every few seconds; try again in a minute.',
    hint: 'Three calls in a row got no answer, so no other one is made meanwhile; see netserver_silent and netserver_back in the log.',
  },
  credentials: {
    say: 'The bot cannot log on to SuperOffice. Tell your CRM administrator.',
    hint: 'NETSERVER_USERNAME or NETSERVER_PASSWORD is refused. The bot waits some minutes before it tries again, since accounts lock.',
  },
  session: {
    say: 'SuperOffice lets the bot log on and ends its session immediately. Tell your CRM administrator.',
    hint: 'A new ticket was refused right after the logon. Several servers without a shared session store may be behind one address; see netserver_session_refused in the log.',
  },
  who_is_on_unread: {
    say: 'SuperOffice does not tell who is logged on at the moment. Try again in a minute.',
    hint: 'The archive of who is logged on was not answered; see who_is_on_unread in the log for the code.',
  },
  not_allowed: {
    say: 'SuperOffice does not allow the bot to do this. Tell your CRM administrator.',
    hint: "The bot's user needs the function right admin-users (or admin-all).",
  },
  slack: {
    say: 'Slack did not answer. Try again in a minute.',
    hint: 'users.info or usergroups.users.list failed.',
  },
  store: {
    say: 'The bot cannot write its records at the moment, so nothing was done. Tell your CRM administrator.',
    hint: 'The database is gone, full or locked. Without a record nothing is sent.',
  },
  may_not_see_history: {
    say: 'There is nothing here that you can see. Ask your CRM administrator whether you should.',
    hint: 'The setting may_see.history names who may look at past requests.',
  },
  policy_replaced: {
    say: 'Newer rules are in force, and this copy of the bot does not have them yet. Try again in a minute.',
    hint: 'Stop the process that still runs with the older settings.',
  },
  clock_off: {
    say: 'The clock of the bot has just moved, so it decides nothing at the moment. Try again in a minute.',
    hint: "The machine's clock moved by more than 2 s against the database's; see clock_moved in the log, and keep the machine's time synchronised.",
  },
};

const credentialCodes = new Set(['credentials', 'backing_off', 'windows_auth']);

/** Whether SuperOffice does not let the bot in. */
export const isAboutCredentials = (code: string): boolean => credentialCodes.has(code);

/** The explanation of a code that a request or a refused command carries; one in general words for others. */
export function explainFailure(code: string): Explanation {
  const general: Explanation = {
    say: 'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.',
    hint: 'See the log for the code.',
  };
  const known = isAboutCredentials(code) ? 'credentials' : code;
  return (Object.hasOwn(failures, known) ? failures[known] : failures['netserver']) ?? general;
}
