/** A question and its right answer, as text. */
export interface Question {
  /** Without instruction, template or demonstrations. */
  readonly question: string;
  /** In a task of classes: the class's name. */
  readonly answer: string;
  /** Where the task has a way to the answer: what leads to it, word by word, up to where the answer begins. */
  readonly steps?: string;
}

/**
 * A question split into easier ones: given the answers so far, the next question to ask, or the answer composed of them;
 * `null` where the answers so far make no sense, so that none can be composed.
 */
export type Decomposition = (answers: readonly string[]) => { readonly ask: string } | { readonly compose: string } | null;

/** Questions with their answers. */
export interface TextSet {
  readonly count: number;
  /** The class of each question; 0 everywhere where answers are open. */
  readonly labels: Int32Array;
  readonly questions: (index: number) => Question;
  /**
   * Where every question stands in a world of its own, what may demonstrate it: other questions of that world, answered.
   * Absent where the training examples demonstrate all.
   */
  readonly demonstrations?: (index: number) => readonly Question[];
  /** How a question is split into easier ones, where somebody wrote that down. */
  readonly decompose?: (index: number) => Decomposition;
}

/**
 * How a language model is asked: the text around questions and answers. A prompt is opening, instruction, demonstrations (asked,
 * `delimiter`, answer, `end`) and the asked question, with `between` between them; the model goes on with `delimiter`,
 * answer and `end`.
 */
export interface Wording {
  /** What every prompt begins with; nothing if absent. */
  readonly opening?: string;
  /** What is to be done, in words; `null` where it has no words. */
  readonly instruction: string | null;
  /** A question, asked: exactly one `{question}`. */
  readonly ask: string;
  /** The same, asked so that steps come before the answer; absent where the task has none. */
  readonly askSteps?: string;
  /** Between a question and its answer, ` ` as a rule. */
  readonly delimiter: string;
  /** What ends an answer. */
  readonly end: string;
  readonly between: string;
  /** What stands between the steps and the answer, in a task with steps. */
  readonly therefore?: string;
  /** What stands for each class, in their order; their names if absent. */
  readonly classWords?: readonly string[];
  /** A question without content, such as `N/A`. */
  readonly contentFree?: string;
}

export const slot = '{question}';

/**
 * The text of an asked question.
 * @throws {RangeError} for a template that hasn't exactly one slot
 */
export function asked(template: string, question: string): string {
  const parts = template.split(slot);
  if (parts.length !== 2) {
    throw new RangeError(`A template needs exactly one ${slot}; "${template}" has ${parts.length - 1}.`);
  }
  return parts.join(question);
}
