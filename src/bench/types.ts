import type { AssetSource } from '../assets/index.ts';
import type { Control, RunEnvironment, RunRecord, RunSpec } from '../results/index.ts';
import type { BackendInfo } from '../tensor/index.ts';

/** The value of a method's option, as written in a table's YAML. */
export type OptionValue = string | number | boolean;

/** A method's options, by name. The order of the names means nothing. A record's `spec.method.options` repeats them as asked. */
export type Options = Readonly<Record<string, OptionValue>>;

/** How many pictures the seeded draw takes from the task's training and test pictures. */
export interface SplitSizes {
  readonly train: number;
  readonly test: number;
}

/**
 * How the learning rate was chosen, as it stands in a record's spec: once per method, options and model, on a tuning
 * draw that none of the table's seeds uses. The highest value wins; of equal values the smaller rate.
 */
export type Search = NonNullable<RunSpec['search']>;

/** What one run is asked to do: a cell of the grid and a seed. */
export interface CellRequest {
  readonly methodId: string;
  readonly options: Options;
  readonly modelId: string;
  readonly taskId: string;
  readonly split: SplitSizes;
  /** Passes over the training pictures; 0 where nothing is trained (a record then has no recipe, or one of 0 epochs). */
  readonly epochs: number;
  readonly batch: number;
  /** The grid of learning rates; absent where nothing is trained. */
  readonly learningRates?: readonly number[];
  /** The chosen rate (in a trial: the rate under trial); absent where nothing is trained. */
  readonly learningRate?: number;
  /** How the rate was chosen; absent where nothing is trained and in a trial. */
  readonly search?: Search;
  /** `untrained-program`: the program keeps its initial values. `random-net`: the network has freshly drawn weights. */
  readonly control?: Control;
  readonly seed: number;
}

/**
 * A trial of the search: `seed` is the tuning seed. Of the `split.train` pictures drawn, `heldOut` (a count) are
 * measured on and the rest are trained on; no test picture is touched.
 */
export interface TrialRequest extends CellRequest {
  readonly learningRate: number;
  readonly heldOut: number;
}

/** A trial's accuracy (0–1) on the held-out pictures; null when training diverged. */
export interface TrialAnswer {
  readonly value: number | null;
}

/** Where a run stands. `done` and `total` count steps or batches of the stage. */
export interface Progress {
  readonly stage: 'load' | 'train' | 'evaluate';
  readonly done: number;
  readonly total: number;
}

/** Where a run happens: what goes into a record's `env` beside back-end and kernels (`versions` joins the back-end's own). */
export type Environment = Omit<RunEnvironment, 'backend' | 'kernels'>;

/** The effects that a run needs, handed in. */
export interface CellContext {
  readonly assets: AssetSource;
  readonly backend: BackendInfo;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  /** The moment as ISO text, for the record's history. */
  readonly now: () => string;
  readonly report?: (progress: Progress) => void;
  readonly environment: Environment;
}

/** What a worker can do; `run-cell.ts` is behind the real one, tests have their own. */
export interface Runner {
  readonly backend: BackendInfo;
  run(request: CellRequest, report: (progress: Progress) => void): Promise<RunRecord>;
  trial(request: TrialRequest, report: (progress: Progress) => void): Promise<TrialAnswer>;
}
