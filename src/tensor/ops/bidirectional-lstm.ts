import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { entry } from '../params.ts';
import type { Params } from '../params.ts';

/** One direction over x `[steps, in]` → `[steps, hidden]`, from zeros; gates in torch's order: input, forget, cell, output. */
function oneDirection(params: Params, name: string, suffix: string, x: Tensor): Tensor {
  const w = (part: string): Tensor => entry(params, `${name}.${part}_${suffix}`);
  const asked = tf.add(tf.matMul(x, w('weight_ih'), false, true), w('bias_ih'));
  const [steps = 0] = x.shape;
  const hiddenWidth = w('weight_hh').shape[1] ?? 0;
  let [hidden, cell]: [Tensor, Tensor] = [tf.zeros([1, hiddenWidth]), tf.zeros([1, hiddenWidth])];
  const states: Tensor[] = [];
  for (let step = 0; step < steps; step += 1) {
    const recalled = tf.add(tf.matMul(hidden, w('weight_hh'), false, true), w('bias_hh'));
    const gates = tf.add(tf.slice(asked, [step, 0], [1, 4 * hiddenWidth]), recalled);
    const [input, forget, candidate, output] = tf.split(gates, 4, 1);
    if (!input || !forget || !candidate || !output) throw new Error('An LSTM has four gates.');
    cell = tf.add(tf.mul(tf.sigmoid(forget), cell), tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    hidden = tf.mul(tf.sigmoid(output), tf.tanh(cell));
    states.push(hidden);
  }
  return tf.concat(states, 0);
}

/** Rows in the opposite order, by ops that have gradients on every back-end. */
function reversed(x: Tensor): Tensor {
  const [rows = 0] = x.shape;
  return tf.gather(x, tf.tensor1d(Int32Array.from({ length: rows }, (_, row) => rows - 1 - row), 'int32'));
}

/**
 * torch's `LSTM(bidirectional=True)` over one sequence: as many layers as there are `<name>.weight_ih_l<layer>`, each seeing
 * both directions of the one below; x `[steps, in]` → `[steps, 2·hidden]`.
 */
export function bidirectionalLstm(params: Params, name: string, x: Tensor): Tensor {
  let state = x;
  for (let layer = 0; params[`${name}.weight_ih_l${layer}`]; layer += 1) {
    const backward = reversed(oneDirection(params, name, `l${layer}_reverse`, reversed(state)));
    state = tf.concat([oneDirection(params, name, `l${layer}`, state), backward], 1);
  }
  if (state === x) throw new Error(`There is no LSTM '${name}' among ${Object.keys(params).join(', ')}.`);
  return state;
}
