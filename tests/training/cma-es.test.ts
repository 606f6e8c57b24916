import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import type { Generator } from '../../src/random/index.ts';
import { cmaEsConstants } from '../../src/training/cma-es-constants.ts';
import { diagonalCovariance, fullCovariance } from '../../src/training/cma-es-covariance.ts';
import { cmaEs } from '../../src/training/index.ts';
import type { CmaEsResult, CmaEsSearch } from '../../src/training/index.ts';

type Loss = (x: Float64Array) => number;

const dimension = 8;
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);

const sphere: Loss = (x) => dot(x, x);
/** Σ 10^(6 i/(n − 1)) x_i²: a condition of 10⁶. */
const ellipsoid: Loss = (x) => x.reduce((sum, value, i) => sum + 10 ** ((6 * i) / (x.length - 1)) * value * value, 0);
const rosenbrock: Loss = (x) =>
  x.subarray(1).reduce((sum, next, i) => sum + 100 * (next - (x[i] ?? NaN) ** 2) ** 2 + (1 - (x[i] ?? NaN)) ** 2, 0);

/** Orthonormal rows out of normal draws, by Gram and Schmidt. */
function rotation(n: number, generator: Generator): readonly Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    let row = Float64Array.from({ length: n }, () => generator.normal());
    for (const other of rows) {
      const along = dot(row, other);
      row = row.map((value, k) => value - along * (other[k] ?? NaN));
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

const rotated = (loss: Loss, rows: readonly Float64Array[]): Loss => (x) => loss(Float64Array.from(rows, (row) => dot(row, x)));

const search = (loss: Loss, seed: number, more: Partial<CmaEsSearch> = {}): Promise<CmaEsResult> =>
  cmaEs({
    start: new Float64Array(dimension).fill(1),
    sigma: 0.5,
    evaluations: 1500,
    generator: createGenerator(seed),
    loss: (candidates) => candidates.map(loss),
    ...more,
  });

const seeds = [1, 2, 3, 4, 5, 6];

test('the sphere in 8 dimensions falls below 1e-9 within 1,500 evaluations', async () => {
  for (const seed of seeds) {
    const { best, bestLoss, mean } = await search(sphere, seed);
    assert.ok(bestLoss < 1e-9, `${bestLoss} with seed ${seed}`);
    assert.equal(sphere(best), bestLoss);
    assert.ok(sphere(mean) < 1e-9);
  }
});

test('an ellipsoid of condition 1e6 falls below 1e-9 within 3,600 evaluations, and as well when it is rotated', async () => {
  for (const seed of seeds) {
    const turned = rotated(ellipsoid, rotation(dimension, createGenerator(seed).split('rotation')));
    for (const loss of [ellipsoid, turned]) {
      const { bestLoss } = await search(loss, seed, { evaluations: 3600 });
      assert.ok(bestLoss < 1e-9, `${bestLoss} with seed ${seed}`);
    }
  }
});

test('the valley of Rosenbrock in 8 dimensions is followed to 1e-9 within 5,000 evaluations', async () => {
  for (const seed of seeds) {
    const { best, bestLoss } = await search(rosenbrock, seed, { start: new Float64Array(dimension), evaluations: 5000 });
    assert.ok(bestLoss < 1e-9, `${bestLoss} with seed ${seed}`);
    best.forEach((value) => assert.ok(Math.abs(value - 1) < 1e-3));
  }
});

test('variances alone are learnt in fewer evaluations along the axes, and do not help across them', async () => {
  const turned = rotated(ellipsoid, rotation(dimension, createGenerator('rotation')));
  for (const seed of seeds) {
    const along = await search(ellipsoid, seed, { evaluations: 2400, diagonal: true });
    assert.ok(along.bestLoss < 1e-9, `${along.bestLoss} with seed ${seed}`);
    const across = await search(turned, seed, { evaluations: 3600, diagonal: true });
    assert.ok(across.bestLoss > 1e-6, `${across.bestLoss} with seed ${seed}`);
  }
});

test('one dimension, a population of two and sixty-four dimensions work', async () => {
  assert.ok((await search(sphere, 1, { start: Float64Array.of(3), evaluations: 400 })).bestLoss < 1e-9);
  assert.ok((await search(sphere, 1, { population: 2, evaluations: 3000 })).bestLoss < 1e-3);
  const wide = await search(sphere, 1, { start: new Float64Array(64).fill(1), population: 20, evaluations: 1200 });
  assert.ok(wide.bestLoss < 5, `${wide.bestLoss} of 64 at the start`);
});

test('only ranks matter: an increasing function of the loss changes no bit of the answer', async () => {
  const plain = await search(ellipsoid, 3, { evaluations: 800 });
  const cubed = await search((x) => ellipsoid(x) ** 3 - 7, 3, { evaluations: 800 });
  assert.deepEqual(cubed.best, plain.best);
  assert.deepEqual(cubed.mean, plain.mean);
});

test('a change of units by a power of two changes units alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -20, max: 20 }), fc.boolean(), async (seed, exponent, diagonal) => {
      const unit = 2 ** exponent;
      const more = { evaluations: 300, diagonal };
      const plain = await search(rosenbrock, seed, more);
      const scaled = await search((x) => rosenbrock(x.map((value) => value / unit)), seed, {
        ...more,
        start: new Float64Array(dimension).fill(unit),
        sigma: 0.5 * unit,
      });
      assert.deepEqual(scaled.best.map((value) => value / unit), plain.best);
      assert.equal(scaled.bestLoss, plain.bestLoss);
    }),
    { numRuns: 20 },
  );
});

