import type { FrozenModel } from '../models/index.ts';
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

/** How the method's parameters are trained; epochs and batch are the table's. */
export interface TrainingRecipe {
  /** How the gradient is estimated from losses under these options; null, or absent, where the loss is differentiated. */
  readonly gradient?: (options: Options) => QueriedGradient | null;
  readonly optimiser: OptimiserSpec;
  readonly schedule: ScheduleSpec;
  /** The grid of learning rates that the search tries. */
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
}
