/** What a bench is given. */
export interface BenchContext {
  /** The checkout. */
  readonly root: string;
  /** An empty folder of this bench alone, removed after it. */
  readonly home: string;
  /** A Python 3.11 interpreter, or the one nearest to it. */
  readonly python: string;
  /** The environment to start processes in: PATH and HOME, no credentials. */
  readonly env: Readonly<Record<string, string>>;
  /** How often each contestant has its turn. */
  readonly rounds: number;
}

/** One bench: figures by name. Seconds and ratios are medians; a name says its unit. */
export interface Bench {
  run(context: BenchContext): Promise<Record<string, number>>;
}