test('equal seeds give equal bits, others do not, and how much the generator gave before does not matter', async () => {
  const one = await search(rosenbrock, 5);
  const generator = createGenerator(5);
  generator.normals(7);
  assert.deepEqual(await search(rosenbrock, 5, { generator }), one);
  assert.notDeepEqual((await search(rosenbrock, 6)).best, one.best);
  const start = new Float64Array(dimension).fill(1);
  await search(rosenbrock, 5, { start });
  assert.deepEqual(start, new Float64Array(dimension).fill(1), 'the start is left as it is');
});

test('the budget is never exceeded, whole generations are asked for together, and a promise of losses will do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 200 }), async (population, more) => {
      let asked = 0;
      const reports: number[] = [];
      const evaluations = population + more;
      const result = await search(sphere, 1, {
        population,
        evaluations,
        report: (done, total) => {
          assert.ok(done <= total && total <= evaluations);
          reports.push(done);
        },
        loss: async (candidates) => {
          asked += candidates.length;
          assert.equal(candidates.length, population);
          return candidates.map(sphere);
        },
      });
      assert.equal(asked, result.evaluations);
      assert.ok(asked <= evaluations && asked > evaluations - population);
      assert.deepEqual(result.curve.map((point) => point.evaluations), reports);
      assert.equal(reports.at(-1), asked);
    }),
    { numRuns: 40 },
  );
});

test('best is the best of all candidates, and the curve is the smallest loss so far', async () => {
  const generations: number[][] = [];
  const { bestLoss, best, curve } = await search(sphere, 2, {
    evaluations: 300,
    loss: (candidates) => {
      // a loss that is not the same twice: the candidates go up again
      const losses = candidates.map((x) => sphere(x) + generations.length * 0.1);
      generations.push(losses);
      candidates.forEach((candidate) => candidate.fill(NaN));
      return losses;
    },
  });
  assert.equal(bestLoss, Math.min(...generations.flat()));
  assert.ok(best.every(Number.isFinite), 'the caller may do with its candidates what it likes');
  curve.forEach(({ loss }, i) => assert.equal(loss, Math.min(...generations.slice(0, i + 1).flat())));
  assert.equal(curve.length, generations.length);
});

test('a candidate without a finite loss ranks last', async () => {
  for (const wrong of [NaN, Infinity, -Infinity]) {
    const { bestLoss } = await search((x) => ((x[0] ?? NaN) > 1 ? wrong : sphere(x)), 4);
    assert.ok(bestLoss < 1e-9 && bestLoss >= 0, `${bestLoss} with ${wrong}`);
    const none = await search(() => wrong, 4, { evaluations: 100 });
    assert.equal(none.bestLoss, Infinity);
    assert.deepEqual(none.best, new Float64Array(dimension).fill(1));
    assert.deepEqual(none.mean, none.best, 'nothing was learnt');
    assert.equal(none.evaluations, 100);
  }
});

test('equal losses rank in order', async () => {
  const flat = await search(() => 1, 4, { evaluations: 10, population: 10 });
  let count = 0;
  const ordered = await search(() => count++, 4, { evaluations: 10, population: 10 });
  assert.deepEqual(flat.mean, ordered.mean);
  assert.deepEqual(flat.best, ordered.best);
});

test('what cannot be searched is refused', async () => {
  const cases: readonly (readonly [Partial<CmaEsSearch>, RegExp])[] = [
    [{ start: new Float64Array(0) }, /at least one number/],
    [{ start: Float64Array.of(1, NaN) }, /all of them finite/],
    [{ sigma: 0 }, /sigma of CMA-ES .* found 0/],
    [{ sigma: Infinity }, /sigma of CMA-ES/],
    [{ evaluations: 9 }, /from 10, one generation, on, found 9/],
    [{ evaluations: 100.5 }, /whole number/],
    [{ population: 1 }, /population of CMA-ES is a whole number from 2 on, found 1/],
    [{ loss: () => [1] }, /10 candidates came back as 1 numbers/],
  ];
  for (const [more, message] of cases) await assert.rejects(search(sphere, 1, more), message);
});

