import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import type { Generator } from '../../src/random/index.ts';
import { deriveKey } from '../../src/random/seed-hash.ts';
import { xoshiro128 } from '../../src/random/xoshiro.ts';

const draw = (generator: Generator, n: number): number[] => Array.from({ length: n }, () => generator.uint32());

test('xoshiro128** gives the published first values from the state 1, 2, 3, 4', () => {
  const next = xoshiro128([1, 2, 3, 4]);
  const found = Array.from({ length: 10 }, () => next());
  assert.deepEqual(found, [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
  const zero = xoshiro128([0, 0, 0, 0]);
  assert.ok(Array.from({ length: 20 }, () => zero()).some((value) => value !== 0));
});

test('equal seeds give equal streams, different ones different streams', () => {
  assert.deepEqual(draw(createGenerator(7), 50), draw(createGenerator(7), 50));
  const seeds: readonly (number | string)[] = [0, 1, 2, -1, 0.5, 2 ** 40, '', '0', '1', 'a', 'b', 'ab', 'aa', 'ä'];
  const first = seeds.map((seed) => draw(createGenerator(seed), 2).join());
  assert.equal(new Set(first).size, seeds.length);
  assert.equal(draw(createGenerator(0), 1)[0], draw(createGenerator(-0), 1)[0]);
});

test('the streams are those written down here', () => {
  const generator = createGenerator(2024);
  assert.deepEqual(draw(generator, 4), [578460683, 2529442637, 317402121, 1668618088]);
  assert.deepEqual(draw(generator.split('pictures').split(3), 4), [127259743, 2650002684, 2469319007, 2034423449]);
  const other = createGenerator('seed');
  assert.deepEqual([other.uniform(), other.uniform(-2, 5), other.integer(10), other.normal()], [0.6699508094577454, -1.7171711981827211, 6, -0.09990239871501806]);
  assert.deepEqual([...createGenerator(1).permutation(8)], [0, 7, 2, 6, 4, 1, 3, 5]);
  assert.deepEqual([...createGenerator(1).choose(100, 5)], [28, 38, 76, 58, 36]);
  assert.deepEqual([...createGenerator(1).normals(3)], [-0.35957497358322144, -1.7393224239349365, 1.1980395317077637]);
  assert.deepEqual([...createGenerator(1).uniforms(3, -1, 1)], [-0.09200727939605713, -0.4450541138648987, 0.4380001425743103]);
});

test('split depends on the path of labels alone, not on what was drawn', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(50), (seed, label, drawn) => {
      const fresh = createGenerator(seed).split(label);
      const parent = createGenerator(seed);
      draw(parent, drawn);
      parent.split('sibling').uint32();
      assert.deepEqual(draw(parent.split(label), 5), draw(fresh, 5));
    }),
    { numRuns: 200 },
  );
});

test('a path is read label by label: no two paths of the list coincide', () => {
  const root = createGenerator(0);
  const paths: readonly (readonly (string | number)[])[] = [
    [], ['a'], ['a', 'a'], ['aa'], ['a', 'b'], ['b', 'a'], ['ab'], [1], ['1'], [1, 1], [11], ['', ''], [''], [0], [0, 0],
  ];
  const keys = paths.map((path) => draw(path.reduce((g, label) => g.split(label), root), 2).join());
  assert.equal(new Set(keys).size, paths.length);
});

test('sibling streams and the parent stream are uncorrelated', (t) => {
  const parent = createGenerator('independence');
  const n = 20000;
  const streams = [parent, parent.split(0), parent.split(1), parent.split(2), parent.split(0).split(0)];
  const values = streams.map((g) => Array.from({ length: n }, () => g.uniform(-1, 1)));
  let compared = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < i; j++) {
      const product = (values[i] ?? []).reduce((sum, x, k) => sum + x * (values[j]?.[k] ?? NaN), 0);
      // Var(xy) = 1/9
      const z = product / Math.sqrt(n / 9);
      assert.ok(Math.abs(z) < 4, `streams ${i} and ${j}: z = ${z}`);
      compared += 1;
    }
  }
  t.diagnostic(`${compared} pairs of ${n} draws`);
  assert.equal(compared, 10);
});

