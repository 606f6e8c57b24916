import type { LanguageSearch, Reader } from '../../reprogramming/index.ts';
import { disposeParams, tf, valueAndGradients } from '../../tensor/index.ts';
import type { Params } from '../../tensor/index.ts';
import { swapTokens } from '../../training/index.ts';
import type { LanguageOutcome } from './language-outcome.ts';
import { classColumns, columnsRead, lessonLoss, lossOf, pick } from './lessons.ts';
import type { Lesson } from './lessons.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { endlessBatches, passesOfAStep, pointsOf } from './search-budget.ts';

/** The tokens that stand for text; the others mark starts, ends and padding. */
function wordTokens({ tokenizer, start, architecture }: PreparedLanguage['model']): Int32Array {
  const ids = Int32Array.from({ length: architecture.vocabulary }, (_, id) => id);
  return ids.filter((id) => id !== start && tokenizer.tokenOf(id) !== undefined && tokenizer.decode([id]) !== '');
}

/** Searches the tokens of a trigger by swaps, with as many passes through the model as training would have. */
export async function searchBySwaps(
  prepared: PreparedLanguage,
  initial: Params,
  loss: ReturnType<typeof lessonLoss>,
  lessons: readonly Lesson[],
  { candidates }: Extract<LanguageSearch, { by: 'swap-tokens' }>,
): Promise<LanguageOutcome> {
  const { request, generator, model, adapted, report } = prepared;
  const { architecture, weights } = model;
  const { vocabulary, width } = architecture;
  const name = adapted.trigger;
  const first = name === null ? undefined : initial[name];
  if (name === null || !first) throw new Error('There is no trigger to be searched.');
  const start = Int32Array.from(first.dataSync(), Math.round);
  const embeddings = tf.tidy(() => Float32Array.from(architecture.embed(weights, tf.range(0, vocabulary, 1, 'int32').reshape([1, vocabulary])).dataSync()));
  const next = endlessBatches(lessons.length, request.batch, generator.split('training'));
  const passes = passesOfAStep * Math.ceil(lessons.length / request.batch) * request.epochs;
  const head = model.start === null ? 0 : 1;
  const lossAt = (ids: Int32Array, batch: readonly Lesson[]): number =>
    tf.tidy(() => loss({}, batch, { trigger: [...ids] }).dataSync()[0] ?? NaN);
  const found = await swapTokens({
    start,
    steps: Math.max(1, Math.floor(passes / (passesOfAStep + candidates + 1))),
    candidates,
    allowed: wordTokens(model),
    generator: generator.split('directions'),
    embeddings,
    width,
    gradient: (ids, indices) => triggerGradient(prepared, pick(lessons, indices), [...ids], head),
    loss: (prompts, indices) => prompts.map((ids) => lossAt(ids, pick(lessons, indices))),
    batches: () => ({ gradient: next(), evaluation: next() }),
    ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
  });
  disposeParams(initial);
  return {
    params: { [name]: tf.tensor1d(Float32Array.from(found.ids)) },
    curve: pointsOf(found.curve),
    steps: found.curve.length,
    queries: found.evaluations,
  };
}

/** The derivative of the lessons' loss with respect to the embeddings of a trigger's tokens, `[tokens, width]`. */
export function triggerGradient(prepared: PreparedLanguage, lessons: readonly Lesson[], trigger: readonly number[], head: number): Float32Array {
  const { model } = prepared;
  const { architecture, weights } = model;
  const vectors = tf.tidy(() => architecture.embed(weights, tf.tensor2d([...trigger], [1, trigger.length], 'int32')).reshape([trigger.length, architecture.width]));
  // the start token stands before the trigger, so it is read as a vector, too
  const behind = lessons.map((lesson) => ({ ...lesson, prompt: lesson.prompt.slice(head) }));
  const read = columnsRead(prepared, classColumns(prepared));
  const started = head === 1 && model.start !== null ? [model.start] : [];
  const { value, gradients } = valueAndGradients(({ trigger: moved = vectors }) => {
    const opened = started.length > 0 ? tf.concat([architecture.embed(weights, tf.tensor2d(started, [1, 1], 'int32')).reshape([1, -1]), moved], 0) : moved;
    const reader: Reader = { architecture, begun: { weights, front: null, unread: opened, extra: null } };
    return lossOf(reader, behind, behind.map(({ prompt, answer }) => [...prompt, ...answer.slice(0, -1)]), read);
  }, { trigger: vectors });
  const numbers = Float32Array.from(gradients['trigger']?.dataSync() ?? []);
  tf.dispose([value, vectors, ...Object.values(gradients)]);
  return numbers;
}
