import assert from 'node:assert/strict';
import test from 'node:test';
import { createGenerator } from '../../src/random/index.ts';
import { drawSplit, findTask, loadTask, pictureAt, taskIds, taskRows } from '../../src/tasks/index.ts';
import { wavesBackToBack } from '../../src/tasks/wave-set.ts';
import type { OpenedAsset, TensorData } from '../../src/assets/index.ts';
import { bytes, noAssets, oneAsset, picturesOf, smallTask, wavesOf } from './fixtures.ts';

const asset = (changes: Record<string, TensorData | undefined> = {}, text: readonly (readonly [string, string])[] = []): OpenedAsset => {
  const tensors: Record<string, TensorData | undefined> = {
    'train-images': bytes([6, 3, 2], (i) => i),
    'train-labels': bytes([6], (i) => i),
    'test-images': bytes([2, 3, 2], (i) => 100 + i),
    'test-labels': bytes([2], () => 9),
    ...changes,
  };
  const present = Object.entries(tensors).flatMap(([name, tensor]) => (tensor ? [[name, tensor] as const] : []));
  return { id: 'mnist', digest: 'the digest of the asset', tensors: new Map(present), text: new Map(text) };
};

test('a stored task takes pictures, labels and digest from its asset', async () => {
  const task = await loadTask('mnist', oneAsset(asset()));
  assert.equal(task.id, 'mnist');
  assert.equal(task.digest, 'the digest of the asset');
  assert.equal(task.generated, false);
  assert.equal(task.classes.length, 10);
  assert.deepEqual(picturesOf(task.train).shape, [3, 2, 1]);
  assert.equal(task.train.count, 6);
  assert.deepEqual([...task.train.labels], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual([...task.test.labels], [9, 9]);
  assert.deepEqual([...pictureAt(picturesOf(task.test), 1)], [106, 107, 108, 109, 110, 111]);
});

test('an asset that is not what the catalogue says is refused with what is wrong', async () => {
  const cases: readonly (readonly [OpenedAsset, RegExp])[] = [
    [asset({ 'train-labels': undefined }), /asset mnist: there is no tensor train-labels/],
    [asset({ 'test-labels': bytes([3], () => 0) }), /2 pictures but 3 labels in part test/],
    [asset({ 'train-labels': bytes([6], (i) => (i === 4 ? 10 : 0)) }), /train-labels: number 4 is 10, the classes are 0 to 9/],
    [asset({ 'test-images': bytes([6, 2], () => 0) }), /test-images has the shape \[6, 2\]/],
    [asset({ 'train-images': { dtype: 'float32', shape: [6, 3, 2], values: new Float32Array(36) } }), /float32, not bytes/],
    [asset({}, [['classes', 'zero\none\n']]), /asset mnist names the classes zero, one; the catalogue/],
  ];
  for (const [opened, message] of cases) await assert.rejects(loadTask('mnist', oneAsset(opened)), message);
});

test('an asset that names the same classes is taken', async () => {
  const { classes } = findTask('mnist');
  const task = await loadTask('mnist', oneAsset(asset({}, [['classes', `${classes.join('\n')}\n`]])));
  assert.deepEqual(task.classes, classes);
});

test('without the asset its error comes through; generated tasks need none', async () => {
  await assert.rejects(loadTask('cifar10', noAssets), /no asset cifar10 here/);
  const generated = taskRows.filter((row) => row.generated);
  assert.ok(generated.length >= 4);
  for (const { id, classes } of generated) assert.deepEqual((await loadTask(id, noAssets)).classes, classes);
});

test('an unknown task is refused with the nearest name', async () => {
  await assert.rejects(loadTask('fashon-mnist', noAssets), /unknown task "fashon-mnist"; did you mean "fashion-mnist"\?/);
  await assert.rejects(loadTask('qqqqqqqqqqqqqqq', noAssets), /Known: world-shapes, /);
});

test('the catalogue names each task once, with distinct classes and a licence', () => {
  assert.ok(taskRows.length >= 8);
  assert.equal(new Set(taskIds).size, taskRows.length);
  for (const { id, title, classes, kind, licence, generated, citation } of taskRows) {
    assert.match(id, /^[a-z0-9-]+$/);
    assert.ok(title.length > 0 && licence.length > 0);
    assert.ok(classes.length >= 2 || (kind === 'texts' && classes.length === 0), id);
    assert.equal(new Set(classes).size, classes.length, id);
    assert.ok(generated || citation, `${id} has nothing to cite`);
  }
});

const waveAsset = (id: string, changes: Record<string, TensorData | undefined> = {}): OpenedAsset => {
  const floats = (shape: readonly number[], value: (i: number) => number): TensorData => ({
    dtype: 'float32',
    shape,
    values: Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, (_, i) => value(i)),
  });
  const ints = (...values: readonly number[]): TensorData => ({ dtype: 'int32', shape: [values.length], values: Int32Array.from(values) });
  const tensors: Record<string, TensorData | undefined> = {
    'sample-rate': ints(8000),
    'train-waves': floats([6], (i) => i - 4),
    'train-lengths': ints(1, 3, 2),
    'train-labels': bytes([3], (i) => i),
    'test-waves': floats([4], (i) => 10 * i),
    'test-lengths': ints(2, 2),
    'test-labels': bytes([2], () => 1),
    ...changes,
  };
  const present = Object.entries(tensors).flatMap(([name, tensor]) => (tensor ? [[name, tensor] as const] : []));
  return { id, digest: 'the digest of the asset', tensors: new Map(present), text: new Map() };
};

