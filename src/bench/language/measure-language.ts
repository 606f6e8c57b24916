import { argmaxRows } from '../../reprogramming/index.ts';
import type { Words } from '../../reprogramming/index.ts';
import type { Params } from '../../tensor/index.ts';
import { calibrated, choicesOf, neighbourVotes } from './class-scores.ts';
import { drawDemonstrations } from './demonstrations.ts';
import type { Demonstrations } from './demonstrations.ts';
import { tokensOf } from './prepare-language-run.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { has, promptOf, triggerOf, withTrigger } from './prompts.ts';
import { scoreByHead, scoreChoices } from './read-batch.ts';
import type { Measured } from './read-batch.ts';
import { answeredInParts, writtenAnswers } from './written-answers.ts';
import type { Texts } from './written-answers.ts';

/** How a run came out on the questions it was measured on. */
export interface JudgedLanguage {
  /** What was answered: a class, or the text that was read; `null` where no reader read one. */
  readonly predictions: readonly (number | string | null)[];
  /** 1 where the answer was right, by the strict reader or the sum of log-probabilities. */
  readonly correct: Uint8Array;
  /** Shares of the questions, by name; the first is the accuracy. */
  readonly shares: readonly (readonly [name: string, share: number])[];
  /** Places of the demonstrations in the training pool, where all questions share them. */
  readonly exemplars: readonly number[] | null;
}

const none: Demonstrations = { of: () => [], restOf: () => [], shared: null };

/** No demonstrations, but answered questions at hand. */
const nothingShown = { kind: 'demonstrations', count: 0, choice: 'random', redrawn: 0 } as const;

const isShown = (words: Words): words is Extract<Words, { kind: 'demonstrations' }> => words.kind === 'demonstrations';
const share = (flags: ArrayLike<number>): number => Array.from(flags).reduce((sum, flag) => sum + flag, 0) / Math.max(1, flags.length);

function judgedTexts({ measured }: PreparedLanguage, strict: Texts, lenient: Texts, exemplars: readonly number[] | null): JudgedLanguage {
  const right = (texts: Texts): Uint8Array => Uint8Array.from(measured, ({ question }, at) => (texts[at] === question.answer ? 1 : 0));
  const correct = right(strict);
  return {
    predictions: strict,
    correct,
    shares: [
      ['accuracy', share(correct)],
      ['accuracy, lenient reader', share(right(lenient))],
      ['no answer read', share(strict.map((text) => (text === null ? 1 : 0)))],
    ],
    exemplars,
  };
}

/** Scores of classes as predictions, and, where asked for, the accuracy when they are divided by the words' lengths. */
function judgedScores(
  { measured, task, asking }: PreparedLanguage,
  scores: Float32Array,
  exemplars: readonly number[] | null,
  byLength: boolean,
): JudgedLanguage {
  const classes = task.classes.length;
  const words = asking.wording.classWords ?? task.classes;
  const right = (predictions: Int32Array): Uint8Array => Uint8Array.from(measured, ({ label }, at) => (predictions[at] === label ? 1 : 0));
  const predictions = argmaxRows(scores, classes);
  const correct = right(predictions);
  const divided = scores.map((score, at) => score / Math.max(1, (words[at % classes] ?? '').length));
  return {
    predictions: [...predictions],
    correct,
    shares: [
      ['accuracy', share(correct)],
      ...(byLength ? ([['accuracy, scores by length', share(right(argmaxRows(divided, classes)))]] as const) : []),
    ],
    exemplars,
  };
}

/** Measures an adapted language model on the questions of a run. */
export function measureLanguage(prepared: PreparedLanguage, params: Params): JudgedLanguage {
  const { adapted, method, model, task, classTokens, train } = prepared;
  const measured: Measured = { model, adapted, params };
  if (adapted.judge) {
    if (!classTokens) throw new RangeError(`${prepared.method.name} chooses among classes; the answers of ${task.id} are open.`);
    const judge = adapted.judge(train.map(({ question }) => question.question), Int32Array.from(train, ({ label }) => label), classTokens.length);
    const predictions = prepared.measured.map(({ question }) => judge(question.question));
    const correct = Uint8Array.from(prepared.measured, ({ label }, at) => (predictions[at] === label ? 1 : 0));
    return { predictions, correct, shares: [['accuracy', share(correct)]], exemplars: null };
  }
  const { reading } = adapted;
  const wanted = adapted.words.find(isShown) ?? (reading.as === 'nearest-distributions' ? nothingShown : undefined);
  const shown = wanted ? drawDemonstrations(prepared, wanted) : none;
  if (has(prepared, 'parts')) {
    const texts = answeredInParts(prepared, measured, shown);
    return judgedTexts(prepared, texts, texts, shown.shared);
  }
  const trigger = triggerOf(prepared, params);
  const prompts = prepared.measured.map((asked) => promptOf(prepared, asked.question.question, shown.of(asked)));
  if (!classTokens) {
    if (reading.as === 'calibrated' || reading.as === 'nearest-distributions') {
      throw new RangeError(`${prepared.method.name} chooses among classes; the answers of ${task.id} are open.`);
    }
    const { strict, lenient } = writtenAnswers(prepared, measured, prompts, trigger);
    return judgedTexts(prepared, strict, lenient, shown.shared);
  }
  const rows = prompts.map((prompt) => withTrigger(prepared, trigger, tokensOf(model, prompt)));
  switch (reading.as) {
    case 'head':
      return judgedScores(prepared, scoreByHead(measured, rows, classTokens.length), shown.shared, false);
    case 'nearest-distributions':
      return judgedScores(prepared, neighbourVotes(prepared, measured, shown, rows, reading.neighbours), shown.shared, false);
    case 'calibrated': {
      const scores = calibrated(prepared, measured, shown, scoreChoices(measured, rows, classTokens), trigger);
      return judgedScores(prepared, scores, shown.shared, false);
    }
    case 'answer':
      return judgedScores(prepared, scoreChoices(measured, rows, choicesOf(prepared, classTokens)), shown.shared, method.recipe === null);
    case 'after-steps':
      throw new RangeError(`${prepared.method.name} writes its answers; ${task.id} chooses among classes.`);
  }
}

