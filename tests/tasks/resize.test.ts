import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipPixels, pillowFilters, resizeBilinear, resizePillow, resizeTorch } from '../../src/tasks/resize.ts';
import type { PictureShape, Size, TorchResize } from '../../src/tasks/resize.ts';

const side = fc.integer({ min: 1, max: 12 });
const shapes: fc.Arbitrary<PictureShape> = fc.tuple(side, side, fc.constantFrom(1, 3));
const sizes: fc.Arbitrary<Size> = fc.tuple(side, side);
const ways: readonly TorchResize[] = [
  { mode: 'nearest' },
  { mode: 'nearest-exact' },
  { mode: 'bilinear' },
  { mode: 'bilinear', antialias: true },
  { mode: 'bilinear', alignCorners: true },
  { mode: 'bicubic' },
  { mode: 'bicubic', antialias: true },
  { mode: 'bicubic', alignCorners: true },
];

function bytesFor([rows, columns, channels]: PictureShape, seed: number): Uint8Array {
  return Uint8Array.from(
    { length: rows * columns * channels },
    (_, i) => (Math.imul(i + seed, 0x9e3779b1) >>> 24) % 256,
  );
}

test('one grey stays that grey in every size, with every filter', () => {
  let checked = 0;
  fc.assert(
    fc.property(shapes, sizes, fc.nat(255), (shape, to, grey) => {
      const flat = new Uint8Array(shape[0] * shape[1] * shape[2]).fill(grey);
      for (const filter of pillowFilters) {
        assert.ok(resizePillow(flat, shape, to, filter).every((byte) => byte === grey), filter);
      }
      for (const way of ways) {
        const values = resizeTorch(Float32Array.from(flat), shape, to, way);
        assert.equal(values.length, to[0] * to[1] * shape[2]);
        assert.ok(values.every((value) => Math.abs(value - grey) <= grey * 2 ** -22), JSON.stringify(way));
      }
      checked++;
    }),
  );
  assert.ok(checked > 0);
});

test('a picture of the same size stays as it is', () => {
  let checked = 0;
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, seed) => {
      const bytes = bytesFor(shape, seed);
      const same: Size = [shape[0], shape[1]];
      for (const filter of pillowFilters) assert.deepEqual(resizePillow(bytes, shape, same, filter), bytes, filter);
      for (const way of ways) {
        assert.deepEqual([...resizeTorch(bytes, shape, same, way)], [...bytes], JSON.stringify(way));
      }
      checked++;
    }),
  );
  assert.ok(checked > 0);
});

test('rows and columns are treated alike: resizing a transposed picture transposes the result', () => {
  const turn = (values: ArrayLike<number>, rows: number, columns: number): number[] =>
    Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? NaN);
  let checked = 0;
  fc.assert(
    fc.property(side, side, sizes, fc.nat(), (rows, columns, [toRows, toColumns], seed) => {
      const bytes = bytesFor([rows, columns, 1], seed);
      for (const way of ways) {
        const straight = resizeTorch(bytes, [rows, columns, 1], [toRows, toColumns], way);
        const turned = resizeTorch(turn(bytes, rows, columns), [columns, rows, 1], [toColumns, toRows], way);
        const back = turn(straight, toRows, toColumns);
        assert.ok(back.every((value, i) => Math.abs(value - (turned[i] ?? NaN)) < 1e-3), JSON.stringify(way));
      }
      checked++;
    }),
  );
  assert.ok(checked > 0);
});

test('shrinking by a whole factor with the box filter is the rounded mean', () => {
  const bytes = bytesFor([4, 6, 1], 7);
  const mean = (row: number, column: number): number => {
    const pairs = [0, 1].map((r) => {
      const at = (2 * row + r) * 6 + 2 * column;
      return Math.floor(((bytes[at] ?? 0) + (bytes[at + 1] ?? 0)) / 2 + 0.5);
    });
    return Math.floor(((pairs[0] ?? 0) + (pairs[1] ?? 0)) / 2 + 0.5);
  };
  const expected = [0, 1].flatMap((row) => [0, 1, 2].map((column) => mean(row, column)));
  assert.deepEqual([...resizePillow(bytes, [4, 6, 1], [2, 3], 'box')], expected);
});

test('known values: a step of two pixels made four', () => {
  const step = [0, 4];
  assert.deepEqual([...resizeTorch(step, [1, 2, 1], [1, 4], { mode: 'bilinear' })], [0, 1, 3, 4]);
  assert.deepEqual(
    [...resizeTorch(step, [1, 2, 1], [1, 4], { mode: 'bilinear', alignCorners: true })],
    [0, 4 / 3, 8 / 3, 4].map(Math.fround),
  );
  assert.deepEqual([...resizeTorch(step, [1, 2, 1], [1, 4], { mode: 'nearest' })], [0, 0, 4, 4]);
  assert.deepEqual([...resizeBilinear([0, 4, 8, 4], [1, 4, 1], [1, 2])], [20 / 7, 40 / 7].map(Math.fround));
});

test('CLIP takes the middle of the picture, halves rounded to even', () => {
  const normal = { mean: [0.5], std: [0.25] };
  const wide = clipPixels(bytesFor([4, 7, 1], 1), [4, 7, 1], { size: 4, ...normal });
  assert.deepEqual([wide.resized, wide.offset], [[4, 7], [0, 2]]);
  const wider = clipPixels(bytesFor([4, 9, 1], 1), [4, 9, 1], { size: 4, ...normal });
  assert.deepEqual([wider.resized, wider.offset], [[4, 9], [0, 2]]);
  const tall = clipPixels(
    new Uint8Array(30 * 20 * 3).fill(255),
    [30, 20, 3],
    { size: 10, mean: [0, 0.5, 1], std: [1, 0.5, 0.5] },
  );
  assert.deepEqual([tall.resized, tall.offset], [[15, 10], [2, 0]]);
  assert.deepEqual(tall.cropped, new Uint8Array(300).fill(255));
  assert.deepEqual([0, 100, 200].map((i) => tall.pixels[i]), [1, 1, 0]);
});

test('impossible requests are refused in words', () => {
  assert.throws(
    () => resizePillow(new Uint8Array(5), [2, 3, 1], [1, 1], 'box'),
    /cannot resize 5 values of shape \[2, 3, 1\] to 1 × 1/,
  );
  assert.throws(() => resizeTorch([1], [1, 1, 1], [0, 2], { mode: 'bilinear' }), /to 0 × 2/);
  assert.throws(
    () => resizeTorch([1], [1, 1, 1], [2, 2], { mode: 'bilinear', antialias: true, alignCorners: true }),
    RangeError,
  );
  assert.throws(
    () => clipPixels(new Uint8Array(3), [1, 1, 3], { size: 1, mean: [0], std: [1] }),
    /1 means and 1 deviations for 3 channels/,
  );
});
