import assert from 'node:assert/strict';
import test from 'node:test';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createGenerator } from '../../src/random/index.ts';
import { loadTask, pictureAt, taskRows } from '../../src/tasks/index.ts';
import type { PictureSet } from '../../src/tasks/index.ts';
import { shapes } from '../../src/tasks/world/shapes.ts';
import { digits } from '../../src/tasks/world/digits.ts';
import { worldTasks } from '../../src/tasks/world/tasks.ts';
import { noAssets, picturesOf } from './fixtures.ts';

const digest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

test('the generated world has its tasks, pools and balanced labels', async () => {
  assert.equal(worldTasks.length, taskRows.filter(({ generated, kind }) => generated && kind === 'pictures').length);
  const sizes = new Map<string, readonly [number, number, number]>();
  for (const row of worldTasks) {
    const task = await loadTask(row.id, noAssets);
    assert.equal(new Set(task.classes).size, task.classes.length);
    sizes.set(row.id, [task.classes.length, task.train.count, task.test.count]);
    for (const { labels, count } of [task.train, task.test]) {
      assert.equal(labels.length, count);
      const counts = task.classes.map((_, k) => labels.filter((label) => label === k).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${row.id}: ${counts.join(' ')}`);
    }
  }
  assert.deepEqual(Object.fromEntries(sizes), {
    'world-shapes': [30, 30000, 2000],
    'world-orientation': [8, 4000, 2000],
    'world-outlines': [10, 4000, 2000],
    'world-digits': [10, 4000, 2000],
    'world-colours': [8, 4000, 2000],
    'world-relations': [4, 4000, 2000],
    'world-counts': [5, 4000, 2000],
  });
});

const golden: Readonly<Record<string, readonly [task: string, picture: string]>> = {
  'world-shapes': [
    '2d1d7342c801c45ca9c44009e8f605c58ea318402b6ef74dbd712615bc2f1858',
    '102a4b1fd08b01e2c76ab4da1eecb9402daf0abf4006927ef543995b94480e8c',
  ],
  'world-orientation': [
    '91741a9f8ddea6108b9eaf50cd3b863516c99427f702e2b438a8b68fbd3c1982',
    '910bd0ca23e2a1486ecfbf6f1faacd86cf0cf8e603a0a5dbcbbf24407abfbc53',
  ],
  'world-outlines': [
    'be30d2d6e64cc0762808fa984768d28c92ef6f3268657528ff867b73e25f31ac',
    'f37091e9cfb1ba84b302ff3f6cdda3e512209d718d6dfd3e3ea8eaa1ff8d43a2',
  ],
  'world-digits': [
    '37c8be286627bdf81150f5825e006682a49ad485a11b8787003ca32a670a0189',
    '3cf593f82469abc878904699b773385edf995d2bbe9b147e73fb73ea6e75cc45',
  ],
  'world-colours': [
    'fcc0ac768a14efc24be842bca471f6e5574d0fc054e4613e02a58b65709f5471',
    '6357a7677a952efe147f0c1a6aa0ded064264d3bb9ab8904e29f93658274c71b',
  ],
  'world-relations': [
    '2469707b1564861e710a6042f140bf7f88f8284c77eb4b21ed957df97e64a3a6',
    'c363d8527de2634cddb44c1d8a11218e62a665bd91eb036d3807384b9c515960',
  ],
  'world-counts': [
    '74dd3db4032f9b4625b4e5385c67b7dbf283e82019c3d1a78e5981b8f2ffcd15',
    'b2a07107ee635770d0a3f7c6129f96dfec05b1f700fb7f1ae136ccc691837262',
  ],
};

test('the pictures are those written down here', async (t) => {
  let checked = 0;
  for (const { id } of worldTasks) {
    const task = await loadTask(id, noAssets);
    const [whole, picture] = golden[id] ?? [];
    assert.equal(task.digest, whole, id);
    assert.equal(digest(pictureAt(picturesOf(task.test), 777)), picture, id);
    checked += 1;
  }
  t.diagnostic(`${checked} tasks`);
  assert.equal(checked, 7);
});

test('a picture is the same whatever was drawn before it, and train and test differ', async () => {
  for (const { id } of worldTasks) {
    const forwards = await loadTask(id, noAssets);
    const alone = await loadTask(id, noAssets);
    for (let i = 0; i < 40; i++) pictureAt(picturesOf(forwards.train), i);
    assert.deepEqual(pictureAt(picturesOf(alone.train), 39), pictureAt(picturesOf(forwards.train), 39));
    assert.deepEqual(pictureAt(picturesOf(alone.train), 200), pictureAt(picturesOf(forwards.train), 200));
    assert.notDeepEqual(pictureAt(picturesOf(alone.test), 39), pictureAt(picturesOf(alone.train), 39));
  }
});

test('no picture occurs twice in the first 500 of a pool', async () => {
  for (const { id } of worldTasks) {
    const task = await loadTask(id, noAssets);
    const seen = new Set<string>();
    for (const set of [task.train, task.test].map(picturesOf)) for (let i = 0; i < 500; i++) seen.add(digest(pictureAt(set, i)));
    assert.equal(seen.size, 1000, id);
  }
});

test('asking for all pictures gives the same as asking one by one', async () => {
  const whole = await loadTask('world-digits', noAssets);
  const single = await loadTask('world-digits', noAssets);
  const size = 32 * 32 * 3;
  const { images } = picturesOf(whole.test);
  assert.equal(images.length, 2000 * size);
  for (const i of [0, 1, 999, 1999]) {
    assert.deepEqual(images.slice(i * size, (i + 1) * size), pictureAt(picturesOf(single.test), i).slice());
  }
  assert.throws(() => pictureAt(picturesOf(single.test), 2000), /no picture 2000 in a set of 2000/);
  assert.throws(() => pictureAt(picturesOf(single.test), -1), /no picture -1/);
});

/** Mean over the ground's edge pixels and mean of all, to see that something stands out. */
function contrast(picture: Uint8Array): number {
  const values: number[] = [];
  for (let i = 0; i < picture.length; i += 3) {
    values.push((picture[i] ?? 0) + (picture[i + 1] ?? 0) + (picture[i + 2] ?? 0));
  }
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / values.length);
}

test('every picture shows something: its brightness or colour varies', async () => {
  for (const { id } of worldTasks) {
    const train = picturesOf((await loadTask(id, noAssets)).train);
    const spread = (channel: number, picture: Uint8Array): number => {
      const values = picture.filter((_, i) => i % 3 === channel);
      return Math.max(...values) - Math.min(...values);
    };
    for (let i = 0; i < 300; i++) {
      const picture = pictureAt(train, i);
      assert.ok(Math.max(...[0, 1, 2].map((c) => spread(c, picture))) > 80, `${id} ${i}`);
      assert.ok(contrast(picture) > 5, `${id} ${i}`);
    }
  }
});

/** Brightness gradients pooled over 4 × 4 cells, a crude description that colour and place disturb little. */
function describe(picture: Uint8Array): Float64Array {
  const features = new Float64Array(8 * 8 * 3 + 64 * 4);
  for (let row = 1; row < 31; row++) {
    for (let column = 1; column < 31; column++) {
      const cell = Math.floor(row / 4) * 8 + Math.floor(column / 4);
      for (let c = 0; c < 3; c++) {
        const at = (r: number, k: number): number => picture[(r * 32 + k) * 3 + c] ?? 0;
        features[cell * 3 + c] = (features[cell * 3 + c] ?? 0) + at(row, column) / 16;
        const across = at(row, column + 1) - at(row, column - 1);
        const down = at(row + 1, column) - at(row - 1, column);
        const size = Math.sqrt(across * across + down * down);
        if (size < 30) continue;
        const falling = across * down > 0 ? 1 : 0;
        const steep = Math.abs(down) > Math.abs(across) ? 2 : 0;
        const i = 192 + cell * 4 + falling + steep;
        features[i] = (features[i] ?? 0) + size / 16;
      }
    }
  }
  return features;
}

/** Accuracy on `test` of the nearest class mean of `train`. */
function nearestMean(train: PictureSet, testing: PictureSet, classes: number, n: number): number {
  const means = Array.from({ length: classes }, () => new Float64Array(448));
  for (let i = 0; i < n; i++) {
    const mean = means[train.labels[i] ?? 0];
    describe(pictureAt(train, i)).forEach((x, j) => {
      if (mean) mean[j] = (mean[j] ?? 0) + (x * classes) / n;
    });
  }
  let right = 0;
  for (let i = 0; i < 400; i++) {
    const x = describe(pictureAt(testing, i));
    const distances = means.map((mean) => mean.reduce((sum, m, j) => sum + (m - (x[j] ?? 0)) * (m - (x[j] ?? 0)), 0));
    if (distances.indexOf(Math.min(...distances)) === testing.labels[i]) right += 1;
  }
  return right / 400;
}

test('classes can be told apart: the nearest class mean of crude features beats chance', async (t) => {
  for (const { id, classes } of worldTasks) {
    const task = await loadTask(id, noAssets);
    const accuracy = nearestMean(picturesOf(task.train), picturesOf(task.test), classes.length, 1200);
    t.diagnostic(`${id}: ${accuracy.toFixed(3)}, chance ${(1 / classes.length).toFixed(3)}`);
    const chance = 1 / classes.length;
    assert.ok(accuracy > chance + 3 * Math.sqrt((chance * (1 - chance)) / 400), `${id}: ${accuracy}`);
  }
});

test('the fields of shapes and digits are negative inside, positive outside, and never jump', () => {
  const generator = createGenerator('fields');
  const fields = [...shapes.map(({ name, field }) => ({ name, field })), ...digits.map((field, i) => ({ name: `${i}`, field }))];
  for (const { name, field } of fields) {
    let inside = 0;
    for (let i = 0; i < 2000; i++) {
      const x = generator.uniform(-1.5, 1.5);
      const y = generator.uniform(-1.5, 1.5);
      const value = field(x, y);
      assert.ok(Number.isFinite(value));
      if (value < 0) inside += 1;
      assert.ok(value > 0 || (Math.abs(x) < 1.2 && Math.abs(y) < 1.25), `${name} reaches to ${x}, ${y}`);
      const step = Math.abs(field(x + 0.001, y) - value);
      assert.ok(step < 0.003, `${name} jumps by ${step} at ${x}, ${y}`);
    }
    assert.ok(inside > 100 && inside < 1000, `${name}: ${inside} of 2000 points inside`);
  }
  assert.equal(fields.length, 20);
});
