import type { ExampleSet } from './example-set.ts';
import type { Wording } from './text-set.ts';

/** A task: pools of examples that seeded splits are drawn from. */
export interface Task {
  readonly id: string;
  readonly title: string;
  /** Names of the classes, in the order of the labels; none where answers are open text. */
  readonly classes: readonly string[];
  /** The first so many classes have training examples; absent: all. */
  readonly trainedClasses?: number;
  /** How language models are asked, the plainest way first; only a task of texts. */
  readonly wordings?: readonly Wording[];
  readonly train: ExampleSet;
  readonly test: ExampleSet;
  /**
   * SHA-256 (hex) of the decoded content. Of a generated task: of the version of its drawings, its sizes and the
   * first 64 pictures of each pool (every further picture is made by the same code from the same seed).
   */
  readonly digest: string;
  /** Made by this project's own code, so that it needs no data from elsewhere. */
  readonly generated: boolean;
}
