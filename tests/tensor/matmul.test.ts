import { test } from 'node:test';
import { tf } from '../../src/tensor/index.ts';
import { assertEqualsCpu, drawn } from './compare.ts';

const sizes = [
  [1, 1, 1], [3, 5, 7], [4, 8, 16], [75, 75, 32], [75, 32, 75], [97, 130, 300], [200, 9, 513], [5, 600, 257],
] as const;
const flags = [false, true] as const;

test('matmul in all transpositions equals the cpu back-end', async (t) => {
  let compared = 0;
  for (const [m, n, k] of sizes) {
    for (const ta of flags) {
      for (const tb of flags) {
        compared += await assertEqualsCpu(
          (a, b) => tf.matMul(a, b, ta, tb), [drawn(ta ? [k, m] : [m, k]), drawn(tb ? [n, k] : [k, n])],
        );
      }
    }
  }
  t.diagnostic(`${compared} numbers`);
});

test('batched matmul equals the cpu back-end, with shared and broadcast operands', async (t) => {
  let compared = 0;
  for (const [m, n, k] of sizes.slice(0, 5)) {
    for (const ta of flags) {
      for (const tb of flags) {
        const [a, b] = [ta ? [k, m] : [m, k], tb ? [n, k] : [k, n]];
        for (const [leadingA, leadingB] of [
          [[2, 3], [2, 3]], [[3], [1]], [[1], [3]], [[2, 1], [1, 3]], [[1, 3], [2, 3]],
        ] as const) {
          compared += await assertEqualsCpu(
            (x, y) => tf.matMul(x, y, ta, tb), [drawn([...leadingA, ...a]), drawn([...leadingB, ...b])],
          );
        }
      }
    }
  }
  t.diagnostic(`${compared} numbers`);
});

test('matmul with a fused bias equals the cpu back-end', async () => {
  for (const [m, n, k] of sizes) {
    for (const transposeB of flags) {
      const b = drawn(transposeB ? [n, k] : [k, n]);
      await assertEqualsCpu(
        (x, y, bias) => tf.fused.matMul({ a: x, b: y, transposeB, bias }), [drawn([m, k]), b, drawn([n])],
      );
    }
  }
});

test('infinities and NaN pass through matmul', async () => {
  const a = drawn([9, 11]);
  a.values.set([Infinity, -Infinity, NaN], 20);
  await assertEqualsCpu((x, y) => tf.matMul(x, y), [a, drawn([11, 13])]);
});

test('empty operands give empty or zero results', async () => {
  await assertEqualsCpu((x) => [tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])), x], [drawn([2])]);
});