test('first draws of streams with consecutive labels are uniform', () => {
  const parent = createGenerator('consecutive');
  const cells = new Array<number>(64).fill(0);
  for (let label = 0; label < 64000; label++) {
    const cell = parent.split(label).uint32() >>> 26;
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  assertChiSquare(cells, 1000);
});

test('each bit of a label changes about half of the key', () => {
  const flips: number[] = [];
  const ones = (x: number): number => x.toString(2).replaceAll('0', '').length;
  for (let label = 0; label < 200; label++) {
    for (let bit = 0; bit < 16; bit++) {
      const a = deriveKey(label);
      const b = deriveKey(label ^ (1 << bit));
      flips.push(a.reduce((sum, word, i) => sum + ones((word ^ (b[i] ?? 0)) >>> 0), 0));
    }
  }
  assert.equal(flips.length, 3200);
  const mean = flips.reduce((sum, x) => sum + x, 0) / flips.length;
  assert.ok(Math.abs(mean - 64) < 0.5, `${mean} of 128 bits`);
  assert.ok(Math.min(...flips) > 30 && Math.max(...flips) < 98);
});

function assertChiSquare(counts: readonly number[], expected: number): void {
  const chi = counts.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
  const freedom = counts.length - 1;
  // within 4 standard deviations of its mean
  assert.ok(Math.abs(chi - freedom) < 4 * Math.sqrt(2 * freedom), `chi² ${chi} with ${freedom} degrees of freedom`);
}

test('uniform draws have the moments and the frequencies of the uniform distribution', () => {
  const generator = createGenerator('uniform');
  const n = 100000;
  const values = Array.from({ length: n }, () => generator.uniform());
  assert.ok(values.every((x) => x >= 0 && x < 1));
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / n;
  assert.ok(Math.abs(mean - 0.5) < 4 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(variance - 1 / 12) < 0.002);
  const cells = new Array<number>(100).fill(0);
  for (const x of values) cells[Math.floor(x * 100)] = (cells[Math.floor(x * 100)] ?? 0) + 1;
  assertChiSquare(cells, 1000);
  const serial = values.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * ((values[i] ?? NaN) - 0.5), 0);
  assert.ok(Math.abs(serial / Math.sqrt(n / 144)) < 4);
});

test('uniform stays below its upper end', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
      (seed, low, width) => {
        fc.pre(low < low + width);
        const generator = createGenerator(seed);
        const value = generator.uniform(low, low + width);
        assert.ok(value >= low && value < low + width);
      }),
    { numRuns: 500 },
  );
  const values = createGenerator(3).uniforms(200000, 0, 1);
  assert.ok(values.every((x) => x >= 0 && x < 1));
  assert.equal(values.length, 200000);
});

test('normal draws have the moments and the tails of the normal distribution', () => {
  const n = 200000;
  const values = createGenerator('normal').normals(n);
  const moment = (power: number): number =>
    values.reduce((sum, x) => sum + Array.from({ length: power }).reduce<number>((p) => p * x, 1), 0) / n;
  assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(n));
  assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / n));
  assert.ok(Math.abs(moment(3)) < 4 * Math.sqrt(15 / n));
  assert.ok(Math.abs(moment(4) - 3) < 4 * Math.sqrt(96 / n));
  const beyond = (bound: number): number => values.filter((x) => Math.abs(x) > bound).length / n;
  assert.ok(Math.abs(beyond(1) - 0.3173) < 0.005);
  assert.ok(Math.abs(beyond(2) - 0.0455) < 0.002);
  assert.ok(Math.abs(beyond(3) - 0.0027) < 0.0006);
  assert.ok(values.every(Number.isFinite));
});

test('integer(n) gives each of n values equally often, for n that do not divide 2^32 too', () => {
  const generator = createGenerator('integers');
  for (const n of [1, 2, 3, 7, 10, 30, 345]) {
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 300 * n; i++) {
      const value = generator.integer(n);
      assert.ok(Number.isInteger(value) && value >= 0 && value < n);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    if (n > 1) assertChiSquare(counts, 300);
  }
  // with plain remainders the lower half of 3·2^30 values would come twice as often
  const wide = Array.from({ length: 4000 }, () => generator.integer(3221225472));
  const third = wide.filter((x) => x < 1073741824).length / wide.length;
  assert.ok(Math.abs(third - 1 / 3) < 0.03, `${third}`);
});

test('permutation gives each order equally often', () => {
  const generator = createGenerator('permutations');
  const counts = new Map<string, number>();
  for (let i = 0; i < 24000; i++) {
    const order = generator.permutation(4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  assertChiSquare([...counts.values()], 1000);
});

test('choose gives k different members of the set, each equally often', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(60), fc.nat(60), (seed, n, k) => {
      fc.pre(k <= n);
      const chosen = createGenerator(seed).choose(n, k);
      assert.equal(chosen.length, k);
      assert.equal(new Set(chosen).size, k);
      assert.ok(chosen.every((i) => i >= 0 && i < n));
    }),
  );
  const generator = createGenerator('choose');
  const counts = new Array<number>(20).fill(0);
  for (let i = 0; i < 4000; i++) for (const j of generator.choose(20, 5)) counts[j] = (counts[j] ?? 0) + 1;
  assertChiSquare(counts, 1000);
});

test('bad arguments get a sentence', () => {
  const generator = createGenerator(0);
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [() => createGenerator(NaN), /finite number, found NaN/],
    [() => generator.split(Infinity), /finite number/],
    [() => generator.uniform(1, 1), /low < high/],
    [() => generator.uniform(0, NaN), /low < high/],
    [() => generator.integer(0), /whole number from 1/],
    [() => generator.integer(2.5), /whole number from 1/],
    [() => generator.choose(3, 4), /cannot choose 4 different numbers of 3/],
    [() => generator.permutation(-1), /whole number/],
    [() => generator.normals(1.5), /whole number/],
  ];
  for (const [call, message] of cases) assert.throws(call, message);
});
