import { durationSchema, type Instant } from '../core/time.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A date or moment (UTC where it names no zone), or how long ago (`7d`). Gives nothing for anything else. */
export function parseMoment(text: string, now: Instant): Instant | undefined {
  const ago = durationSchema.safeParse(text);
  if (ago.success) return Math.max(0, now - ago.data);
  const [, year, month, day, time = '00:00', zone = 'Z'] = DATE.exec(text) ?? [];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // The 31st of February would become a day of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(`${year}-${month}-${day}`))
    return undefined;
  const moment = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}
