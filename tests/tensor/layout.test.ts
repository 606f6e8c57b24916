import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, useBackend } from '../../src/tensor/index.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

function orders(rank: number): number[][] {
  if (rank === 1) return [[0]];
  return orders(rank - 1).flatMap((order) => Array.from(
    { length: rank }, (_, i) => [...order.slice(0, i), rank - 1, ...order.slice(i)],
  ));
}

test('transpose equals the cpu back-end in every order of the axes up to rank 5, and some of rank 6', async (t) => {
  let examined = 0;
  for (const shape of [
    [7], [5, 9], [64, 33], [4, 5, 6], [3, 8, 5, 4], [1, 4, 1, 8], [2, 3, 4, 5, 6], [4, 1, 8, 4, 1],
  ]) {
    const all = orders(shape.length);
    examined += all.length;
    await assertEqualsCpu((x) => all.map((order) => tf.transpose(x, order)), [drawn(shape)], 0);
  }
  await assertEqualsCpu(
    (x) => [[5, 4, 3, 2, 1, 0], [0, 2, 4, 1, 3, 5], [3, 0, 5, 2, 1, 4]].map((order) => tf.transpose(x, order)),
    [drawn([2, 3, 4, 2, 3, 5])], 0,
  );
  t.diagnostic(`${examined + 3} orders`);
  assert.equal(examined, 1 + 2 + 2 + 6 + 24 + 24 + 120 + 120);
});

test('integers are transposed too, and truth values by tfjs', async () => {
  await assertEqualsCpu(
    (x) => [tf.transpose(x.toInt(), [1, 0]).toFloat(), tf.transpose(tf.greater(x, 0), [1, 0]).toFloat()],
    [drawn([5, 6], 100)], 0,
  );
});

test('tile equals the cpu back-end', async () => {
  await assertEqualsCpu((x) => [tf.tile(x, [4, 1, 1]), tf.tile(x, [1, 2, 3])], [drawn([1, 5, 3])], 0);
});

test('the gradient of tile equals the cpu back-end, bit by bit where whole tensors repeat', async () => {
  const inputs = [drawn([1, 5, 3])];
  await assertEqualsCpu(withGradients((x) => tf.tile(x, [64, 1, 1])), inputs, 0);
  await assertEqualsCpu(withGradients((x) => tf.tile(x, [2, 1, 3])), inputs, 1e-6);
});

test('slices and splits equal the cpu back-end along any axes', async () => {
  await assertEqualsCpu(
    (x) => [
      tf.slice(x, [0, 0, 0, 0], [3, 1, 5, 6]), tf.slice(x, [1, 2, 3, 4], [2, 2, 2, 2]),
      tf.slice(x, [2, 0, 0, 5], [1, 4, 5, 1]), tf.slice(tf.greater(x, 0), [1, 1], [2, 2]).toFloat(), tf.slice(x, 1, 2),
      tf.slice(x, [1], [1]), tf.slice(x, [0, 1, 0, 0], [-1, 2, -1, -1]), tf.slice(x.toInt(), [0, 3], [3, 1]).toFloat(),
      ...tf.split(x, [1, 3], 1), ...tf.split(x, 3, -1), ...tf.split(x, [2, 1], 0), ...tf.split(x.reshape([-1]), [100, 260]),
    ],
    [drawn([3, 4, 5, 6], 9)], 0,
  );
  await assertEqualsCpu(withGradients((x, y) => tf.concat([x, y], 1)), [drawn([4, 3, 5]), drawn([4, 2, 5])], 0);
  await assertEqualsCpu(withGradients((x) => tf.pad(x, [[0, 0], [2, 1], [0, 3]])), [drawn([4, 3, 5])], 0);
});

test('rows that are picked equal the cpu back-end, whatever their number and order', async () => {
  await assertEqualsCpu(
    (x) => [
      tf.gather(x, tf.tensor1d([4, 0, 0, 2], 'int32')), tf.gather(x, tf.tensor2d([1, 4, 3, 3, 0, 2], [2, 3], 'int32')),
      tf.gather(x.reshape([-1]), tf.tensor1d([29, 0, 7], 'int32')), tf.gather(x, tf.tensor1d([1, 0], 'int32'), 1),
      tf.gather(x.toInt(), tf.tensor1d([3, 1], 'int32')).toFloat(), tf.gather(x, tf.scalar(2, 'int32')),
    ],
    [drawn([5, 3, 2], 9)], 0,
  );
  await assertEqualsCpu(withGradients((x) => tf.gather(x, tf.tensor1d([4, 0, 0, 2], 'int32'))), [drawn([5, 6])], 1e-6);
  await assert.rejects(resultsOn('wasm', (x) => tf.gather(x, tf.tensor1d([5], 'int32')), [drawn([5, 6])]), /index/i);
});

test('what is joined along any axis equals the cpu back-end, short pieces and long ones', async () => {
  await assertEqualsCpu(
    (x, y) => [
      ...[0, 1, 2, -1].map((axis) => tf.concat([x, y], axis)), tf.concat([x, y, x], -1), tf.concat([x, tf.zeros([4, 0, 5]), y], 1),
      tf.concat([x.toInt(), y.toInt()], 2).toFloat(), tf.concat([tf.greater(x, 0), tf.greater(y, 0)], 2).toFloat(),
      tf.concat([tf.tile(x, [1, 1, 40]), y], -1), tf.stack([x, y], -1),
    ],
    [drawn([4, 3, 5], 9), drawn([4, 3, 5], 9)], 0,
  );
});

test('a cast to the same type shares its numbers and outlives what it was made from', async () => {
  await useBackend('wasm');
  const x = tf.tensor1d([1.5, -2]);
  const same = tf.cast(x, 'float32');
  x.dispose();
  assert.deepEqual([...same.dataSync()], [1.5, -2]);
  assert.deepEqual([...tf.cast(same, 'int32').dataSync()], [1, -2]);
  same.dispose();
});

test('an impossible slice is refused as by tfjs', async () => {
  await assert.rejects(resultsOn('wasm', (x) => tf.slice(x, [2], [4]), [drawn([5])]), /slice/i);
});

test('a copy shares its numbers and outlives what it was made from', async () => {
  await useBackend('wasm');
  const x = tf.tensor1d([1, 2, 3]);
  const copy = tf.clone(x);
  x.dispose();
  const other = tf.tensor1d([7, 8, 9]);
  assert.deepEqual([...copy.dataSync()], [1, 2, 3]);
  copy.dispose();
  other.dispose();
});
