import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import { symmetricEigen } from '../../src/training/symmetric-eigen.ts';

type Matrix = readonly Float64Array[];

const matrixOf = (n: number, value: (i: number, j: number) => number): Matrix =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => value(i, j)));
const at = (matrix: Matrix, i: number, j: number): number => matrix[i]?.[j] ?? NaN;
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
const sorted = (values: Float64Array): number[] => [...values].sort((a, b) => a - b);
const size = (matrix: Matrix): number => Math.max(...matrix.flatMap((row) => [...row].map(Math.abs)));

function assertNear(found: readonly number[], expected: readonly number[], within: number): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? NaN)) <= within, `${value} and not ${expected[i]}`));
}

/** Q diag Qᵀ = C and QᵀQ = I, within a few roundings of the largest entry (or of the smallest numbers there are). */
function assertDecomposes(matrix: Matrix): void {
  const n = matrix.length;
  const within = 1e-14 * n * size(matrix) + 1e-320;
  const { values, vectors } = symmetricEigen(matrix);
  assert.equal(values.length, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const product = vectors.reduce((sum, vector, k) => sum + (values[k] ?? NaN) * (vector[i] ?? NaN) * (vector[j] ?? NaN), 0);
      assert.ok(Math.abs(product - at(matrix, i, j)) <= within, `${product} and not ${at(matrix, i, j)}`);
      const inner = dot(vectors[i] ?? new Float64Array(0), vectors[j] ?? new Float64Array(0));
      assert.ok(Math.abs(inner - (i === j ? 1 : 0)) <= 1e-14 * n, `${inner} for vectors ${i} and ${j}`);
    }
  }
}

test('matrices whose eigenvalues are known', () => {
  assertNear(sorted(symmetricEigen(matrixOf(2, (i, j) => (i === j ? 2 : 1))).values), [1, 3], 1e-15);
  assertNear(sorted(symmetricEigen(matrixOf(2, (i, j) => (i === j ? 0 : 1))).values), [-1, 1], 1e-15);
  assertNear(sorted(symmetricEigen(matrixOf(5, () => 1)).values), [0, 0, 0, 0, 5], 1e-14);
  // the second difference on n points has 2 − 2 cos(πk/(n + 1))
  const n = 12;
  const chain = matrixOf(n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0));
  assertNear(
    sorted(symmetricEigen(chain).values),
    Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((Math.PI * (k + 1)) / (n + 1))),
    1e-14,
  );
});

test('a diagonal matrix, zero and the empty matrix come back as they are', () => {
  const { values, vectors } = symmetricEigen(matrixOf(4, (i, j) => (i === j ? 3 - i : 0)));
  assert.deepEqual([...values], [3, 2, 1, 0]);
  assert.deepEqual(vectors.map((vector) => [...vector]), [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]);
  assert.deepEqual([...symmetricEigen(matrixOf(3, () => 0)).values], [0, 0, 0]);
  assert.equal(symmetricEigen([]).values.length, 0);
});

test('Q diag Qᵀ is the matrix and Q is orthogonal, for any symmetric matrix', () => {
  const entry = fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  let examined = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(entry, { minLength: 81, maxLength: 81 }), (n, entries) => {
      examined += 1;
      assertDecomposes(matrixOf(n, (i, j) => entries[9 * Math.max(i, j) + Math.min(i, j)] ?? NaN));
    }),
    { numRuns: 200 },
  );
  assert.equal(examined, 200);
});

test('matrices of low rank, and of many numbers', () => {
  const generator = createGenerator('factors');
  for (const [n, rank] of [[8, 2], [20, 1], [30, 30]] as const) {
    const factors = Array.from({ length: n }, () => Float64Array.from({ length: rank }, () => generator.normal()));
    assertDecomposes(matrixOf(n, (i, j) => dot(factors[Math.max(i, j)] ?? new Float64Array(0), factors[Math.min(i, j)] ?? new Float64Array(0))));
  }
});

test('small eigenvalues of a graded positive definite matrix are exact by their own size', () => {
  // D A D with D = diag(1, 1e-5, 1e-10) and A near the identity; eigenvalues are near 1, 1e-10 and 1e-20
  const scale = [1, 1e-5, 1e-10];
  const matrix = matrixOf(3, (i, j) => (scale[i] ?? NaN) * (scale[j] ?? NaN) * (i === j ? 1 : 0.1));
  const [small = NaN] = sorted(symmetricEigen(matrix).values);
  // det(DAD)/product of the other two = det A / det of its leading 2 × 2 block, to first order in 1e-10
  const expected = 1e-20 * ((1 - 3 * 0.01 + 2 * 0.001) / (1 - 0.01));
  assert.ok(Math.abs(small / expected - 1) < 1e-8, `${small} and not ${expected}`);
});

test('the matrix stays as it is, and equal matrices give equal bits', () => {
  const matrix = matrixOf(6, (i, j) => 1 / (i + j + 1));
  const before = matrix.map((row) => [...row]);
  const one = symmetricEigen(matrix);
  assert.deepEqual(matrix.map((row) => [...row]), before);
  assert.deepEqual(symmetricEigen(matrix), one);
});

test('what is no finite symmetric matrix is refused with the place', () => {
  assert.throws(() => symmetricEigen([Float64Array.of(1, 2), Float64Array.of(3, 1)]), /found 2 at \[0, 1\] and 3 at \[1, 0\]/);
  assert.throws(() => symmetricEigen([Float64Array.of(NaN)]), RangeError);
  assert.throws(() => symmetricEigen([Float64Array.of(Infinity)]), RangeError);
  assert.throws(() => symmetricEigen([Float64Array.of(1, 2)]), /Row 0 of a 1 × 1 matrix has 2 numbers/);
});
