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

/**
 * What learned queries `[queries, width]` make of the state that a block takes: they ask with the block's own projections
 * and go through the rest of it, and nothing asks them → `[batch, queries, width]`.
 */
export type SideReader = (weights: Params, state: State, queries: Tensor) => Tensor;

/** What a network takes as input: NHWC pictures with values in [0, 1] before `mean` and `std` are applied by `embed`. */
export interface PictureInput {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What a network takes as input: waves of so many samples. */
export interface WaveInput {
  readonly samples: number;
  /** Hertz. */
  readonly sampleRate: number;
}

export type ModelInput = PictureInput | WaveInput;

/** What a network computes of a wave before its first weight; nothing in it is learned, and gradients pass through. */
export interface FrontEnd {
  /** What it makes of one item. */
  readonly shape: readonly [frames: number, values: number];
  /** waves `[batch, samples]` → `[batch, frames, values]`. */
  readonly compute: (waves: Tensor) => Tensor;
}

/**
 * A network as pure functions over its weights: embed → blocks[] → readout. It knows nothing of methods.
 * `embed` normalises with `input.mean` and `input.std` and returns the state that the first block takes; where there is a
 * front end, it takes what that gives.
 * `features` is what `readout` applies its last linear layer to (`[batch, featureWidth]`).
 */
export interface Architecture {
  readonly kind: 'transformer' | 'convolutional';
  readonly input: ModelInput;
  readonly frontEnd?: FrontEnd;
  readonly outputs: number;
  readonly featureWidth: number;
  /** Width of a token; only a transformer has one. */
  readonly width?: number;
  /** How many heads share the width; only a transformer has them. */
  readonly heads?: number;
  /** How many numbers of the input make one token (3·patch² in a ViT); only a transformer has them. */
  readonly tokenInputs?: number;
  readonly embed: (weights: Params, x: Tensor) => State;
  readonly blocks: readonly Block[];
  /** One for each block; only a transformer has them. */
  readonly sideReaders?: readonly SideReader[];
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
