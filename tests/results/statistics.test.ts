import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  averageRanks,
  bootstrapMean,
  criticalStudent,
  friedmanTest,
  holm,
  mcNemar,
  meanAndInterval,
  nemenyiQuantile,
  pairedTest,
  spearman,
  welchTest,
  wilcoxonSignedRank,
  wilsonInterval,
} from '../../src/results/index.ts';
import {
  chiSquaredUpperTail,
  fisherUpperTail,
  normalQuantile,
  normalUpperTail,
  studentUpperQuantile,
  studentUpperTail,
  studentizedRangeUpperTail,
} from '../../src/results/statistics/distributions.ts';

const near = (a: number, b: number, relative = 1e-11): boolean => Math.abs(a - b) <= relative * Math.abs(b) + 1e-300;
const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 9 });

test('quantiles invert their tails, deep tails included', () => {
  const depth = fc.double({ min: -12, max: -0.31, noNaN: true }).map((exponent) => 10 ** exponent);
  fc.assert(
    fc.property(depth, fc.integer({ min: 1, max: 400 }), (p, df) => {
      assert.ok(near(normalUpperTail(-normalQuantile(p)), p), `normal ${p}`);
      assert.ok(near(studentUpperTail(studentUpperQuantile(p, df), df), p), `t ${p}, ${df}`);
    }),
  );
});

test('distributions agree where one is a special case of another', () => {
  const statistic = fc.double({ min: 0.01, max: 12, noNaN: true });
  fc.assert(
    fc.property(statistic, fc.integer({ min: 1, max: 200 }), (x, df) => {
      assert.ok(near(fisherUpperTail(x * x, 1, df), 2 * studentUpperTail(x, df)), 'F(1, n) is t(n) squared');
      assert.ok(near(chiSquaredUpperTail(x * x, 1), 2 * normalUpperTail(x)), 'chi-squared(1) is normal squared');
      assert.ok(near(chiSquaredUpperTail(x, 2), Math.exp(-x / 2)), 'chi-squared(2) is exponential');
      assert.ok(near(studentUpperTail(x, 1), Math.atan2(1, x) / Math.PI), 't(1) is Cauchy');
      assert.ok(near(studentizedRangeUpperTail(x, 2), 2 * normalUpperTail(x / Math.SQRT2), 1e-8), 'range of two');
    }),
  );
});

test("Nemenyi's factors are those of Demšar's table 5", () => {
  const table = [1.96, 2.343, 2.569, 2.728, 2.85, 2.949, 3.031, 3.102, 3.164];
  table.forEach((q, i) => assert.ok(Math.abs(nemenyiQuantile(i + 2) - q) < 1e-3));
  assert.ok(Math.abs(nemenyiQuantile(2, 0.1) - 1.645) < 1e-3);
});

test('intervals hold the mean, grow with the level and follow shift and scale', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -5, max: 5 }), (xs, shift) => {
      const narrow = meanAndInterval(xs, 0.8);
      const wide = meanAndInterval(xs, 0.99);
      const moved = meanAndInterval(xs.map((x) => 2 * x + shift), 0.8);
      assert.ok(narrow.low !== null && narrow.high !== null && narrow.mean !== null && narrow.sd !== null);
      assert.ok(wide.low !== null && wide.high !== null && moved.mean !== null && moved.sd !== null);
      assert.ok(wide.low <= narrow.low && narrow.high <= wide.high);
      assert.ok(narrow.low <= narrow.mean && narrow.mean <= narrow.high);
      assert.ok(Math.abs(moved.mean - 2 * narrow.mean - shift) < 1e-9);
      assert.ok(Math.abs(moved.sd - 2 * narrow.sd) < 1e-9);
    }),
  );
});

test('what is undefined is null, never NaN', () => {
  assert.deepEqual(meanAndInterval([]), {
    n: 0,
    mean: null,
    sd: null,
    standardError: null,
    df: 0,
    critical: null,
    low: null,
    high: null,
  });
  assert.equal(criticalStudent(0, 0.95), null);
  assert.equal(wilsonInterval(0, 0), null);
  assert.equal(pairedTest([], []).p, null);
  assert.equal(wilcoxonSignedRank([], []), null);
  assert.deepEqual(spearman([], []), { rho: null, p: null });
  assert.deepEqual(spearman([1, 2], [2, 1]), { rho: -1, p: null });
  assert.equal(bootstrapMean([], []).mean, null);
  assert.equal(welchTest({ mean: 1, variance: 0, df: 4 }, { mean: 0, variance: 0, df: 4 }), null);
  assert.throws(() => pairedTest([1], [1, 2]), /paired lists have 1 and 2 values/);
  assert.throws(() => friedmanTest([[1], [2]]), /two methods or more/);
});

test('Wilson intervals hold the share and stay within 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
      const successes = Math.round(share * trials);
      const interval = wilsonInterval(successes, trials);
      assert.ok(interval && interval.low >= 0 && interval.high <= 1);
      assert.ok(interval.low <= successes / trials && successes / trials <= interval.high);
      const mirrored = wilsonInterval(trials - successes, trials);
      assert.ok(mirrored && Math.abs(mirrored.low - (1 - interval.high)) < 1e-12);
    }),
  );
});

test('paired tests are antisymmetric, and the exact signed-rank test counts all sign patterns', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 8 }), (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const [forth, back] = [pairedTest(a, b), pairedTest(b, a)];
      assert.equal(forth.wins, back.losses);
      assert.equal(forth.p, back.p);
      const wilcoxon = wilcoxonSignedRank(a, b);
      if (wilcoxon?.method !== 'exact') return;
      const n = a.length;
      let asExtreme = 0;
      for (let signs = 0; signs < 1 << n; signs++) {
        const total = Array.from({ length: n }, (_, i) => ((signs >> i) & 1) * (i + 1)).reduce((s, r) => s + r, 0);
        if (total <= wilcoxon.statistic) asExtreme++;
      }
      assert.ok(near(wilcoxon.p, Math.min(1, (2 * asExtreme) / (1 << n))));
    }),
  );
});

test("McNemar's exact p is twice the binomial tail", () => {
  assert.ok(near(mcNemar(1, 9).exactP, (2 * (1 + 10)) / 1024));
  assert.ok(near(mcNemar(0, 20).exactP, 2 / 2 ** 20));
  assert.equal(mcNemar(4, 4).exactP, 1);
});

test('Holm rejects no less than Bonferroni, no more than no correction, and keeps the order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (p) => {
      const { adjusted } = holm(p);
      p.forEach((value, i) => {
        const ours = adjusted[i] ?? Number.NaN;
        assert.ok(value <= ours && ours <= Math.min(1, p.length * value) + 1e-15);
        p.forEach((other, j) => assert.ok(value > other || ours <= (adjusted[j] ?? Number.NaN)));
      });
    }),
  );
});

test('ranks sum to n (n + 1) / 2 and equal values share one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 10 }), (xs) => {
      const ranks = averageRanks(xs);
      const n = xs.length;
      assert.equal(ranks.reduce((total, rank) => total + rank, 0), (n * (n + 1)) / 2);
      xs.forEach((x, i) => xs.forEach((y, j) => assert.equal(x === y, ranks[i] === ranks[j])));
    }),
  );
});
