/** How large everything is in a run. */
export interface Plan {
  readonly mode: 'full' | 'quick' | 'check';
  /** Where the order of blocks comes from. */
  readonly random: () => number;
  /** Says on the terminal what is being done. */
  tell(words: string): void;
  readonly blockMs: number;
  readonly rounds: number;
  /** Pieces of work before anything is measured: code that is used is compiled better and better for a while. */
  readonly warmUp: number;
  /** How often each program is started where starting is what is measured. */
  readonly starts: number;
  /** Junk answers of each shape. */
  readonly junk: number;
  /** Commands at the same moment, and how often that is done. */
  readonly burst: number;
  readonly bursts: number;
  /** Memory after the first number of requests and after the second. */
  readonly requests: readonly [few: number, many: number];
  readonly closedRequests: number;
  readonly people: number;
  readonly queries: number;
}

type Sizes = Omit<Plan, 'mode' | 'random' | 'tell'>;

/** What the table of targets speaks of. */
const FULL: Sizes = {
  blockMs: 150,
  rounds: 40,
  warmUp: 2_000,
  starts: 15,
  junk: 40,
  burst: 1_000,
  bursts: 9,
  requests: [1_000, 10_000],
  closedRequests: 1_000_000,
  people: 10_000,
  queries: 2_000,
};

const QUICK: Sizes = {
  blockMs: 80,
  rounds: 8,
  warmUp: 150,
  starts: 3,
  junk: 5,
  burst: 1_000,
  bursts: 1,
  requests: [200, 600],
  closedRequests: 10_000,
  people: 10_000,
  queries: 300,
};

const CHECK: Sizes = { ...QUICK, rounds: 6, warmUp: 100 };

/** The sizes of a run. Only the full one is what the targets are about; the others say so where theirs are smaller. */
export const planOf = (mode: Plan['mode'], random: () => number, tell: Plan['tell']): Plan => ({
  mode,
  random,
  tell,
  ...(mode === 'full' ? FULL : mode === 'quick' ? QUICK : CHECK),
});
