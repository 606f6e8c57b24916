import type { Generator } from '../random/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/**
 * What flows between the parts of a network: `[batch, tokens, width]` in a transformer (class token first),
 * `[batch, rows, columns, channels]` in a convolutional net.
 */
export type State = Tensor;

/** Extra keys and values that a block attends to besides its own tokens, each `[prompts, width]` or `[batch, prompts, width]`. */
export interface KeysAndValues {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/**
 * What the attention of a block reads besides its own tokens, and before them: keys and values as they are, or states
 * `[prompts, width]` that the block normalises and projects as it does its own.
 */
export type Attended = KeysAndValues | { readonly states: Tensor };

/** One block of a network: state → state, shapes as in {@link State}. `extra` is for transformers only. */
export type Block = (weights: Params, state: State, extra?: readonly Attended[]) => State;

/** What a network takes as input: NHWC pictures with values in [0, 1] before `mean` and `std` are applied by `embed`. */
export interface PictureInput {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * A network as pure functions over its weights: embed → blocks[] → readout. It knows nothing of methods.
 * `embed` normalises with `input.mean` and `input.std` and returns the state that the first block takes.
 * `features` is what `readout` applies its last linear layer to (`[batch, featureWidth]`).
 */
export interface Architecture {
  readonly kind: 'transformer' | 'convolutional';
  readonly input: PictureInput;
  readonly outputs: number;
  readonly featureWidth: number;
  /** Width of a token; only a transformer has one. */
  readonly width?: number;
  readonly embed: (weights: Params, x: Tensor) => State;
  readonly blocks: readonly Block[];
  readonly features: (weights: Params, state: State) => Tensor;
  /** Names of the weights that only `classify` uses. */
  readonly classifierWeights: readonly string[];
  readonly classify: (weights: Params, features: Tensor) => Tensor;
  /** Fresh weights, for controls with a randomly initialised net and for home-made training. */
  readonly initialise: (generator: Generator) => Params;
}

/** An architecture with weights that nothing may change: `digest` is checked before and after every run. */
export interface FrozenModel {
  readonly id: string;
  readonly architecture: Architecture;
  readonly weights: Params;
  /** SHA-256 over names, shapes and bits of the weights as used. */
  readonly digest: string;
  /** Names of the source classes, in the order of the outputs. */
  readonly classes: readonly string[];
  /** Made by this project (labelled so wherever it appears), or taken from elsewhere. */
  readonly homeMade: boolean;
}
