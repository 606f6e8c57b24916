import type { TensorData } from '../assets/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';

/** The tensor of that name as float32 values; throws with the names there are when it's missing or of another type. */
export function floatValues(
  tensors: ReadonlyMap<string, TensorData>,
  name: string,
): { shape: readonly number[]; values: Float32Array } {
  const data = tensors.get(name);
  if (!data) throw new Error(`The weights lack "${name}"; they hold ${[...tensors.keys()].slice(0, 8).join(', ')}, ….`);
  if (!(data.values instanceof Float32Array)) throw new Error(`"${name}" is ${data.dtype}; a weight must be float32.`);
  return { shape: data.shape, values: data.values };
}

/** Float tensors as a parameter tree, under their own names or as `rename` says (`null` leaves one out). */
export function toParams(
  tensors: ReadonlyMap<string, TensorData>,
  rename: (name: string) => string | null = (name) => name,
): Params {
  return Object.fromEntries(
    [...tensors.keys()].flatMap((name) => {
      const ours = rename(name);
      if (ours === null) return [];
      const { shape, values } = floatValues(tensors, name);
      return [[ours, tf.tensor(values, [...shape])] as const];
    }),
  );
}
