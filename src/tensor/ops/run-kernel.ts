import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

type Attributes = NonNullable<Parameters<ReturnType<typeof tf.engine>['runKernel']>[2]>;

/** Whether the present back-end has the kernel `name`; where not, an op is composed of tfjs's ops. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a kernel with all its results. */
export function runKernelForAll(
  name: string, inputs: Readonly<Record<string, Tensor>>, attributes: Attributes = {},
): readonly Tensor[] {
  const result: Tensor | Tensor[] = tf.engine().runKernel(name, inputs, attributes);
  return Array.isArray(result) ? result : [result];
}

/** Runs a kernel that has one result. */
export function runKernel(name: string, inputs: Readonly<Record<string, Tensor>>, attributes: Attributes = {}): Tensor {
  const [result] = runKernelForAll(name, inputs, attributes);
  if (!result) throw new Error(`The kernel ${name} gave no result.`);
  return result;
}
