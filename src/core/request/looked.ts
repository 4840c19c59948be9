import type { AssociateId } from '../ids.ts';
import type { Associate } from '../people.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';
import type { Fact } from './entry.ts';
import { sparedBy, stillOn } from './everyone.ts';
import type { Left, Request, RequestIn } from './request.ts';
import type { RefusalCode } from './review.ts';
import { isSettled, lookAgain, resultsOf, type VerifySettings } from './sightings.ts';

/**
 * Who is on the Windows client; `unread` where NetServer did not answer, `refused` where it does not tell the bot.
 * `askedAt` is when the look began: of two looks that overtake each other the older one cannot bring anybody back.
 */
export interface Looked {
  readonly kind: 'looked';
  readonly on: ReadonlySet<AssociateId> | 'unread' | 'refused';
  readonly askedAt?: Instant;
  /** Where everyone was meant: those who are on and not in the record, as far as SuperOffice told who they are. */
  readonly others?: readonly Associate[];
}

interface LookMoment {
  readonly now: Instant;
  readonly policy: Policy;
  readonly verify: VerifySettings;
}

/** What a look makes of what was seen before; the request ends with it where nothing more is to be learnt. */
export function looked(request: Request, event: Looked, moment: LookMoment): readonly Fact[] | RefusalCode {
  if (request.status !== 'verifying') return 'not_now';
  const { on, askedAt } = event;
  const { now, verify } = moment;
  const at = askedAt ?? now;
  const sightings = typeof on === 'string' ? request.sightings : lookAgain(request.sightings, on, at);
  const left = leftBy(request, event, moment);
  const facts: Fact[] = [];
  const isNew = sightings.some((sighting, index) => sighting.seen !== request.sightings[index]?.seen);
  if (isNew || !isSameLeft(left, request.left)) {
    facts.push({ kind: 'seen', sightings, ...(left === undefined ? {} : { left }) });
  }
  const { everyone, calledAt } = request;
  // Whoever went may come back, and whoever was not on may come, for as long as it is watched.
  const isWatched = everyone !== undefined && now < calledAt + Math.max(verify.watch, verify.for);
  if (on === 'refused' || (!isWatched && isSettled(sightings, calledAt, now, verify))) {
    const results = resultsOf({ ...request, sightings });
    const ending = results.some(({ outcome }) => outcome.kind === 'not_checked') ? 'unknown' : 'done';
    // Who is left is only said of what was read last.
    const known = left === undefined || typeof on === 'string' ? {} : { left };
    facts.push({ kind: 'verified', ending, results, ...known });
  }
  return facts.length === 0 ? 'not_now' : facts;
}

/** Who is on besides, where everyone was meant; as before where it could not be read. */
function leftBy(request: RequestIn<'verifying'>, { on, others = [], askedAt }: Looked, moment: LookMoment) {
  if (request.everyone === undefined || typeof on === 'string') return request.left;
  const { now, policy } = moment;
  const sightings = lookAgain(request.sightings, on, askedAt ?? now);
  return stillOn(request, sightings, on, others, now, sparedBy(request, policy));
}

/** Both lists are in the order of the ids. */
const isSameLeft = (a: Left | undefined, b: Left | undefined): boolean =>
  a?.people.length === b?.people.length &&
  (a?.people ?? []).every((one, index) => {
    const other = b?.people[index];
    return one.id === other?.id && one.why === other.why && one.name === other.name;
  });
