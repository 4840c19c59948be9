import { z } from 'zod';

/** A moment: milliseconds since 1970-01-01 UTC. */
export type Instant = number;
/** A length of time in milliseconds. */
export type Duration = number;

export const instantSchema = z.int().min(0);
/** A length of time as records keep it. */
export const durationMsSchema = z.int().min(0);

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Takes `<whole number>(s|m|h|d)` such as `30s` or `2h`; gives milliseconds. At most a year. */
export const durationSchema = z
  .string()
  .regex(/^\d{1,8}[smhd]$/, 'must be a whole number followed by s, m, h or d, such as 30s, 10m or 2h')
  .transform((text, context): Duration => {
    const unit = text.at(-1);
    const milliseconds =
      Number(text.slice(0, -1)) * (unit === 's' || unit === 'm' || unit === 'h' ? UNITS[unit] : UNITS.d);
    if (milliseconds > 366 * UNITS.d) {
      context.addIssue({ code: 'custom', message: 'must be at most 366d' });
      return z.NEVER;
    }
    return milliseconds;
  });

/** "30 s", "10 min", "2 h", "3 d": a length of time in words short enough for a card. */
export function describeDuration(duration: Duration): string {
  if (duration % UNITS.d === 0 && duration > 0) return `${duration / UNITS.d} d`;
  if (duration % UNITS.h === 0 && duration > 0) return `${duration / UNITS.h} h`;
  if (duration % UNITS.m === 0 && duration > 0) return `${duration / UNITS.m} min`;
  return `${Math.round(duration / UNITS.s)} s`;
}

/** The day as YYYY-MM-DD in a zone, so that days compare as texts. */
export function dayIn(at: Instant, timeZone: string): string {
  // The form that is written in Sweden.
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(at);
}

/** "14:30 CET" or, when `dated`, "22 Nov 2026, 14:30 CET": plain text in the zone of the settings. */
export function describeInstant(at: Instant, timeZone: string, dated = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(dated ? { day: 'numeric', month: 'short', year: 'numeric' } : {}),
  }).format(at);
}
