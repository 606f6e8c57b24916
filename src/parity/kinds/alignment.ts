import { z } from 'zod';
import {
  argmaxRows,
  assignmentMap,
  blm,
  blmPlus,
  classMeans,
  countMatrix,
  distances,
  frequencyMap,
  logisticRegression,
  mapLogits,
  nearestMean,
  nearestNeighbours,
  readOut,
  ridge,
  softmaxRows,
} from '../../reprogramming/index.ts';
import type { LabelMap } from '../../reprogramming/index.ts';
import { compare, shapeOf, valuesOf } from '../compare.ts';
import type { Check, OracleCase, Runner } from '../types.ts';

const schema = z.looseObject({
  method: z.object({
    sourceClasses: z.number(),
    targetClasses: z.number(),
    lambda: z.number(),
    lambdaSmall: z.number(),
    kPlus: z.array(z.number()),
    manyToOne: z.number(),
    ridgeAlpha: z.number(),
    logisticC: z.number(),
    neighbours: z.number(),
  }),
});

/** Label maps from counts and probabilities, their predictions, and the read-outs, as far as the case stores them. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  return [...labelMaps(oracle, method), ...readOuts(oracle, method)]
    .filter(({ tensor }) => oracle.tensors.has(tensor))
    .map(({ tensor, values }) => compare(oracle, tensor, values()));
};

type Method = z.infer<typeof schema>['method'];

/** Something to compare, computed only where the case stores it. */
interface Computed {
  readonly tensor: Check['tensor'];
  readonly values: () => ArrayLike<number>;
}

function labelMaps(oracle: OracleCase, method: Method): readonly Computed[] {
  const { sourceClasses: sources, targetClasses: targets, manyToOne } = method;
  const logits = valuesOf(oracle, 'input.logits');
  const labels = valuesOf(oracle, 'input.labels');
  const count = (of: ArrayLike<number>) => countMatrix(argmaxRows(of, sources), labels, sources, targets);
  const counts = count(logits);
  const frequency = frequencyMap(counts);
  const iterative = frequencyMap(count(valuesOf(oracle, 'input.logits_later')));
  const many = frequencyMap(counts, { perTarget: manyToOne });
  const probabilities = softmaxRows(logits, sources);

  const applied = (name: string, map: LabelMap): readonly Computed[] => {
    const mapped = mapLogits(logits, map);
    const predictions = argmaxRows(mapped, targets);
    const right = predictions.reduce((sum, prediction, i) => sum + (prediction === labels[i] ? 1 : 0), 0);
    return [
      { tensor: `expect.${name}.omega`, values: () => map.weights },
      { tensor: `expect.${name}.logits`, values: () => mapped },
      { tensor: `expect.${name}.predictions`, values: () => predictions },
      { tensor: `expect.${name}.accuracy`, values: () => [right / labels.length] },
    ];
  };
  const random = { perTarget: 1, assigned: Int32Array.from(valuesOf(oracle, 'input.random_map')) };
  return [
    { tensor: 'expect.counts', values: () => counts.values },
    { tensor: 'expect.frequency_map', values: () => frequency.assigned },
    { tensor: 'expect.iterative_map', values: () => iterative.assigned },
    {
      tensor: 'expect.iterative_changed',
      values: () => iterative.assigned.map((source, t) => (source === frequency.assigned[t] ? 0 : 1)),
    },
    { tensor: `expect.frequency_map_${manyToOne}_to_1`, values: () => many.assigned },
    ...applied('random', assignmentMap(random, sources)),
    ...applied('frequency', assignmentMap(frequency, sources)),
    ...applied('many', assignmentMap(many, sources)),
    ...applied('blm', blm(counts, method.lambda)),
    ...applied('blm_small_lambda', blm(counts, method.lambdaSmall)),
    ...method.kPlus.flatMap((k) =>
      applied(`blm_plus_k${k}`, blmPlus(probabilities, labels, { k, lambda: method.lambda, sources, targets })),
    ),
  ];
}

function readOuts(oracle: OracleCase, method: Method): readonly Computed[] {
  const { targetClasses: targets, neighbours } = method;
  const width = shapeOf(oracle, 'input.logits')[1] ?? 0;
  const samples = { features: valuesOf(oracle, 'input.logits'), labels: valuesOf(oracle, 'input.labels'), width };
  const fresh = valuesOf(oracle, 'input.logits_new');
  const fitted = memo(() => ridge(samples, targets, method.ridgeAlpha));
  const means = classMeans(samples);
  const logistic = memo(() => logisticRegression(samples, targets, method.logisticC));
  return [
    { tensor: 'expect.ridge.weight', values: () => fitted().weight },
    { tensor: 'expect.ridge.bias', values: () => fitted().bias },
    { tensor: 'expect.ridge.new', values: () => readOut(fitted(), fresh) },
    { tensor: 'expect.logistic.weight', values: () => logistic().weight },
    { tensor: 'expect.logistic.probabilities_new', values: () => softmaxRows(readOut(logistic(), fresh), targets) },
    { tensor: 'expect.class_means', values: () => means.means },
    { tensor: 'expect.class_mean_distances', values: () => distances(fresh, means.means, width) },
    { tensor: 'expect.class_mean_predictions', values: () => nearestMean(means, fresh) },
    {
      tensor: `expect.nearest_${neighbours}_predictions`,
      values: () => nearestNeighbours(samples, fresh, neighbours),
    },
  ];
}

/** Computes once, when first asked. */
function memo<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
