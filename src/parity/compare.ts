import type { Tensor } from '../tensor/index.ts';
import type { Check, OracleCase } from './types.ts';

/**
 * Largest |ours − expected| over two arrays; infinite when the lengths differ or a value of ours is not a number,
 * so that neither can pass.
 */
export function largestError(ours: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (ours.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs((ours[i] ?? NaN) - (expected[i] ?? NaN));
    if (!(error <= largest)) largest = Number.isNaN(error) ? Infinity : error;
  }
  return largest;
}

/** Compares values with the stored tensor `name` (in its layout) within the tolerance that the case states. */
export function compare(oracle: OracleCase, name: string, ours: ArrayLike<number>): Check {
  return {
    tensor: name,
    error: largestError(ours, valuesOf(oracle, name)),
    tolerance: oracle.tolerance(name),
  };
}

/** {@link compare} for a tensor, which it frees. */
export function compareTensor(oracle: OracleCase, name: string, ours: Tensor): Check {
  const values = ours.dataSync();
  ours.dispose();
  return compare(oracle, name, values);
}

/** The stored values of a tensor. @throws when the case has no tensor of that name. */
export function valuesOf(oracle: OracleCase, name: string): Float32Array | Int32Array | Uint8Array {
  return tensorOf(oracle, name).values;
}

/** The stored shape of a tensor. @throws when the case has no tensor of that name. */
export function shapeOf(oracle: OracleCase, name: string): readonly number[] {
  return tensorOf(oracle, name).shape;
}

function tensorOf(oracle: OracleCase, name: string) {
  const tensor = oracle.tensors.get(name);
  if (!tensor) throw new Error(`The case has no tensor '${name}'.`);
  return tensor;
}
