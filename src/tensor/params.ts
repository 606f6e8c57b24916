import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A parameter tree, flat: dotted names to tensors (`'prompt'`, `'blocks.0.attention.query.weight'`). */
export type Params = Readonly<Record<string, Tensor>>;

/** The tensor of that name. @throws with the names there are when it is missing. */
export function entry(tree: Params, name: string): Tensor {
  const tensor = tree[name];
  if (!tensor) throw new Error(`There is no '${name}' among ${Object.keys(tree).join(', ')}.`);
  return tensor;
}

/** How many numbers the tree holds. */
export function countNumbers(params: Params): number {
  return Object.values(params).reduce((sum, tensor) => sum + tensor.size, 0);
}

/** Frees every tensor of the tree. */
export function disposeParams(params: Params): void {
  for (const tensor of Object.values(params)) tensor.dispose();
}

/** Applies `f` to every tensor; the names stay. */
export function mapParams(params: Params, f: (tensor: Tensor, name: string) => Tensor): Params {
  return Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name, f(tensor, name)]));
}

/**
 * SHA-256 (hex) over names, shapes and the little-endian bytes of all values, in the order of the names:
 * equal digests mean equal bits. The empty tree has a digest too.
 */
export function digestParams(params: Params): string {
  const hash = sha256.create();
  for (const name of Object.keys(params).sort()) {
    const tensor = params[name];
    if (!tensor) continue;
    hash.update(utf8ToBytes(`${name}:${tensor.dtype}:${tensor.shape.join('x')}\n`));
    const values = tensor.dataSync();
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return bytesToHex(hash.digest());
}

/**
 * The value of a scalar loss and its gradient with respect to every tensor of `params`.
 * The caller owns what is returned. Gradients that nothing asks for are never computed.
 */
export function valueAndGradients(loss: (params: Params) => Tensor, params: Params): { value: Tensor; gradients: Params } {
  const names = Object.keys(params);
  const tensors = names.map((name) => params[name] as Tensor);
  const { value, grads } = tf.engine().gradients(() => loss(params).asScalar(), tensors);
  return { value, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i] as Tensor])) };
}
