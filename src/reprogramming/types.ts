import type { Generator } from '../random/index.ts';
import type { AlignmentKind, TaxonomyClass } from '../taxonomy/index.ts';
import type { Attended, State } from '../models/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/** A learnable tensor: its shape and the law of its first value. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  /** The initial values, `shape` flattened row-major. */
  readonly initial: (generator: Generator) => Float32Array;
  /** How many of the numbers can change anything, where a mask silences the rest; all of them if absent. */
  readonly active?: number;
  /** Chosen from a finite set by a search, token ids say: no number that training moves. */
  readonly discrete?: true;
}

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/**
 * Where a manipulation enters: the input, raw or (of waves) after the front end; the state after `embed`; or a later block
 * `block` (counted from 0): the state, the keys and values of its attention, or queries that nothing else attends to.
 */
export type Site =
  | { readonly location: 'input'; readonly enters?: 'raw' | 'spectrogram' }
  | { readonly location: 'embedding' }
  | { readonly location: 'hidden'; readonly block: number; readonly enters: 'state' | 'keys-and-values' | 'queries' };

/** How extra elements are joined to a state. */
export type Join =
  /** `extra` `[extra, width]` stands after the class token of every item: `[batch, 1 + extra + tokens, width]`. */
  | { readonly as: 'tokens-after-class' }
  /** `extra` `[extra, width]` takes the place of as many tokens after the class token, which a block before had left there. */
  | { readonly as: 'in-place-of-tokens' }
  /** `extra` `[rows, columns, channels]` fills the picture's canvas wherever `outside` (same shape, 0 or 1) is 1. */
  | { readonly as: 'border'; readonly outside: Float32Array };

/**
 * The operator. The engine performs it, the manipulation only says what with: an additive one can return nothing but
 * an addend, a concatenative one nothing but extra elements. λ is the manipulation's own parameters (empty if fixed).
 */
export type Action =
  | { readonly operator: 'additive'; readonly addend: (λ: Params, state: State) => Tensor }
  | { readonly operator: 'concatenative'; readonly extra: (λ: Params) => Tensor; readonly join: Join }
  | { readonly operator: 'concatenative'; readonly attended: (λ: Params) => Attended }
  /** Queries `[queries, width]` beside a block's own, which change nothing after it; an alignment reads what they find. */
  | { readonly operator: 'concatenative'; readonly asks: (λ: Params) => Tensor }
  | { readonly operator: 'parametric'; readonly transform: (λ: Params, state: State) => Tensor };

/** One input manipulation I_{λ,τ,ℓ}. It is learnable exactly if it has parameters. */
export interface Manipulation {
  readonly site: Site;
  readonly action: Action;
  readonly parameters: ParameterSpecs;
}

/** A label map ω `[source, target]`, row-major: target logits = source logits · ω. */
export interface LabelMap {
  readonly sources: number;
  readonly targets: number;
  readonly weights: Float32Array;
}

/** What a statistical alignment may look at: the frozen model's outputs on training pictures, and their labels. */
export interface Observations {
  /** `[count, sources]`, row-major. */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
  readonly sources: number;
  readonly targets: number;
}

/**
 * Output alignment O_ω.
 * - identity: output s is the answer s.
 * - structural: a rule fixed before any data is seen (a preset assignment, a verbalizer), as a label map; it is applied to
 *   the logits, or to the probabilities (`reads`), whose logarithm is then the target's score.
 * - statistical: a label map counted from outputs, once or before every epoch.
 * - linear: a learned linear map on the model's outputs or on its features.
 */
export type Alignment =
  | { readonly kind: 'identity' }
  | {
      readonly kind: 'structural';
      readonly reads: 'logits' | 'probabilities';
      readonly rule: (generator: Generator) => LabelMap;
    }
  | {
      readonly kind: 'statistical';
      /** As in a structural one; logits if absent. */
      readonly reads?: 'logits' | 'probabilities';
      readonly refresh: 'once' | 'epoch';
      readonly estimate: (observations: Observations) => LabelMap;
      /** The rule's name and constants, for the record. */
      readonly describe: Readonly<Record<string, string | number>>;
    }
  | {
      readonly kind: 'linear';
      /** With side outputs: the features and what each side query found, every part at unit length, side by side. */
      readonly reads: 'outputs' | 'features' | 'features-and-side-outputs';
      readonly start: 'probe' | 'zero';
    };

