import type { Request, RequestIn } from '../request/request.ts';
import { mustBePhoned } from '../request/warning.ts';
import { type Card, type Text, text, timeIn, until } from './card.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { countPeople, LISTED_ON_CARD, targetLines } from './people.ts';

const toPhone = ({ warned }: Request) => (warned?.people ?? []).filter(mustBePhoned);

/** How far a warning is: the time left, who is ready of those who were reached, how many somebody must phone. */
export function warningRows(
  request: RequestIn<'warning'>,
): readonly { readonly label: string; readonly value: Text }[] {
  const phone = toPhone(request);
  const reached = (request.warned?.people ?? []).length - phone.length;
  return [
    ...(request.everyone === undefined
      ? [{ label: 'Log-off', value: [timeIn(request, request.until), until(request.until)] }]
      : []),
    ...(request.everyone === undefined && reached > 0
      ? [{ label: 'Ready', value: [text(`${countReady(request)} of ${reached}`)] }]
      : []),
    ...(phone.length === 0 ? [] : [{ label: 'To phone', value: [text(`${phone.length}`)] }]),
  ];
}

const countReady = ({ warned }: Request): number => (warned?.people ?? []).filter(({ ready }) => ready === true).length;

/** The same request with those in front whom somebody must phone: a card names the first people only. */
export function phoneFirst(request: Request): Request {
  if (request.status !== 'warning') return request;
  const ids = new Set(toPhone(request).map(({ id }) => id));
  const isFirst = (of: boolean) => request.targets.filter(({ id }) => ids.has(id) === of);
  return { ...request, targets: [...isFirst(true), ...isFirst(false)] };
}

/** To who asked, where nobody has a card: who could not be warned. Afterwards it says that it is over. */
export function toPhoneCard(request: Request): Card {
  const ids = new Set(toPhone(request).map(({ id }) => id));
  if (request.status !== 'warning' || ids.size === 0) {
    const over: Text = [...requestLabel(request), text('nobody needs to be phoned about this log-off any more.')];
    return { summary: over, parts: [{ kind: 'paragraph', text: over }] };
  }
  const lines = targetLines({ ...request, targets: request.targets.filter(({ id }) => ids.has(id)) });
  const more = lines.length - LISTED_ON_CARD;
  const items = [...lines.slice(0, LISTED_ON_CARD), ...(more > 0 ? [[text(`and ${more} more`)]] : [])];
  const words = text(`. ${countPeople(ids.size)} could not be warned: phone them.`);
  const summary: Text = [...requestLabel(request), ...describeStatus(request), words];
  return {
    summary,
    parts: [
      { kind: 'paragraph', text: summary },
      { kind: 'list', items },
    ],
  };
}
