import type { TensorData } from '../assets/index.ts';

/** One stored case: inputs and outputs of an original library. */
export interface OracleCase {
  readonly id: string;
  readonly kind: string;
  readonly folder: string;
  /** The parsed `case.json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The tensors of `tensors.safetensors`, by their full name (`expect.logits`); empty where a case has none. */
  readonly tensors: ReadonlyMap<string, TensorData>;
  /** The bound that the case states for |ours − expected| of a tensor; throws where it states none. */
  readonly tolerance: (tensor: string) => number;
  /** Another file of the case's folder. */
  readonly readFile: (name: string) => Uint8Array;
}

/** One comparison: passes when `error` ≤ `tolerance`. */
export interface Check {
  readonly tensor: string;
  readonly error: number;
  readonly tolerance: number;
}

/** Runs the engine on a case and compares. It dispatches on the case's configuration, never on its name. */
export type Runner = (oracle: OracleCase) => Promise<readonly Check[]>;
