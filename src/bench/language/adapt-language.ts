import { disposeBegun, readText } from '../../reprogramming/index.ts';
import { softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { train } from '../../training/index.ts';
import { recipeOf } from '../adapt-to-task.ts';
import type { LanguageOutcome } from './language-outcome.ts';
import { classColumns, lessonLoss, lessonsOf, pick } from './lessons.ts';
import type { Lesson } from './lessons.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { searchByStrategy } from './search-by-strategy.ts';
import { searchBySwaps } from './search-by-swaps.ts';

/** Features of all lessons where only a head is trained, `[lessons, width]`: they never change. */
function fixedFeatures(prepared: PreparedLanguage, params: Params, lessons: readonly Lesson[]): Tensor {
  const { adapted, model } = prepared;
  const { architecture, weights } = model;
  const begun = adapted.begin(params);
  const parts: Tensor[] = [];
  for (let start = 0; start < lessons.length; start += 50) {
    const rows = lessons.slice(start, start + 50).map(({ prompt }) => prompt);
    const { outputs } = tf.tidy(() => ({ outputs: readText({ architecture, begun, reads: 'features' }, rows, 'last').outputs }));
    parts.push(outputs);
  }
  const all = tf.concat(parts, 0);
  tf.dispose(parts);
  disposeBegun(begun, { ...weights, ...params });
  return all;
}

/**
 * Adapts a language model to the training questions: trains or searches what there is to train. Where only a head is
 * trained, the features are computed once.
 */
export async function adaptLanguage(prepared: PreparedLanguage): Promise<LanguageOutcome> {
  const { adapted, generator, method, options, request, report } = prepared;
  const initial = adapted.initialise(generator.split('initial'));
  const names = Object.keys(initial);
  const isIdle = method.recipe === null || request.epochs === 0 || names.length === 0 || request.control === 'untrained-program';
  if (isIdle) return { params: initial, curve: [], steps: 0, queries: 0 };
  const lessons = lessonsOf(prepared);
  const columns = classColumns(prepared);
  const loss = lessonLoss(prepared, columns);
  const search = method.recipe?.search?.(options);
  if (search?.by === 'swap-tokens') return searchBySwaps(prepared, initial, loss, lessons, search);
  if (search?.by === 'cma-es') {
    const valueOf = (params: Params, batch: readonly Lesson[]): number => tf.tidy(() => loss(params, batch).dataSync()[0] ?? NaN);
    return searchByStrategy(prepared, initial, valueOf, lessons, search);
  }
  const recipe = recipeOf(prepared);
  if (!recipe) throw new Error(`${method.id} has nothing to follow.`);
  const isHeadAlone = columns !== null && names.every((name) => name.startsWith('alignment.'));
  const features = isHeadAlone ? fixedFeatures(prepared, initial, lessons) : null;
  try {
    const trained = await train(initial, {
      recipe,
      count: lessons.length,
      generator: generator.split('training'),
      loss: (params, indices) => {
        if (!features) return { loss: loss(params, pick(lessons, indices)) };
        const read = tf.gather(features, tf.tensor1d(indices, 'int32'));
        const labels = pick(lessons, indices).map(({ label }) => label);
        return { loss: softmaxCrossEntropy(adapted.align(params, read), tf.tensor1d(labels, 'int32')) };
      },
      ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
    });
    return { params: trained.params, curve: trained.curve, steps: trained.steps, queries: features ? lessons.length : trained.evaluations };
  } finally {
    features?.dispose();
  }
}
