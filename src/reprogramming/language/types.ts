import type { Attended, LanguageCache, Reads } from '../../models/index.ts';
import type { Generator } from '../../random/index.ts';
import type { AlignmentKind, TaxonomyClass } from '../../taxonomy/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { ParameterSpecs } from '../types.ts';

/** Words that stand before a question, or tell how it is asked: the context c of ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c). */
export type Words =
  /** The task's instruction in front of everything. */
  | { readonly kind: 'instruction' }
  /** Answered questions in front of the one that is asked. */
  | {
      readonly kind: 'demonstrations';
      readonly count: number;
      readonly choice: 'random' | 'similar';
      /** The share of them whose label is drawn again at random, 0 to 1. */
      readonly redrawn: number;
    }
  /** Every question, demonstrations too, is asked so that steps come before its answer. */
  | { readonly kind: 'steps' }
  /** The question is split into easier ones, each asked with the answers so far at hand. */
  | { readonly kind: 'parts' };

/** What is done to what a language model reads; the engine performs it. */
export type LanguageAction =
  | { readonly operator: 'concatenative'; readonly words: Words }
  /** Token ids `[tokens]` that were searched for, in front of the text. */
  | { readonly operator: 'concatenative'; readonly trigger: (λ: Params) => Tensor }
  /** Vectors `[vectors, width]` in front of all embeddings, the start token's too. */
  | { readonly operator: 'concatenative'; readonly inFront: (λ: Params) => Tensor }
  /** What becomes of the vectors in front. */
  | { readonly operator: 'parametric'; readonly ofFront: (λ: Params, front: Tensor) => Tensor }
  /** Keys and values for every block, before those of the text. */
  | { readonly operator: 'concatenative'; readonly attended: (λ: Params) => readonly Attended[] };

/** One input manipulation of a language model. It is learnable exactly if it has parameters. */
export interface LanguageManipulation {
  readonly site: { readonly location: 'input' | 'embedding' | 'hidden' };
  readonly action: LanguageAction;
  readonly parameters: ParameterSpecs;
}

/** How an answer is read off a language model. */
export type Reading =
  /** What it writes is the answer; where there are classes, the one whose words are likeliest. */
  | { readonly as: 'answer' }
  /** The answer that stands behind the steps it writes; of several samples, the one most of them come to. */
  | { readonly as: 'after-steps'; readonly samples?: { readonly count: number; readonly temperature: number } }
  /** Class probabilities, each divided by the one that a question without content gets. */
  | { readonly as: 'calibrated' }
  /** The class of most of the answered questions whose next-token distributions are nearest. */
  | { readonly as: 'nearest-distributions'; readonly neighbours: number }
  /** A learned linear map on the features of each place that an answer's token is read from. */
  | { readonly as: 'head'; readonly start: 'zero' | 'class-words'; readonly bias: boolean };

/** A method applied to a language model: what enters, how the answer is read. */
export interface LanguageComposition {
  readonly manipulations: readonly LanguageManipulation[];
  readonly reading: Reading;
}

/** A model with its parameters in place, ready to read texts. {@link disposeBegun} frees it outside a tidy scope. */
export interface Begun {
  readonly weights: Params;
  /** What stands in front of every text, read once; one row. */
  readonly front: LanguageCache | null;
  /** Vectors in front that were not read yet, `[vectors, width]`: the plain path. */
  readonly unread: Tensor | null;
  readonly extra: readonly (readonly Attended[])[] | null;
}

/** A language model ready for a target task, whatever adapts it. */
export interface AdaptedLanguage {
  /** The class computed from the composition; `null` where the model's own parameters are trained. */
  readonly taxonomy: TaxonomyClass | null;
  readonly words: readonly Words[];
  readonly reading: Reading;
  /** What the alignment is, from the reading. */
  readonly alignment: readonly AlignmentKind[];
  /** How many numbers training changes. */
  readonly trainable: number;
  /** Fresh parameters; the caller owns them. */
  readonly initialise: (generator: Generator) => Params;
  /** The parameter that holds the ids of a searched trigger; `null` where there is none. */
  readonly trigger: string | null;
  /** The parameters in place. With `plain`, what stands in front is read again with every text. */
  readonly begin: (params: Params, how?: { readonly plain?: boolean }) => Begun;
  /** What `align` takes. */
  readonly reads: Reads;
  /**
   * What is read at some places `[places, vocabulary]`, or features `[places, width]` → logits `[places, vocabulary]`, or
   * `[places, classes]` where a head was learned for them.
   */
  readonly align: (params: Params, outputs: Tensor) => Tensor;
  /** Judges questions from the training examples alone, without the model: baselines. */
  readonly judge?: (questions: readonly string[], labels: Int32Array, classes: number) => (question: string) => number;
}
