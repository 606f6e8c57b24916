/** A question with its answer and the way to it, each as words of the language. */
export interface Worked {
  readonly question: readonly string[];
  readonly steps: readonly string[];
  readonly answer: readonly string[];
}

/** What stands between steps and answer. */
export const therefore = 'so';

/** The word that asks for the answer at once, and the one that asks for steps first. */
export const manner = { direct: 'answer', steps: 'think' } as const;