test('the default constants are those that pycma prints', () => {
  // (3_w,6), mu_w=2.0, w_1=63% in dimension 2; (5_w,10), 3.2, 45% in 10; (7_w,15), 4.5, 34% in 40
  for (const [n, parents, population, mass, first] of [[2, 3, 6, 2.0, 63], [10, 5, 10, 3.2, 45], [40, 7, 15, 4.5, 34]] as const) {
    const constants = cmaEsConstants(n);
    assert.deepEqual([constants.parents, constants.population], [parents, population]);
    assert.equal(Number(constants.effectiveParents.toFixed(1)), mass);
    assert.equal(Math.floor(100 * (constants.weights[0] ?? NaN)), first);
  }
});

test('for any dimension and population the weights decrease and the updates keep C positive definite', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 2, max: 200 }), fc.boolean(), (n, population, diagonal) => {
      const { weights, parents, effectiveParents, rankOne, rankMu, ...rest } = cmaEsConstants(n, population, diagonal);
      const above = weights.slice(0, parents);
      assert.ok(Math.abs(above.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
      assert.ok(Math.abs(1 / dot(above, above) / effectiveParents - 1) < 1e-12);
      weights.forEach((weight, i) => assert.ok(i < parents ? weight > 0 : weight <= 0));
      weights.forEach((weight, i) => assert.ok(i === 0 || weight <= (weights[i - 1] ?? NaN)));
      const below = -weights.slice(parents).reduce((sum, weight) => sum + weight, 0);
      assert.ok(rankOne > 0 && rankMu >= 0 && rankOne + rankMu <= 1);
      // what is kept of C outweighs what the worst draws, of squared length n, take away
      assert.ok(1 - rankOne - rankMu - n * rankMu * below >= -1e-12);
      if (diagonal) assert.equal(below === 0, true);
      for (const rate of [rest.stepCumulation, rest.pathCumulation]) assert.ok(rate > 0 && rate <= 1);
      assert.ok(rest.stepDamping >= 1);
    }),
    { numRuns: 300 },
  );
});

test('a full covariance is what its updates add up to, and B turns without stretching', () => {
  const generator = createGenerator('terms');
  const n = 5;
  const draw = (): Float64Array => Float64Array.from({ length: n }, () => generator.normal());
  const unit = (i: number): Float64Array => new Float64Array(n).fill(1, i, i + 1);
  const units = Array.from({ length: n }, (_, i) => unit(i));
  const covariance = fullCovariance(n, 2);
  const expected = units.map((row) => row.slice());
  for (let update = 0; update < 4; update++) {
    const terms = [0.3, 0.2, -0.01].map((weight) => ({ weight, vector: draw() }));
    covariance.update(0.7, terms);
    expected.forEach((row, i) =>
      row.forEach((value, j) => {
        row[j] = terms.reduce((sum, { weight, vector }) => sum + weight * (vector[i] ?? NaN) * (vector[j] ?? NaN), 0.7 * value);
      }),
    );
    const columns = units.map((z) => covariance.stretch(z));
    const distance = Math.max(
      ...expected.flatMap((row, i) =>
        [...row].map((value, j) => Math.abs(value - columns.reduce((sum, y) => sum + (y[i] ?? NaN) * (y[j] ?? NaN), 0))),
      ),
    );
    if (update % 2 === 1) assert.ok(distance < 1e-13, `${distance} away`);
    else assert.ok(distance > 1e-3, 'decomposed at every second update alone');
    const turned = units.map((z) => covariance.turn(z));
    turned.forEach((a, i) => turned.forEach((b, j) => assert.ok(Math.abs(dot(a, b) - (i === j ? 1 : 0)) < 1e-14)));
    columns.forEach((y, k) => assert.ok(Math.abs(dot(y, y) - dot(y, turned[k] ?? y) ** 2) < 1e-13, 'y lies along B z'));
  }
});

test('a diagonal covariance is the diagonal of the full one', () => {
  const terms = [{ weight: 0.5, vector: Float64Array.of(1, -2, 0) }, { weight: 0.25, vector: Float64Array.of(2, 2, 2) }];
  const covariance = diagonalCovariance(3);
  covariance.update(1, terms);
  assert.deepEqual([...covariance.stretch(Float64Array.of(1, 1, -1))], [Math.sqrt(2.5), 2, -Math.sqrt(2)]);
  assert.deepEqual([...covariance.turn(Float64Array.of(1, 2, 3))], [1, 2, 3]);
});
