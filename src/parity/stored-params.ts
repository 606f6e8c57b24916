import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { shapeOf, valuesOf } from './compare.ts';
import type { OracleCase } from './types.ts';

/** The stored tensors whose names begin with one of the roles (`'frozen.'`), named without it. The caller owns them. */
export function storedParams(oracle: OracleCase, ...roles: readonly string[]): Params {
  const tree: Record<string, Tensor> = {};
  for (const [name, { shape, values }] of oracle.tensors) {
    const role = roles.find((prefix) => name.startsWith(prefix));
    if (role !== undefined) tree[name.slice(role.length)] = tf.tensor(values, [...shape]);
  }
  return tree;
}

/** A stored tensor; the caller owns it. */
export function storedTensor(oracle: OracleCase, name: string): Tensor {
  return tf.tensor(valuesOf(oracle, name), [...shapeOf(oracle, name)]);
}

/** Stored pictures (batch, channel, row, column) as `[batch, rows, columns, channels]`; the caller owns them. */
export function storedPictures(oracle: OracleCase, name: string): Tensor {
  return tf.tidy(() => tf.transpose(storedTensor(oracle, name), [0, 2, 3, 1]));
}
