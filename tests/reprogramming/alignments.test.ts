import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import {
  argmaxRows,
  assignmentMap,
  blm,
  blmEstimator,
  blmPlus,
  blmPlusEstimator,
  classMeans,
  countMatrix,
  defaultTop,
  firstMap,
  frequencyEstimator,
  frequencyMap,
  logisticRegression,
  mapLogits,
  mapLogitsTensor,
  nearestMean,
  nearestNeighbours,
  randomMap,
  readOut,
  ridge,
  softmaxRows,
  topRows,
} from '../../src/reprogramming/index.ts';
import type { CountMatrix } from '../../src/reprogramming/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';

const matrix = (rows: readonly (readonly number[])[]): CountMatrix => ({
  sources: rows.length,
  targets: rows[0]?.length ?? 0,
  values: Int32Array.from(rows.flat()),
});

/** Count matrices of up to 5 target and 12 source classes with many ties. */
const anyCounts = fc
  .record({ targets: fc.integer({ min: 1, max: 5 }), more: fc.integer({ min: 0, max: 7 }) })
  .chain(({ targets, more }) =>
    fc
      .array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: targets, maxLength: targets }), {
        minLength: targets + more,
        maxLength: targets + more,
      })
      .map(matrix),
  );

const anySamples = fc
  .record({
    sources: fc.integer({ min: 2, max: 8 }),
    targets: fc.integer({ min: 2, max: 4 }),
    count: fc.integer({ min: 6, max: 25 }),
    seed: fc.nat(),
  })
  .map(({ sources, targets, count, seed }) => {
    const generator = createGenerator(seed);
    return {
      sources,
      targets,
      count,
      logits: generator.normals(count * sources),
      labels: Int32Array.from({ length: count }, () => generator.integer(targets)),
    };
  });

/** The greedy rule as it is told: look at all cells again for every pick. */
function greedyAsTold({ sources, targets, values }: CountMatrix, perTarget: number): number[][] {
  const left = Array.from({ length: sources }, (_, s) => [...values.slice(s * targets, (s + 1) * targets)]);
  const picks: number[][] = Array.from({ length: targets }, () => []);
  for (let pick = 0; pick < targets * perTarget; pick++) {
    let [bestSource, bestTarget, most] = [-1, -1, -1];
    left.forEach((row, s) =>
      row.forEach((n, t) => {
        if (n > most) [bestSource, bestTarget, most] = [s, t, n];
      }),
    );
    picks[bestTarget]?.push(bestSource);
    left[bestSource]?.fill(-1);
    if (picks[bestTarget]?.length === perTarget) for (const row of left) row[bestTarget] = -1;
  }
  return picks.map((sources) => sources.sort((a, b) => a - b));
}

test('the frequency map is the greedy rule, ties by the first cell, for one and for several sources a target', () => {
  let examined = 0;
  fc.assert(
    fc.property(anyCounts, fc.integer({ min: 1, max: 3 }), (counts, wanted) => {
      const perTarget = Math.min(wanted, Math.floor(counts.sources / counts.targets));
      const { assigned } = frequencyMap(counts, { perTarget });
      assert.deepEqual([...assigned], greedyAsTold(counts, perTarget).flat());
      assert.equal(new Set(assigned).size, counts.targets * perTarget);
      examined++;
    }),
    { seed: 3, numRuns: 300 },
  );
  assert.equal(examined, 300);
});

test('equal counts go to the first cell, and a class without samples gets the first source left', () => {
  assert.deepEqual([...frequencyMap(matrix([[1, 1], [1, 1], [1, 1]])).assigned], [0, 1]);
  assert.deepEqual([...frequencyMap(matrix([[0, 0, 0], [0, 0, 0], [0, 0, 0], [5, 0, 5]])).assigned], [3, 0, 1]);
  assert.throws(() => frequencyMap(matrix([[1, 1]])), /2 target classes .* need 2 source classes; the model has 1/);
});

