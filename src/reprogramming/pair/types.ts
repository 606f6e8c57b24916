import type { ContextPlace } from '../../models/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { Action, Adapted, Fit, ParameterSpecs, Site } from '../types.ts';

/** What classes are called in texts, for a model that compares pictures with texts. */
export interface PairWording {
  /** What each class is called, in the order of the labels. */
  readonly names: readonly string[];
  /** Texts around a name, the plainest useful first; `{}` is where the name goes. */
  readonly templates: readonly string[];
  /** Other names of each class; empty where it has none. */
  readonly synonyms: readonly (readonly string[])[];
  /** Sentences that say what each class looks like. */
  readonly descriptions: readonly (readonly string[])[];
  /** Sentences that say what tells each class from the others. */
  readonly distinctions: readonly (readonly string[])[];
}

/** What is done to the text of a class; the engine performs it. */
export type TextAction =
  /** Whole texts for each class; where there are several, the mean of their embeddings stands for it. */
  | { readonly operator: 'concatenative'; readonly written: readonly (readonly string[])[] }
  /** Vectors among the tokens of a class name. */
  | { readonly operator: 'concatenative'; readonly context: ContextVectors }
  /**
   * States `[count, width]` that take the place of what became of the context's first vectors before a block; all classes
   * share them.
   */
  | { readonly operator: 'concatenative'; readonly inPlace: (λ: Params) => Tensor };

export interface ContextVectors {
  readonly count: number;
  /** Whether every class has vectors of its own. */
  readonly perClass: boolean;
  readonly place: ContextPlace;
  /** The words that stay; `{}` is where the class name goes. */
  readonly template: string;
  /**
   * `[vectors, width]`, those of class c from c·count where each has its own; or, with `ofPictures`,
   * `[pictures, vectors, width]` made of the pictures' embeddings at unit length `[pictures, embeddingWidth]`.
   */
  readonly vectors: (λ: Params, pictures: Tensor) => Tensor;
  readonly ofPictures: boolean;
}

/** Something done in one of the two towers. */
export type PairAct =
  | { readonly tower: 'image'; readonly site: Site; readonly action: Action }
  | { readonly tower: 'text'; readonly site: TextSite; readonly action: TextAction };

export type TextSite = { readonly location: 'input' | 'embedding' } | { readonly location: 'hidden'; readonly block: number };

/** One input manipulation of a pair. It is learnable exactly if it has parameters; its acts share them. */
export interface PairManipulation {
  readonly acts: readonly PairAct[];
  readonly parameters: ParameterSpecs;
}

/** How the answer is read off the embeddings of a picture and of texts. */
export type PairReading =
  /** The class whose text is nearest. */
  | { readonly as: 'nearest-text' }
  /**
   * The class with the highest mean of its `best` nearest sentences, in each list of sentences, the lists weighted with
   * `shares` (AttrVR, arXiv 2501.13982).
   */
  | { readonly as: 'nearest-sentences'; readonly best: number; readonly shares: readonly number[] };

/** A method applied to a pair: what enters where, how the answer is read. */
export interface PairComposition {
  /** The whole canvas when left out. */
  readonly fit?: Fit;
  readonly manipulations: readonly PairManipulation[];
  readonly reading: PairReading;
  /** Draws the class texts' embeddings `[classes, embeddingWidth]` towards those of the plainest template while it trains. */
  readonly anchor?: { readonly weight: number };
}

/** A pair ready for a target task, whatever adapts it: pictures' embeddings are what `align` compares with texts. */
export interface AdaptedPair extends Adapted {
  /** What enters the towers where, with parameters named as in `reprogramPair`. */
  readonly pairManipulations: readonly PairManipulation[];
  /** Frees what was computed of the texts once. */
  readonly dispose: () => void;
}
