import type { Generator } from '../random/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { TokenPlaces } from './token-places.ts';
import type { Attended, State } from './types.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** Keys and values that the queries of a block look at, apart by head: `[batch, keyValueHeads, places, headWidth]`. */
export interface BlockMemory {
  /** As queries meet them: with their positions, where those are in the keys. */
  readonly keys: Tensor;
  readonly values: Tensor;
  /** The key of the last place as it was projected, `[batch, keyValueHeads, 1, headWidth]`; only where keys are smeared. */
  readonly lastKey?: Tensor;
}

/** What a block looks at besides its own tokens, and before them. */
export interface BlockSetting {
  /** What it remembers of the tokens before. */
  readonly past?: BlockMemory;
  /**
   * Extra keys and values, each `[prompts, keyWidth]` or `[batch, prompts, keyWidth]`, taken as they are; or states, which
   * it normalises and projects and does not turn or smear. They stand before everything else, so they come with the first
   * tokens and are remembered with them.
   */
  readonly extra?: readonly Attended[];
}

/** A block of a causal transformer: state `[batch, length, width]` → the same, and what later tokens need of it. */
export type CausalBlock = (
  weights: Params,
  state: State,
  setting?: BlockSetting,
) => { readonly state: State; readonly memory: BlockMemory };

/**
 * A causal language model as pure functions over its weights: embed → enter → blocks → features → classify. It knows
 * nothing of methods, nor of words: tokens are numbers below `vocabulary`.
 */
export interface LanguageArchitecture {
  readonly kind: 'language';
  readonly vocabulary: number;
  /** How many positions it was made for. */
  readonly contextLength: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  /** Width of the keys of all heads side by side; the values have the same. */
  readonly keyWidth: number;
  /** Token ids int32 `[batch, length]` → `[batch, length, width]`; what soft prompts stand beside. */
  readonly embed: (weights: Params, ids: Tensor) => Tensor;
  /** Embeddings → the state that the first block takes: learned positions come in here. */
  readonly enter: (weights: Params, embeddings: Tensor, places: TokenPlaces) => State;
  /** The blocks for tokens at these places. What they share is made at once and belongs to the scope of the caller. */
  readonly blocks: (places: TokenPlaces) => readonly CausalBlock[];
  /** What `classify` takes, `[…, width]`. */
  readonly features: (weights: Params, state: State) => Tensor;
  /** Features `[…, width]` → logits `[…, vocabulary]`. */
  readonly classify: (weights: Params, features: Tensor) => Tensor;
  /** Names of the weights that only `classify` uses; none when it shares the token embeddings. */
  readonly classifierWeights: readonly string[];
  /** Names and shapes of all weights, dense ones `[in, out]`. */
  readonly shapes: WeightShapes;
  /** Fresh weights. */
  readonly initialise: (generator: Generator) => Params;
}
