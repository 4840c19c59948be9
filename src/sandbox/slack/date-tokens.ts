const PATTERN =
  /\{(date_num|date_short_pretty|date_long_pretty|date_pretty|date_short|date_long|date|time_secs|time|ago)\}/g;

function formatted(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
}

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** "in 2 minutes", "3 hours ago". How Slack words a moment ahead is not documented. */
function fromNow(seconds: number, now: number): string {
  const ahead = seconds - Math.floor(now / 1000);
  const [length, name] = UNITS.find(([unit]) => Math.abs(ahead) >= unit) ?? [1, 'second'];
  const count = Math.floor(Math.abs(ahead) / length);
  const words = `${count} ${name}${count === 1 ? '' : 's'}`;
  return ahead < 0 ? `${words} ago` : `in ${words}`;
}

/** A date token as a person in that zone reads it at that moment (24 hours, day before month; no "today"). */
export function renderDate(seconds: number, format: string, timeZone: string, now = Date.now()): string {
  const at = new Date(seconds * 1000);
  return format.replace(PATTERN, (_, token: string) => {
    switch (token) {
      case 'date_num':
        return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
      case 'date_short':
      case 'date_short_pretty':
        return formatted(at, timeZone, { day: 'numeric', month: 'short', year: 'numeric' });
      case 'date_long':
      case 'date_long_pretty':
        return formatted(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
      case 'time':
        return formatted(at, timeZone, { hour: '2-digit', minute: '2-digit' });
      case 'time_secs':
        return formatted(at, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
      case 'ago':
        return fromNow(seconds, now);
      default:
        return formatted(at, timeZone, { day: 'numeric', month: 'long', year: 'numeric' });
    }
  });
}