test('a stored task of sound takes clips of any length, their rate and the training pool’s peak', async () => {
  const task = await loadTask('spoken-digits', oneAsset(waveAsset('spoken-digits')));
  const [train, testing] = [wavesOf(task.train), wavesOf(task.test)];
  assert.deepEqual([0, 1, 2].map((i) => [...train.waves(i)]), [[-4], [-3, -2, -1], [0, 1]]);
  assert.deepEqual([...testing.waves(1)], [20, 30]);
  assert.deepEqual([train.sampleRate, train.length, train.count, train.peak], [8000, null, 3, 4]);
  assert.deepEqual([testing.sampleRate, testing.length, testing.count, testing.peak], [8000, 2, 2, 4]);
  assert.deepEqual([...train.labels], [0, 1, 2]);
  assert.throws(() => train.waves(3), /no wave 3 in a set of 3/);
});

test('a stored task of series has no rate and one length', async () => {
  const tables = (length: number): OpenedAsset =>
    waveAsset('ucr-worms', {
      'sample-rate': undefined,
      'train-waves': { dtype: 'float32', shape: [3, length], values: Float32Array.from({ length: 3 * length }, (_, i) => (i === length + 1 ? -7 : i % 5)) },
      'train-lengths': undefined,
    });
  const task = await loadTask('ucr-worms', oneAsset(tables(900)));
  const train = wavesOf(task.train);
  assert.deepEqual([train.sampleRate, train.length, train.count, train.peak], [null, 900, 3, 7]);
  assert.deepEqual([...train.waves(1).slice(0, 3)], [0, -7, 2]);
  await assert.rejects(loadTask('ucr-worms', oneAsset(tables(2))), /its series have 2 values, and the catalogue of tasks expects 900/);
});

test('an asset of waves that is not what the catalogue says is refused with what is wrong', async () => {
  const cases: readonly (readonly [OpenedAsset, RegExp])[] = [
    [waveAsset('spoken-digits', { 'train-labels': bytes([2], () => 0) }), /3 waves but 2 labels in part train/],
    [waveAsset('spoken-digits', { 'test-labels': bytes([2], () => 10) }), /test-labels: number 0 is 10, the classes are 0 to 9/],
    [waveAsset('spoken-digits', { 'test-lengths': undefined }), /there is no tensor test-lengths/],
    [waveAsset('spoken-digits', { 'test-lengths': bytes([2], () => 3) }), /test-lengths do not add up to the 4 values/],
    [waveAsset('spoken-digits', { 'test-waves': bytes([4], () => 3) }), /test-waves holds uint8, not float32/],
    [waveAsset('spoken-digits', { 'sample-rate': undefined }), /it holds series, and the catalogue of tasks expects sound/],
    [waveAsset('mnist'), /it holds sound, and the catalogue of tasks expects pictures/],
  ];
  for (const [opened, message] of cases) await assert.rejects(loadTask(opened.id, oneAsset(opened)), message);
});

test('a split of waves is drawn as one of pictures with the same labels, and refuses in the words of the task', async () => {
  const labels = Array.from({ length: 40 }, (_, i) => i % 3);
  const waves = wavesBackToBack(new Float32Array(40), new Int32Array(40).fill(1), Int32Array.from(labels), { sampleRate: 8000 });
  const pictures = smallTask(labels, labels, 3);
  const sound = { ...pictures, train: waves, test: waves };
  const sizes = { train: 12, validation: 3, test: 10 };
  assert.deepEqual(drawSplit(sound, sizes, createGenerator(1)), drawSplit(pictures, sizes, createGenerator(1)));
  assert.throws(() => drawSplit(sound, { ...sizes, test: 41 }, createGenerator(1)), /asks for 41 test clips; the test pool of small has 40/);
});
