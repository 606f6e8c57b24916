import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dynamicTimeWarping, lowerBounds, nearestByWarping, withEnvelope } from '../../src/adaptation/dynamic-time-warping.ts';

/** The whole table of costs, as textbooks write it. */
function plainWarping(a: Float64Array, b: Float64Array, window: number): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i + j === 0 ? 0 : Infinity)));
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i];
      if (!row || Math.abs(i - j) > window) continue;
      const difference = (a[i - 1] ?? NaN) - (b[j - 1] ?? NaN);
      row[j] = difference * difference + Math.min(at(i - 1, j), at(i, j - 1), at(i - 1, j - 1));
    }
  }
  return at(a.length, b.length);
}

const squaredEuclid = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) * (value - (b[i] ?? NaN)), 0);

/** Few different values, so that ties occur. */
const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -3, max: 3, noNaN: true }));
const seriesOf = (length: number): fc.Arbitrary<Float64Array> => fc.array(value, { minLength: length, maxLength: length }).map((list) => Float64Array.from(list));
const pair = fc.integer({ min: 1, max: 12 }).chain((length) => fc.tuple(seriesOf(length), seriesOf(length), fc.integer({ min: 0, max: 13 })));

test('a small case by hand', () => {
  // 1 2 3 3 against 1 1 2 4: 1-1, 1-1, 2-2, then 3-4 twice is 2; a window of 0 pairs place by place: 0 + 1 + 1 + 1
  const [a, b] = [Float64Array.of(1, 2, 3, 3), Float64Array.of(1, 1, 2, 4)];
  assert.equal(dynamicTimeWarping(a, b, 4), 2);
  assert.equal(dynamicTimeWarping(a, b, 1), 2);
  assert.equal(dynamicTimeWarping(a, b, 0), 3);
  assert.equal(dynamicTimeWarping(a, Float64Array.of(1, 2, 3), 1), 0, 'a pause costs nothing');
  assert.equal(dynamicTimeWarping(a, Float64Array.of(1, 2), 1), Infinity, 'lengths further apart than the window');
});

test('it equals the whole table, also for series of two lengths', () => {
  const lengths = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }));
  const cases = lengths.chain(([n, m]) => fc.tuple(seriesOf(n), seriesOf(m), fc.integer({ min: 0, max: 11 })));
  fc.assert(fc.property(cases, ([a, b, window]) => dynamicTimeWarping(a, b, window) === plainWarping(a, b, window)), { numRuns: 500 });
});

test('it is symmetric, 0 from a series to itself, at most the squared Euclidean distance, and falls as the window grows', () => {
  fc.assert(
    fc.property(pair, ([a, b, window]) => {
      const distance = dynamicTimeWarping(a, b, window);
      assert.ok(Math.abs(distance - dynamicTimeWarping(b, a, window)) <= 1e-9 * distance);
      assert.equal(dynamicTimeWarping(a, a, window), 0);
      assert.ok(distance <= squaredEuclid(a, b) * (1 + 1e-9));
      assert.ok(dynamicTimeWarping(a, b, window + 1) <= distance * (1 + 1e-9));
      assert.ok(Math.abs(dynamicTimeWarping(a, b, 0) - squaredEuclid(a, b)) <= 1e-9 * squaredEuclid(a, b));
    }),
    { numRuns: 500 },
  );
});

test('the lower bound is one', () => {
  let tight = 0;
  fc.assert(
    fc.property(pair, ([a, b, window]) => {
      const [bound = NaN] = lowerBounds(a, withEnvelope(b, window));
      if (bound > 0) tight += 1;
      assert.ok(bound <= dynamicTimeWarping(a, b, window) * (1 + 1e-12));
    }),
    { numRuns: 500 },
  );
  assert.ok(tight > 50, 'most bounds said nothing');
});

test('the nearest series is the one that comparing all in full finds, the first of equal ones', () => {
  let ties = 0;
  const cases = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 12 }))
    .chain(([length, count]) => fc.tuple(seriesOf(length), fc.array(seriesOf(length), { minLength: count, maxLength: count }), fc.integer({ min: 0, max: 8 })));
  fc.assert(
    fc.property(cases, ([query, all, window]) => {
      const distances = all.map((one) => plainWarping(query, one, window));
      const smallest = Math.min(...distances);
      if (distances.filter((distance) => distance === smallest).length > 1) ties += 1;
      const series = all.map((one) => withEnvelope(one, window));
      assert.equal(nearestByWarping(query, series, window), distances.indexOf(smallest));
    }),
    { numRuns: 1000 },
  );
  assert.ok(ties > 20, 'no ties were met');
});
