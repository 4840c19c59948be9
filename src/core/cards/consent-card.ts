import type { Request } from '../request/request.ts';
import { type Button, type Card, type Part, person, type Span, type Text, text, timeIn } from './card.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { whyPart } from './reason-part.ts';

/** What the one person to be logged off reads in a direct message, with the button by which they agree. */
export function consentCard(request: Request): Card {
  const asked: Text = [
    ...requestLabel(request),
    person(request.requester),
    text(' asks to log you off the SuperOffice Windows client.'),
  ];
  return {
    summary: asked,
    parts: [
      { kind: 'paragraph', text: asked },
      ...whyPart(request),
      ...(request.status === 'awaiting_approval'
        ? askingParts(request, timeIn(request, request.expiresAt))
        : [status(request)]),
    ],
  };
}

const status = (request: Request): Part => ({
  kind: 'paragraph',
  text: [text('It is now: '), ...describeStatus(request)],
});

function askingParts(request: Request, until: Span): readonly Part[] {
  const agree: Button = {
    action: 'consent',
    label: 'Log me off now',
    request: request.id,
    style: 'primary',
    confirm: {
      title: 'Log yourself off?',
      text: 'You will be logged off the SuperOffice Windows client immediately. Save your work first: unsaved work may be lost.',
      yes: 'Log me off',
      no: 'Back',
    },
  };
  const note: Text = [
    text('If you do nothing, the approvers decide until '),
    until,
    text('. Unsaved work may be lost.'),
  ];
  return [
    { kind: 'buttons', buttons: [agree] },
    { kind: 'note', text: note },
  ];
}
