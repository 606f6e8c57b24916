import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fitPictures, loadTask, picturesToTensor } from '../../src/tasks/index.ts';
import type { PictureSet } from '../../src/tasks/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import { noAssets, picturesOf } from './fixtures.ts';

function setOf(rows: number, columns: number, channels: number, count: number, value: (i: number) => number): PictureSet {
  const images = Uint8Array.from({ length: count * rows * columns * channels }, (_, i) => value(i));
  return { images, shape: [rows, columns, channels], labels: new Int32Array(count), count };
}

const random = setOf(6, 6, 3, 5, (i) => (i * 7919) % 256);

test('pictures of the network\'s own size are bytes / 255, in the order asked for', () => {
  const fitted = fitPictures(random, [3, 0, 3], { rows: 6, columns: 6, channels: 3 }, { size: 6 });
  const expected = [3, 0, 3].flatMap((n) => [...random.images.subarray(n * 108, (n + 1) * 108)]);
  assert.deepEqual([...fitted], expected.map((byte) => Math.fround(byte / 255)));
});

test('a smaller picture stands in the middle of zeros, an odd row and column of zeros more at the top and left', () => {
  const white = setOf(2, 2, 1, 1, () => 255);
  const layout = (rows: number, columns: number): string => {
    const fitted = fitPictures(white, [0], { rows, columns, channels: 1 }, { size: 2 });
    return Array.from({ length: rows }, (_, r) => fitted.slice(r * columns, (r + 1) * columns).join('')).join(' ');
  };
  assert.equal(layout(4, 4), '0000 0110 0110 0000');
  assert.equal(layout(5, 5), '00000 00000 00110 00110 00000');
  assert.equal(layout(3, 5), '00000 00110 00110');
  assert.equal(layout(2, 2), '11 11');
});

test('grey is repeated over three channels', () => {
  const grey = setOf(3, 3, 1, 2, (i) => 10 * i);
  const fitted = fitPictures(grey, [1], { rows: 3, columns: 3, channels: 3 }, { size: 3 });
  assert.equal(fitted.length, 27);
  fitted.forEach((value, i) => assert.equal(value, Math.fround((10 * (9 + Math.floor(i / 3))) / 255)));
});

test('colour becomes its luma', () => {
  const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
  const set = setOf(2, 2, 3, 1, (i) => colours[i] ?? 0);
  const fitted = fitPictures(set, [0], { rows: 2, columns: 2, channels: 1 }, { size: 2 });
  [0.299, 0.587, 0.114, 1].forEach((value, i) => assert.ok(Math.abs((fitted[i] ?? NaN) - value) < 1e-7));
});

test('resizing keeps what is even, keeps values in [0, 1], and turns 1 × 1 into even pictures', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 1, max: 1000 }),
      (rows, columns, size, byte, seed) => {
        const input = { rows: 12, columns: 12, channels: 1 };
        const even = fitPictures(setOf(rows, columns, 1, 1, () => byte), [0], input, { size });
        const inside = [...even].filter((value) => value !== 0);
        assert.ok(byte === 0 || inside.length === size * size);
        assert.ok(inside.every((value) => Math.abs(value - byte / 255) < 1e-6));
        const mixed = fitPictures(setOf(rows, columns, 1, 1, (i) => (i * seed * 37) % 256), [0], input, { size });
        assert.ok(mixed.every((value) => value >= 0 && value <= 1 + 1e-6));
      },
    ),
    { numRuns: 200 },
  );
});

test('halving averages with half-pixel centres, doubling interpolates between them', () => {
  const ramp = setOf(1, 4, 1, 1, (i) => 51 * i);
  const doubled = fitPictures(setOf(2, 2, 1, 1, (i) => (i % 2) * 255), [0], { rows: 4, columns: 4, channels: 1 }, { size: 4 });
  assert.deepEqual([...doubled.subarray(0, 4)].map((x) => Math.fround(x)), [0, 0.25, 0.75, 1]);
  const shrunk = fitPictures(ramp, [0], { rows: 2, columns: 2, channels: 1 }, { size: 2 });
  assert.ok(Math.abs((shrunk[0] ?? 0) + (shrunk[1] ?? 0) - 3 * 0.2) < 1e-6);
  assert.ok((shrunk[0] ?? 0) < (shrunk[1] ?? 0));
});

test('the tensor has the shape asked for and no value outside [0, 1]', async () => {
  await useBackend('cpu');
  const task = await loadTask('world-shapes', noAssets);
  const x = picturesToTensor(picturesOf(task.test), [0, 5, 9], { rows: 28, columns: 28, channels: 1 }, { size: 20 });
  assert.deepEqual(x.shape, [3, 28, 28, 1]);
  assert.equal(x.dtype, 'float32');
  const values = x.dataSync();
  assert.equal(values.length, 3 * 784);
  assert.ok(values.every((value) => value >= 0 && value <= 1));
  assert.ok(values.some((value) => value > 0.05));
  x.dispose();
  assert.equal(tf.memory().numTensors, 0);
});

test('what cannot be brought to the network\'s size is refused', () => {
  const fit = (size: number, channels = 3) => () =>
    fitPictures(random, [0], { rows: 8, columns: 7, channels }, { size });
  assert.throws(fit(8), /8 × 8 do not fit a network that takes 8 × 7/);
  assert.throws(fit(0), /0 × 0 do not fit/);
  assert.throws(fit(2.5), /do not fit/);
  assert.throws(fit(7, 4), /3 channels cannot be given to a network that takes 4/);
  assert.throws(() => fitPictures(random, [5], { rows: 6, columns: 6, channels: 3 }, { size: 6 }), /no picture 5/);
});