/** How a target picture is laid on the model's canvas: resized to `size` × `size` and centred on zeros. */
export interface PictureFit {
  readonly size: number;
}

/**
 * How an example is laid on what the model takes: a picture as in {@link PictureFit}; a clip once, in the middle, and a
 * series so many times back to back from the first sample (`fill`: as often as it fits), zeros elsewhere; or, for what
 * needs no model, the series itself.
 */
export type Fit = PictureFit | { readonly repeats: number | 'fill' } | { readonly as: 'series' };

/** A method applied to a model: what enters, how the answer is read. */
export interface Composition {
  readonly fit: Fit;
  readonly manipulations: readonly Manipulation[];
  readonly alignment: Alignment;
}

/** Pruning by rewinding: a first course of training finds out what matters, a second one trains again what is kept. */
export interface Rewind {
  /** The share of the epochs that the first course gets, between 0 and 1; each course gets at least one epoch. */
  readonly share: number;
  /** How much each part matters on one batch, from the parameters after the first course and the gradients of its loss. */
  readonly importance: (params: Params, gradients: Params) => Float32Array;
  /** What is trained again from its first values, given the mean of `importance` over the training batches. */
  readonly next: (importance: Float32Array) => Adapted;
}

/**
 * A model ready for a target task, whatever adapts it: `(params, x) → ŷ` in two halves, so that label maps can be
 * counted and heads fitted on what stands between them.
 */
export interface Adapted {
  /** The class computed from the composition; `null` where the model's own parameters are trained. */
  readonly taxonomy: TaxonomyClass | null;
  /** What enters the network where, with parameters named as in `reprogram`; absent where nothing does. */
  readonly manipulations?: readonly Manipulation[];
  readonly fit: Fit;
  readonly alignment: Alignment;
  readonly targets: number;
  /** How many numbers an output has before alignment. */
  readonly outputWidth: number;
  /** Whether training changes nothing before the alignment, so that outputs can be computed once. */
  readonly outputsAreFixed: boolean;
  /** How many numbers training changes. */
  readonly trainable: number;
  /** Fresh parameters; the caller owns them. */
  readonly initialise: (generator: Generator) => Params;
  /**
   * What of an example depends on no parameter and can be computed once for a draw, such as a front end; `outputs` then
   * takes what it gives. `null` where that is the example itself.
   */
  readonly prepare: ((x: Tensor) => Tensor) | null;
  /**
   * x `[batch, rows, columns, channels]` in [0, 1], waves `[batch, samples]`, or what `prepare` makes of them → what the
   * alignment reads, `[batch, outputWidth]`.
   */
  readonly outputs: (params: Params, x: Tensor) => Tensor;
  /**
   * Learns at once, without gradients, from the outputs on the training examples `[count, outputWidth]` and their labels:
   * parameters instead of the initial ones; the caller owns them.
   */
  readonly settle?: (params: Params, outputs: Float32Array, labels: Int32Array) => Params;
  /** Training in two courses, of which the second starts from the first values and is what stays. */
  readonly rewind?: Rewind;
  /** Whether its parameters say nothing of single classes, so that it reads others by their names as well. */
  readonly readsOtherClasses?: true;
  /** What the outputs are where that is less than the method decides: equal words mean equal outputs for equal examples. */
  readonly outputsAre?: string;
  /**
   * What training minimises of outputs `[batch, outputWidth]` and labels `[batch]`, a scalar; the cross-entropy of what
   * `align` gives where it is absent.
   */
  readonly objective?: (params: Params, outputs: Tensor, labels: Tensor) => Tensor;
  /** Frees what was computed once of what doesn't change; there is nothing of the kind where it is absent. */
  readonly dispose?: () => void;
  /** What the alignment makes of it: target logits `[batch, targets]`. `labelMap` is ω as a tensor where there is one. */
  readonly align: (params: Params, outputs: Tensor, labelMap: Tensor | null) => Tensor;
}

export type { AlignmentKind };
