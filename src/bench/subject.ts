import type { AssetSource } from '../assets/index.ts';
import type { FrozenModel, ModelInput } from '../models/index.ts';
import type { Generator } from '../random/index.ts';
import type { Adapted, Method, Options } from '../reprogramming/index.ts';
import type { RunSpec } from '../results/index.ts';
import type { Task } from '../tasks/index.ts';
import type { CellRequest } from './types.ts';

/** What a run keeps frozen, whatever kind of model it is: a network, or a pair with all its weights in one tree. */
export type Subject = Pick<FrozenModel, 'id' | 'weights' | 'digest' | 'homeMade'>;

/** What it takes to apply a method. */
export interface Opening {
  readonly request: CellRequest;
  readonly method: Method;
  readonly options: Options;
  readonly task: Task;
  readonly generator: Generator;
  readonly assets: AssetSource;
}

/** A model with a method applied to it. */
export interface Opened {
  readonly model: Subject;
  readonly original: Subject;
  readonly input: ModelInput;
  readonly adapted: Adapted;
  readonly unseen: Adapted | null;
  readonly asking: NonNullable<RunSpec['asking']> | null;
  readonly networks: readonly string[];
  /** Frees what belongs to one run alone. */
  readonly release: () => void;
}
