import { placesOf, readText } from '../../reprogramming/index.ts';
import type { Reader, Rows } from '../../reprogramming/index.ts';
import { answerText, promptText } from '../../tasks/index.ts';
import { softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { inWords } from './demonstrations.ts';
import { tokensBehind, tokensOf } from './prepare-language-run.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { has, withTrigger } from './prompts.ts';

/** A training question as tokens: its prompt, and what the model is to give behind it. */
export interface Lesson {
  readonly prompt: readonly number[];
  /** The tokens of the answer and its end; none where it is a class. */
  readonly answer: readonly number[];
  /** The class; 0 where answers are open. */
  readonly label: number;
}

/** The training questions of a run. */
export function lessonsOf(prepared: PreparedLanguage): readonly Lesson[] {
  const { model, asking, classTokens, train: questions } = prepared;
  const parts = { instruction: has(prepared, 'instruction'), steps: has(prepared, 'steps'), demonstrations: [] };
  return questions.map(({ question, label }) => {
    const prompt = promptText(asking.wording, question.question, parts);
    const text = answerText(asking.wording, inWords(prepared, question), parts.steps);
    return { prompt: tokensOf(model, prompt), answer: classTokens ? [] : tokensBehind(model, prompt, text), label };
  });
}

/** The first tokens of the classes' words; they must tell the classes apart where no head was learned for these. */
export function classColumns({ classTokens, task, method, adapted }: PreparedLanguage): Int32Array | null {
  if (!classTokens) return null;
  const first = classTokens.map(([token = -1]) => token);
  if (adapted.reading.as !== 'head' && new Set(first).size < first.length) {
    throw new RangeError(`${method.name} trains on the first token of each class's words, and two classes of ${task.id} share theirs: choose other words.`);
  }
  return Int32Array.from(first);
}

/**
 * The mean loss of lessons: the cross-entropy over all tokens of all answers, or over the classes. `given` are the lessons as
 * rows that are read, and `scores` what the logits or features at an answer's places say of tokens or classes.
 */
export function lossOf(reader: Reader, batch: readonly Lesson[], given: Rows, scores: (outputs: Tensor) => Tensor): Tensor {
  const labels = batch.map(({ answer, label }) => (answer.length > 0 ? answer : [label]));
  const chosen = given.flatMap((tokens, row) => {
    const asked = labels[row]?.length ?? 0;
    return Array.from({ length: asked }, (_, place) => ({ row, place: tokens.length - asked + place }));
  });
  const { outputs } = readText(reader, given, placesOf(given, chosen));
  return softmaxCrossEntropy(scores(outputs), tf.tensor1d(labels.flat(), 'int32'));
}

/** The columns of the classes' first tokens, where classes are read by these; else all. */
export function columnsRead({ adapted }: PreparedLanguage, columns: Int32Array | null): (logits: Tensor) => Tensor {
  if (!columns || adapted.reading.as === 'head') return (logits) => logits;
  return (logits) => tf.gather(logits, tf.tensor1d(columns, 'int32'), 1);
}

/** The loss of lessons under parameters, with the tokens of a trigger where there is one. */
export function lessonLoss(prepared: PreparedLanguage, columns: Int32Array | null) {
  const { adapted, model } = prepared;
  const read = columnsRead(prepared, columns);
  return (params: Params, batch: readonly Lesson[], how: { readonly plain?: boolean; readonly trigger?: readonly number[] } = {}): Tensor => {
    const reader: Reader = { architecture: model.architecture, begun: adapted.begin(params, how), reads: adapted.reads };
    const given = batch.map(({ prompt, answer }) => withTrigger(prepared, how.trigger ?? [], [...prompt, ...answer.slice(0, -1)]));
    return lossOf(reader, batch, given, (outputs) => read(adapted.align(params, outputs)));
  };
}

/** The lessons of a batch. */
export const pick = (lessons: readonly Lesson[], indices: Int32Array): readonly Lesson[] => [...indices].flatMap((index) => lessons[index] ?? []);
