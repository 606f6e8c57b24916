/** What a part of `npm test` found: single checks counted, what they looked at, and each failure in full. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What was looked at, with its number: "212 files", "53 of 53 cases". */
  readonly examined: string;
  readonly failures: readonly string[];
  /** Lines worth reading though nothing failed: skipped tests, uncovered kinds. */
  readonly notes: readonly string[];
}

export interface PartOptions {
  /** Also run what is too slow for every day. */
  readonly full: boolean;
  /** Stops the part's processes. */
  readonly signal: AbortSignal;
}

/** One part of `npm test`. It fails when it examined nothing: see {@link settle}. */
export interface Part {
  readonly name: string;
  readonly describes: string;
  run(options: PartOptions): Promise<Outcome>;
}

/** An outcome of a part that could not do its work, as one failed check. */
export function failure(examined: string, ...failures: readonly string[]): Outcome {
  return { passed: 0, failed: 1, examined, failures, notes: [] };
}

/** Turns an outcome without a single check into a failed one, so that nothing passes by being empty. */
export function settle(outcome: Outcome): Outcome {
  if (outcome.passed + outcome.failed > 0) return outcome;
  return { ...outcome, failed: 1, failures: [...outcome.failures, 'This part examined nothing.'] };
}

/** Adds outcomes up, in order. */
export function combine(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    examined: outcomes.map(({ examined }) => examined).filter((text) => text !== '').join('; '),
    failures: outcomes.flatMap(({ failures }) => failures),
    notes: outcomes.flatMap(({ notes }) => notes),
  };
}
