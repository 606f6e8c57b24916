import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

interface Definition {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Computes the value; `save` keeps tensors for the gradient, where one will be taken. */
  readonly forward: (save: (tensors: Tensor[]) => void) => Tensor;
  /** From the value's gradient and what was saved: the gradient of each input, computed only when it is asked for. */
  readonly gradients: (dy: Tensor, saved: readonly Tensor[]) => Readonly<Record<string, () => Tensor>>;
}

/** The part of tfjs's engine under `customGrad` that takes gradients one by one; not public, the same since 2.0. */
interface TapeEngine {
  readonly runKernelFunc: (definition: {
    inputs: Record<string, Tensor>;
    forwardFunc: (backend: unknown, save: (tensors: Tensor[]) => void) => Tensor;
    backwardsFunc: (dy: Tensor, saved: Tensor[]) => Record<string, () => Tensor>;
  }) => Tensor;
}

/**
 * A value with its own rule for gradients, forward and backward side by side. Unlike `tf.customGrad`, a gradient that
 * nothing asks for (that of frozen weights) is not computed.
 */
export function differentiable({ inputs, forward, gradients }: Definition): Tensor {
  const engine = tf.engine() as unknown as TapeEngine;
  return engine.runKernelFunc({
    inputs: { ...inputs },
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: (dy, saved) => ({ ...gradients(dy, saved) }),
  });
}
