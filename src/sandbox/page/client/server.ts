import type { Deed, Done, Told, ToldExchangeText, WorldDeed } from './told.ts';

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const AWAY: Done = { problem: 'The demo does not answer. Is it still running?' };

/** Does something in Slack as that person. Never rejects: what went wrong comes in words. */
export async function perform(me: string, deed: Deed): Promise<Done> {
  try {
    const response = await post(`/api/deed?as=${me}`, deed);
    const done: Done = await response.json();
    return done;
  } catch {
    return AWAY;
  }
}

/** Does something to the world around the bot. */
export async function performInWorld(deed: WorldDeed): Promise<Done> {
  try {
    const done: Done = await (await post('/api/world', deed)).json();
    return done;
  } catch {
    return AWAY;
  }
}

/** What was sent and answered in one exchange. */
export async function readExchange(n: number): Promise<ToldExchangeText> {
  const text: ToldExchangeText = await (await fetch(`/api/exchange/${n}`)).json();
  return text;
}

interface Watcher {
  /** Everything, each time something changes. */
  tell(told: Told): void;
  /** Whether the demo cannot be reached at the moment. */
  away(isAway: boolean): void;
  /** There is nobody with that id. */
  unknown(): void;
}

/** Watches with that person's eyes until the returned function is called. */
export function watch(me: string, { tell, away, unknown }: Watcher): () => void {
  const source = new EventSource(`/api/watch?as=${me}`);
  source.onmessage = ({ data }) => {
    const told: Told = JSON.parse(String(data));
    tell(told);
  };
  source.onopen = () => away(false);
  // It tries again by itself, unless it was told no.
  source.onerror = () => (source.readyState === EventSource.CLOSED ? unknown() : away(true));
  return () => source.close();
}
