import type { ExampleSet } from './example-set.ts';

/** A classification task: pools of examples that seeded splits are drawn from. */
export interface Task {
  readonly id: string;
  readonly title: string;
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
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
