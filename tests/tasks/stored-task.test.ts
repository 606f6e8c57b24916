import assert from 'node:assert/strict';
import test from 'node:test';
import { findTask, loadTask, pictureAt, taskIds, taskRows } from '../../src/tasks/index.ts';
import type { OpenedAsset, TensorData } from '../../src/assets/index.ts';
import { bytes, noAssets, oneAsset } from './fixtures.ts';

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
  assert.deepEqual(task.train.shape, [3, 2, 1]);
  assert.equal(task.train.count, 6);
  assert.deepEqual([...task.train.labels], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual([...task.test.labels], [9, 9]);
  assert.deepEqual([...pictureAt(task.test, 1)], [106, 107, 108, 109, 110, 111]);
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
  for (const { id, title, classes, licence, generated, citation } of taskRows) {
    assert.match(id, /^[a-z0-9-]+$/);
    assert.ok(title.length > 0 && licence.length > 0);
    assert.ok(classes.length >= 2 && new Set(classes).size === classes.length, id);
    assert.ok(generated || citation, `${id} has nothing to cite`);
  }
});