test('counting has a column for every class and refuses classes outside', () => {
  const counts = countMatrix([0, 0, 2], [2, 2, 0], 3, 4);
  assert.deepEqual([...counts.values], [0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  assert.throws(() => countMatrix([0], [4], 3, 4), /Sample 0 has the target class 4; there are 4/);
  assert.throws(() => countMatrix([3], [0], 3, 4), /source class 3; there are 3/);
  assert.throws(() => countMatrix([0, 1], [0], 3, 4), /2 predictions were given for 1 labels/);
});

test('columns of a Bayesian map sum to 1, or to 0 for a class that was never seen, and never hold NaN', () => {
  let zeros = 0;
  fc.assert(
    fc.property(anyCounts, fc.constantFrom(0, 0.25, 1, 10), (counts, lambda) => {
      const { weights } = blm(counts, lambda);
      for (let t = 0; t < counts.targets; t++) {
        const column = Array.from({ length: counts.sources }, (_, s) => weights[s * counts.targets + t] ?? NaN);
        const seen = counts.values.some((n, cell) => cell % counts.targets === t && n > 0);
        const sum = column.reduce((total, w) => total + w, 0);
        assert.ok(Math.abs(sum - (seen ? 1 : 0)) < 1e-6, `column ${t} sums to ${sum}`);
        if (!seen) zeros++;
      }
    }),
    { seed: 4, numRuns: 200 },
  );
  assert.ok(zeros > 0);
});

test('λ stands in the denominator alone', () => {
  // rows (2, 0) and (1, 3): A = (2/3, 0; 1/5, 3/5), columns divided by 13/15 and 3/5
  const { weights } = blm(matrix([[2, 0], [1, 3]]), 1);
  [10 / 13, 0, 3 / 13, 1].forEach((expected, i) => assert.ok(Math.abs((weights[i] ?? NaN) - expected) < 1e-7));
  assert.throws(() => blm(matrix([[1]]), -1), /must be 0 or more/);
});

test('BLM+ with the single most probable class of certain predictions is BLM', () => {
  fc.assert(
    fc.property(anySamples, ({ logits, labels, sources, targets }) => {
      const predictions = argmaxRows(logits, sources);
      const certain = new Float64Array(logits.length);
      predictions.forEach((s, i) => (certain[i * sources + s] = 1));
      assert.deepEqual(
        blmPlus(certain, labels, { k: 1, lambda: 1, sources, targets }).weights,
        blm(countMatrix(predictions, labels, sources, targets), 1).weights,
      );
    }),
    { seed: 5 },
  );
});

test('top-k prefers lower indices and needs 1 ≤ k ≤ classes; the published k is at least 1', () => {
  assert.deepEqual([...topRows([1, 3, 3, 2, 3, 0, 0, 0], 4, 2)], [1, 2, 0, 1]);
  for (const k of [0, 5, 1.5]) assert.throws(() => topRows([1, 2, 3, 4], 4, k), /whole k from 1 to 4/);
  assert.deepEqual([2, 6, 7, 10, 20, 100].map(defaultTop), [1, 1, 1, 1, 3, 15]);
});

test('a mapped logit is the mean of its sources, as numbers and as a tensor', async () => {
  await useBackend('cpu');
  const map = assignmentMap({ perTarget: 2, assigned: Int32Array.of(0, 3, 1, 2) }, 4);
  const logits = Float32Array.of(1, 2, 3, 5, -1, 0, 4, 1);
  assert.deepEqual([...mapLogits(logits, map)], [3, 2.5, 0, 2]);
  const mapped = mapLogitsTensor(tf.tensor2d(logits, [2, 4]), tf.tensor2d(map.weights, [4, 2]));
  assert.deepEqual([...mapped.dataSync()], [3, 2.5, 0, 2]);
  assert.throws(() => assignmentMap({ perTarget: 1, assigned: Int32Array.of(4) }, 4), /source class 4; there are 4/);
  assert.throws(() => mapLogits(Float32Array.of(1, 2, 3), map), /not rows of 4/);
});

test('a random map gives every target its own sources, the same for the same seed', () => {
  const draw = (seed: number) => [...randomMap(12, 4, createGenerator(seed), 2).assigned];
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.equal(new Set(draw(1)).size, 8);
  assert.deepEqual([...firstMap(12, 3, 2).assigned], [0, 1, 2, 3, 4, 5]);
  assert.throws(() => randomMap(3, 4, createGenerator(1)), /need 4 source classes/);
});

test('estimators are those rules on logits, and say which rule they are', () => {
  fc.assert(
    fc.property(anySamples.filter(({ sources, targets }) => sources >= targets), (observations) => {
      const { logits, labels, sources, targets } = observations;
      const counts = countMatrix(argmaxRows(logits, sources), labels, sources, targets);
      const frequency = frequencyEstimator();
      assert.deepEqual(frequency.estimate(observations), assignmentMap(frequencyMap(counts), sources));
      assert.deepEqual(blmEstimator().estimate(observations), blm(counts, 1));
      assert.deepEqual(
        blmPlusEstimator({ k: 2, lambda: 0.5 }).estimate(observations),
        blmPlus(softmaxRows(logits, sources), labels, { k: 2, lambda: 0.5, sources, targets }),
      );
    }),
    { seed: 6 },
  );
  assert.deepEqual(blmPlusEstimator({ k: 3 }).describe, { rule: 'blm+', lambda: 1, k: 3 });
});

test('ridge and logistic regression end where the slope of their loss is zero', () => {
  let examined = 0;
  fc.assert(
    fc.property(anySamples, fc.constantFrom(0.1, 1, 5), (given, strength) => {
      const { logits: features, labels, sources: width, targets, count } = given;
      const residual = (scores: Float64Array, softmax: boolean) => {
        const p = softmax ? softmaxRows(scores, targets) : scores;
        return p.map((v, cell) => v - (labels[Math.floor(cell / targets)] === cell % targets ? 1 : 0));
      };
      const slope = (errors: Float64Array, weight: Float64Array, decay: number): number => {
        let largest = 0;
        for (let t = 0; t < targets; t++) {
          let bias = 0;
          for (let i = 0; i < count; i++) bias += errors[i * targets + t] ?? 0;
          largest = Math.max(largest, Math.abs(bias));
          for (let d = 0; d < width; d++) {
            let sum = decay * (weight[t * width + d] ?? 0);
            for (let i = 0; i < count; i++) sum += (errors[i * targets + t] ?? 0) * (features[i * width + d] ?? 0);
            largest = Math.max(largest, Math.abs(sum));
          }
        }
        return largest;
      };
      const samples = { features, labels, width };
      const linear = ridge(samples, targets, strength);
      assert.ok(slope(residual(readOut(linear, features), false), linear.weight, strength) < 1e-9);
      const logistic = logisticRegression(samples, targets, strength);
      const left = slope(residual(readOut(logistic, features), true), logistic.weight, 1 / strength);
      assert.ok(left < 1e-5, `slope ${left}`);
      examined++;
    }),
    { seed: 7, numRuns: 40 },
  );
  assert.equal(examined, 40);
});

test('read-outs refuse what has no answer', () => {
  const samples = { features: [1, 1, 2, 2], labels: [0, 1], width: 2 };
  assert.throws(() => ridge(samples, 2, 0), /α above 0/);
  assert.throws(() => ridge({ ...samples, labels: [] }, 2, 1), /at least one sample/);
  assert.throws(() => logisticRegression(samples, 2, 0), /C of logistic regression must be above 0/);
  assert.throws(() => nearestNeighbours(samples, [0, 0], 3), /whole number from 1 to 2/);
});

test('equal distances go to the lower class or the first sample, equal votes to the lowest class', () => {
  const samples = { features: [0, 2, 10, 12, 5], labels: [1, 1, 4, 4, 2], width: 1 };
  const means = classMeans(samples);
  assert.deepEqual([...means.classes], [1, 2, 4]);
  assert.deepEqual([...means.means], [1, 5, 11]);
  assert.deepEqual([...nearestMean(means, [3, 8, 100])], [1, 2, 4]);
  assert.deepEqual([...nearestNeighbours(samples, [1, 3.5], 1)], [1, 1]);
  assert.deepEqual([...nearestNeighbours(samples, [7], 2)], [2]);
  assert.deepEqual([...nearestNeighbours(samples, [6, 9], 3)], [1, 4]);
});
