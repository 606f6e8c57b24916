import type { FrozenImageTextModel, FrozenLanguageModel, FrozenModel } from '../models/index.ts';
import type { AdaptedLanguage } from './language/types.ts';
import type { AdaptedPair, PairWording } from './pair/types.ts';
import type { Adapted, LabelMap } from './types.ts';
import type { OptimiserSpec } from '../tensor/index.ts';
import type { QueriedGradient, ScheduleSpec } from '../training/index.ts';

/** A choice inside a method (prompt length, which program): part of a row's identity. */
export type OptionValue = string | number | boolean;
export type Options = Readonly<Record<string, OptionValue>>;

/** What a method is applied to. */
export interface Setting {
  readonly model: FrozenModel;
  /** How many target classes. */
  readonly targets: number;
  /** The method's options, all of them. */
  readonly options: Options;
  /** A verbalizer for this model and task, as a label map, where somebody wrote one. */
  readonly verbalizer: LabelMap | null;
  /** Values of a series, where the task's examples are series of one length; a method that takes only those says so. */
  readonly seriesLength?: number;
}

/** What a method is applied to where the model reads and writes text. */
export interface LanguageSetting {
  readonly model: FrozenLanguageModel;
  /** The method's options, all of them. */
  readonly options: Options;
  /** The tokens of the words for each class; `null` where answers are open. */
  readonly classTokens: readonly (readonly number[])[] | null;
  /** The tokens of the task's instruction; `null` where it has none. */
  readonly instructionTokens: readonly number[] | null;
}

/** What a method is applied to where the model compares pictures with texts. */
export interface PairSetting {
  readonly model: FrozenImageTextModel;
  /** The method's options, all of them. */
  readonly options: Options;
  /** What the target classes are called. */
  readonly wording: PairWording;
  /**
   * The image tower as a network with these classes, each a text. It lives as long as the run that the setting belongs to.
   */
  readonly classifier: (texts: readonly string[]) => FrozenModel;
}

/** A search without (full) gradients, in place of training. */
export type LanguageSearch =
  /** CMA-ES over all parameters side by side; the rate is its first step size. */
  | { readonly by: 'cma-es'; readonly population: number }
  /** Swaps of searched tokens, ranked by the gradient; so many candidates a step. */
  | { readonly by: 'swap-tokens'; readonly candidates: number };

/** How the method's parameters are trained; epochs and batch are the table's. */
export interface TrainingRecipe {
  /** Searched for instead of differentiated; only for language models. */
  readonly search?: (options: Options) => LanguageSearch;
  /** How the gradient is estimated from losses under these options; null, or absent, where the loss is differentiated. */
  readonly gradient?: (options: Options) => QueriedGradient | null;
  readonly optimiser: OptimiserSpec;
  readonly schedule: ScheduleSpec;
  /** The grid of learning rates that are tried; empty where a search has none. */
  readonly learningRates: readonly number[];
  /** The law of the initial values, in words. */
  readonly initial: string;
}

/** A reference method or a rival: what it does to a model and how it is trained. */
export interface Method {
  /** As the entry in `content/methods/` and the file's name. */
  readonly id: string;
  readonly name: string;
  /** Model reprogramming, prompt tuning, prompt instruction, or parameter-centric adaptation. */
  readonly family: 'MR' | 'PT' | 'PI' | 'PCA';
  /** Key in `content/references.bib`. */
  readonly paper: string;
  /** Where paper and published code differ, which of them is followed. */
  readonly follows: 'paper' | 'code';
  /** The file that holds it, for readers. */
  readonly file: string;
  /** Options and their values when nothing else is said. */
  readonly options: Options;
  /** Names of options that a row may write besides. One that it doesn't write is no part of its identity. */
  readonly furtherOptions?: readonly string[];
  /** `null`: nothing is trained. */
  readonly recipe: TrainingRecipe | null;
  /** The formula of the count of trainable numbers, in words and symbols. */
  readonly trainable: string;
  /** Shortcuts it takes, each exact or not. */
  readonly tricks: readonly { readonly name: string; readonly exact: boolean }[];
  /** Throws one sentence where the method can't be applied to the setting. */
  readonly adapt: (setting: Setting) => Adapted;
  /** The same for a language model; absent where the method has no meaning there. */
  readonly adaptLanguage?: (setting: LanguageSetting) => AdaptedLanguage;
  /**
   * The same for a pair of image and text tower; where absent, the method takes the image tower as a network whose classes
   * are the plainest texts of the target classes.
   */
  readonly adaptPair?: (setting: PairSetting) => Adapted | AdaptedPair;
  /** What is otherwise on a pair than `recipe` and `tricks` say. */
  readonly onPair?: (options: Options) => Pick<Method, 'tricks'> & Pick<TrainingRecipe, 'initial'>;
  /** What is otherwise on a language model than `recipe` and `tricks` say. */
  readonly onText?: Pick<Method, 'tricks'> & Pick<TrainingRecipe, 'initial'>;
}

/** `adapt` of a method that needs a language model. */
export function onlyLanguage(name: string): (setting: Pick<Setting, 'model'>) => never {
  return ({ model }) => {
    throw new RangeError(`${name} needs a language model; ${model.id} writes no text, so choose another model.`);
  };
}

/** `adapt` of a method that needs pictures and texts in one space. */
export function onlyPairs(name: string): (setting: Pick<Setting, 'model'>) => never {
  return ({ model }) => {
    throw new RangeError(`${name} compares pictures with texts; ${model.id} reads no text, so choose a pair such as world-pair.`);
  };
}
