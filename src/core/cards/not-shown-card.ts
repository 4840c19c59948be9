import type { Request } from '../request/request.ts';
import { type Card, text } from './card.ts';
import { requestLabel } from './ending.ts';

const INVITE =
  'Somebody in that channel can type `/invite @SuperOffice log-off`; the card then appears within five minutes.';

/** What keeps the card out of the approvals channel, by Slack's word, and what to do. */
const WHY: Readonly<Record<string, string>> = {
  not_in_channel: `the bot is not in the approvals channel. ${INVITE}`,
  // Slack's word for a private channel that the bot is not in, too.
  channel_not_found: `the bot is not in the approvals channel, or there is no such channel any more. ${INVITE}`,
  is_archived: 'the approvals channel is archived. Tell your CRM administrator.',
};

const SHARED =
  'nobody can approve it: the approvals channel is shared with another company or workspace, so nothing more is told or decided there. Tell your CRM administrator to name a channel of your own.';

/** Tells the one who asked that no approver sees the request; nothing where it is not the channel that refuses the card. */
export function notShownCard(request: Request, code: string): Card | undefined {
  if (code === 'channel_shared') return asCard(request, SHARED);
  const why = Object.hasOwn(WHY, code) ? WHY[code] : undefined;
  if (why === undefined) return undefined;
  return asCard(request, `the approvers cannot see it yet: ${why}`);
}

function asCard(request: Request, words: string): Card {
  const summary = [...requestLabel(request), text(words)];
  return { summary, parts: [{ kind: 'paragraph', text: summary }] };
}

/** Tells the one who asked that too few people can approve it as the rules and Slack are now: `able` can. */
export function tooFewApproversCard(request: Request, able: number): Card {
  const { approvals } = request.demand;
  const why =
    able === 0
      ? 'nobody can approve it now: its rule names nobody besides you who may.'
      : `it needs ${approvals} approvals, and only ${able} of those whom its rule names can approve it now.`;
  const summary = [...requestLabel(request), text(`${why} Tell your CRM administrator.`)];
  return { summary, parts: [{ kind: 'paragraph', text: summary }] };
}
