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
      const shown = labels === task.train.labels ? task.trainedClasses : undefined;
      const counts = task.classes.slice(0, shown).map((_, k) => labels.filter((label) => label === k).length);
      assert.equal(counts.reduce((sum, n) => sum + n), count, `${row.id} shows a class that it has no training examples of`);
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
    'world-tinted': [10, 4000, 2000],
    'world-pastel': [8, 4000, 2000],
    'world-inverted': [10, 4000, 2000],
    'world-tinted-unseen': [10, 4000, 2000],
    'world-pastel-unseen': [8, 4000, 2000],
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
  'world-tinted': [
    '88fcb37a962f29692d1e15581e3a78ebb8a034387ef54cf09dd5a14906a1b28f',
    '74eae539616ad1669d7e2aa72846229fefd4334105ff529cba561ffb61515aee',
  ],
  'world-pastel': [
    '2939795ba301e695eeba055c07a6863c68945907f984dd2cca90a95ace679977',
    'a06c78e30ff4bf890b7f9b5d5c1c96f1cc53964a0004259e1cd80e2277191c90',
  ],
  'world-inverted': [
    'e55365b0e012700ccdcfa7880aabacf95b0a6d476a697f25ffb6f591b6ea8b8f',
    '2ad02b71278305d9700cf28e9933414228ef885ed3955c6e81933ee326508d3b',
  ],
  'world-tinted-unseen': [
    '100bc1a0b529f024e66ebb6f3ebf9474af138179a0927b50d0692f1ecf9ec9fe',
    '6edb1a83bf7120fb868f01888e29b621438e3bc2cf1c705b1430ca2070b65f67',
  ],
  'world-pastel-unseen': [
    'fb1acc974936847046bc71da8eb5f3669c303d0b53e2dbdb0f9af5f1bfa81e0c',
    'e15f63b46806828b2e1a718d59e5b480e12c5177c4a6b02ab4ede3cbefa0a498',
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
  assert.equal(checked, 12);
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

/** The least that a tint leaves of what it covers. */
const leftBy = (id: string): number => (id.startsWith('world-tinted') ? 0.4 : 1);

test('every picture shows something: its brightness or colour varies', async () => {
  for (const { id } of worldTasks) {
    const train = picturesOf((await loadTask(id, noAssets)).train);
    const spread = (channel: number, picture: Uint8Array): number => {
      const values = picture.filter((_, i) => i % 3 === channel);
      return Math.max(...values) - Math.min(...values);
    };
    for (let i = 0; i < 300; i++) {
      const picture = pictureAt(train, i);
      assert.ok(Math.max(...[0, 1, 2].map((c) => spread(c, picture))) > 80 * leftBy(id), `${id} ${i}`);
      assert.ok(contrast(picture) > 5 * leftBy(id), `${id} ${i}`);
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

/** The picture with each channel brought to one mean and one spread, which takes off a tint and how bright a ground is. */
function standardised(picture: Uint8Array): Uint8Array {
  const pixels = picture.length / 3;
  const scales = [0, 1, 2].map((channel) => {
    const values = [...picture].filter((_, i) => i % 3 === channel);
    const mean = values.reduce((sum, x) => sum + x, 0) / pixels;
    return { mean, spread: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / pixels) };
  });
  return picture.map((value, i) => {
    const { mean = 0, spread = 1 } = scales[i % 3] ?? {};
    return Math.min(255, Math.max(0, Math.round(128 + (50 * (value - mean)) / Math.max(1, spread))));
  });
}

/** The mean colour of the 30 pixels that differ most from the mean, and that mean. */
function describeColour(picture: Uint8Array): Float64Array {
  const pixels = Array.from({ length: picture.length / 3 }, (_, i) => [...picture.subarray(3 * i, 3 * i + 3)]);
  const mean = (some: readonly (readonly number[])[]): number[] =>
    [0, 1, 2].map((channel) => some.reduce((sum, pixel) => sum + (pixel[channel] ?? 0), 0) / some.length);
  const ground = mean(pixels);
  const away = (pixel: readonly number[]): number => pixel.reduce((sum, value, c) => sum + Math.abs(value - (ground[c] ?? 0)), 0);
  return Float64Array.from([...mean(pixels.toSorted((a, b) => away(b) - away(a)).slice(0, 30)), ...ground]);
}

const describers: Readonly<Record<string, (picture: Uint8Array) => Float64Array>> = {
  'world-tinted': (picture) => describe(standardised(picture)),
  'world-inverted': (picture) => describe(standardised(picture)),
  'world-tinted-unseen': (picture) => describe(standardised(picture)),
  'world-pastel': describeColour,
  'world-pastel-unseen': describeColour,
};

/** Accuracy on the first `classes` classes of `testing` of the nearest class mean of `train`. */
function nearestMean(train: PictureSet, testing: PictureSet, classes: number, n: number, describe: (picture: Uint8Array) => Float64Array): number {
  const means = Array.from({ length: classes }, () => new Float64Array(describe(pictureAt(train, 0)).length));
  for (let i = 0; i < n; i++) {
    const mean = means[train.labels[i] ?? 0];
    describe(pictureAt(train, i)).forEach((x, j) => {
      if (mean) mean[j] = (mean[j] ?? 0) + (x * classes) / n;
    });
  }
  const asked = [...testing.labels].flatMap((label, i) => (label < classes ? [i] : [])).slice(0, 400);
  let right = 0;
  for (const i of asked) {
    const x = describe(pictureAt(testing, i));
    const distances = means.map((mean) => mean.reduce((sum, m, j) => sum + (m - (x[j] ?? 0)) * (m - (x[j] ?? 0)), 0));
    if (distances.indexOf(Math.min(...distances)) === testing.labels[i]) right += 1;
  }
  assert.equal(asked.length, 400);
  return right / 400;
}

test('classes can be told apart: the nearest class mean of crude features beats chance', async (t) => {
  for (const { id, classes, trainedClasses = classes.length } of worldTasks) {
    const task = await loadTask(id, noAssets);
    const accuracy = nearestMean(picturesOf(task.train), picturesOf(task.test), trainedClasses, 1200, describers[id] ?? describe);
    const chance = 1 / trainedClasses;
    t.diagnostic(`${id}: ${accuracy.toFixed(3)}, chance ${chance.toFixed(3)}`);
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
