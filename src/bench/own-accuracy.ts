import { featuresOf } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { argmaxRows, wholeCanvas } from '../reprogramming/index.ts';
import { examplesToTensor } from '../tasks/index.ts';
import type { Task } from '../tasks/index.ts';
import { tf } from '../tensor/index.ts';
import type { BackendInfo } from '../tensor/index.ts';

/** How well a frozen model does the task that it was trained for, without anything around it. */
export interface OwnAccuracy {
  readonly task: string;
  /** Digest of the task's content. */
  readonly taskDigest: string;
  readonly split: 'test';
  /** Pictures measured: all test pictures of the task. */
  readonly n: number;
  readonly correct: number;
  /** correct / n. */
  readonly accuracy: number;
  readonly backend: Pick<BackendInfo, 'name' | 'kernels'>;
}

const batch = 250;

/**
 * Shows a model every test picture of its own task and counts the right answers; equal logits: the lowest index.
 *
 * @throws {RangeError} where the task's classes aren't the model's, in the order of its outputs.
 */
export function ownAccuracy(model: FrozenModel, task: Task, { name, kernels }: BackendInfo): OwnAccuracy {
  const { architecture, weights, classes } = model;
  if (classes.length !== task.classes.length || classes.some((label, i) => label !== task.classes[i])) {
    throw new RangeError(`${model.id} answers in the classes ${classes.join(', ')}; ${task.id} has ${task.classes.join(', ')}.`);
  }
  const { input, outputs } = architecture;
  const { test } = task;
  let correct = 0;
  for (let start = 0; start < test.count; start += batch) {
    const indices = Int32Array.from({ length: Math.min(batch, test.count - start) }, (_, i) => start + i);
    const logits = tf.tidy(() => {
      const x = examplesToTensor(test, indices, input, wholeCanvas(input));
      const heard = architecture.frontEnd?.compute(x) ?? x;
      return Float32Array.from(architecture.classify(weights, featuresOf(architecture, weights, heard)).dataSync());
    });
    argmaxRows(logits, outputs).forEach((answer, i) => (correct += answer === test.labels[start + i] ? 1 : 0));
  }
  return {
    task: task.id,
    taskDigest: task.digest,
    split: 'test',
    n: test.count,
    correct,
    accuracy: correct / test.count,
    backend: { name, kernels },
  };
}
