import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { LabelMap } from '../types.ts';

/** Target logits = source logits · ω: `[samples, sources]` → `[samples, targets]`, summed in doubles. */
export function mapLogits(logits: ArrayLike<number>, map: LabelMap): Float32Array {
  const { sources, targets, weights } = map;
  if (logits.length % sources !== 0) {
    throw new RangeError(`${logits.length} logits are not rows of ${sources} source classes.`);
  }
  const samples = logits.length / sources;
  const mapped = new Float32Array(samples * targets);
  for (let i = 0; i < samples; i++) {
    for (let t = 0; t < targets; t++) {
      let sum = 0;
      for (let s = 0; s < sources; s++) sum += (logits[i * sources + s] ?? 0) * (weights[s * targets + t] ?? 0);
      mapped[i * targets + t] = sum;
    }
  }
  return mapped;
}

/** The same as one operation on tensors, differentiable in the logits; the caller owns the result. */
export function mapLogitsTensor(logits: Tensor, omega: Tensor): Tensor {
  return tf.matMul(logits, omega);
}
