/** What of a CPU profile is needed here, in the words of the DevTools protocol. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[] | undefined;
  }[];
  readonly samples?: readonly number[] | undefined;
  /** Microseconds between the samples. */
  readonly timeDeltas?: readonly number[] | undefined;
}

/** Microseconds by part of the program. */
export type Shares = Readonly<Record<string, number>>;

const IDLE = new Set(['(idle)', '(root)']);

/** The part of the program that a file belongs to: a folder of ours, a package, or Node itself. */
export function partOf(url: string): string | undefined {
  if (url === '') return undefined;
  const ours = /\/(?:src|commands)\/(?:(\w[\w-]*)\/)?/.exec(url.replace(/^.*\/node_modules\//, '@/'));
  const packaged = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (packaged !== undefined) return `package ${packaged}`;
  if (ours !== null) return `src/${url.includes('/commands/') ? 'commands' : (ours[1] ?? 'app')}`;
  if (url.startsWith('node:internal/deps/undici')) return 'node fetch';
  if (url.startsWith('node:')) return 'node';
  return 'bench';
}

/**
 * Adds up where a profile's time was spent by itself, without what was called from there. Built-in functions count for who
 * called them, except that the database engine has a line of its own. Idle time is left out.
 */
export function sharesOf(profile: CpuProfile): Shares {
  const parents = new Map<number, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const { id, children } of profile.nodes) for (const child of children ?? []) parents.set(child, id);
  const known = new Map<number, string>();

  function part(id: number): string {
    const found = known.get(id) ?? find(id);
    known.set(id, found);
    return found;
  }
  function find(id: number): string {
    const frame = nodes.get(id)?.callFrame;
    if (frame === undefined) return 'unknown';
    if (IDLE.has(frame.functionName)) return 'idle';
    if (frame.functionName === '(garbage collector)') return 'garbage collector';
    if (frame.functionName === '(program)') return 'node';
    const own = partOf(frame.url);
    if (own !== undefined) return own;
    const caller = parents.get(id);
    if (caller === undefined) return 'node';
    const url = nodes.get(caller)?.callFrame.url ?? '';
    return url.includes('/store/sqlite-') ? 'SQLite itself' : part(caller);
  }

  const shares = new Map<string, number>();
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const name = part(id);
    if (name !== 'idle') shares.set(name, (shares.get(name) ?? 0) + (profile.timeDeltas?.[at] ?? 0));
  }
  return Object.fromEntries([...shares].sort(([, a], [, b]) => b - a));
}

/** Each part's share of all time, in percent, the largest first. */
export function percentOf(shares: Shares): readonly (readonly [part: string, percent: number])[] {
  const all = Object.values(shares).reduce((sum, each) => sum + each, 0);
  return Object.entries(shares)
    .map(([part, time]) => [part, all === 0 ? 0 : (100 * time) / all] as const)
    .sort(([, a], [, b]) => b - a);
}
