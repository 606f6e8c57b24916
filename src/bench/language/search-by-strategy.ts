import type { LanguageSearch } from '../../reprogramming/index.ts';
import { disposeParams, tf } from '../../tensor/index.ts';
import type { Params } from '../../tensor/index.ts';
import { cmaEs } from '../../training/index.ts';
import type { LanguageOutcome } from './language-outcome.ts';
import { pick } from './lessons.ts';
import type { Lesson } from './lessons.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { endlessBatches, passesOfAStep, pointsOf } from './search-budget.ts';

/** Searches by CMA-ES over all parameters side by side, with as many passes through the model as training would have. */
export async function searchByStrategy(
  prepared: PreparedLanguage,
  initial: Params,
  loss: (params: Params, batch: readonly Lesson[]) => number,
  lessons: readonly Lesson[],
  { population }: Extract<LanguageSearch, { by: 'cma-es' }>,
): Promise<LanguageOutcome> {
  const { request, generator, report } = prepared;
  const [[name, first] = []] = Object.entries(initial);
  if (name === undefined || !first || Object.keys(initial).length !== 1) throw new Error('CMA-ES searches one tensor.');
  const start = Float64Array.from(first.dataSync());
  const { shape } = first;
  const next = endlessBatches(lessons.length, request.batch, generator.split('training'));
  const passes = passesOfAStep * Math.ceil(lessons.length / request.batch) * request.epochs;
  let queries = 0;
  const found = await cmaEs({
    start,
    sigma: request.learningRate ?? 1,
    population,
    evaluations: Math.max(population, passes),
    generator: generator.split('directions'),
    loss: (candidates) => {
      const batch = pick(lessons, next());
      queries += candidates.length * batch.length;
      return candidates.map((candidate) => {
        const params = { [name]: tf.tensor(Float32Array.from(candidate), shape) };
        const value = loss(params, batch);
        disposeParams(params);
        return value;
      });
    },
    ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
  });
  disposeParams(initial);
  // losses of generations come from different batches: the mean is the better judge than the best of one batch
  return { params: { [name]: tf.tensor(Float32Array.from(found.mean), shape) }, curve: pointsOf(found.curve), steps: found.evaluations, queries };
}
