import { asked } from './text-set.ts';
import type { Question, Wording } from './text-set.ts';

/** What a prompt is made of besides the question. */
export interface PromptParts {
  readonly instruction: boolean;
  /** Whether steps come before the answers, the demonstrations' and the asked one's. */
  readonly steps: boolean;
  /** In their order, the last one next to the question. */
  readonly demonstrations: readonly Question[];
}

const templateOf = (wording: Wording, steps: boolean): string => {
  if (!steps) return wording.ask;
  if (wording.askSteps === undefined) throw new RangeError('The task has no steps to its answers: choose a method without steps.');
  return wording.askSteps;
};

/** What a model is to write behind a question, or what a demonstration shows. */
export function answerText(wording: Wording, { answer, steps: way }: Question, steps = false): string {
  const before = steps ? `${way ?? ''}${wording.therefore ?? ''}` : '';
  return `${wording.delimiter}${before}${answer}${wording.end}`;
}

/**
 * The text that a model reads before it answers: opening, instruction, demonstrations, question.
 * @throws {RangeError} where the wording has no instruction but one is asked for, or no steps, or a template without its slot
 */
export function promptText(wording: Wording, question: string, { instruction, steps, demonstrations }: PromptParts): string {
  if (instruction && wording.instruction === null) {
    throw new RangeError('The task has no instruction in words: choose a method that shows or learns.');
  }
  const template = templateOf(wording, steps);
  const shown = demonstrations.map((each) => `${asked(template, each.question)}${answerText(wording, each, steps)}`);
  const told = instruction && wording.instruction !== null ? [wording.instruction] : [];
  const opened = wording.opening === undefined ? [] : [wording.opening];
  return [...opened, ...told, ...shown, asked(template, question)].join(wording.between);
}
