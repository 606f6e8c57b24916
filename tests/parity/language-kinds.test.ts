import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCases } from '../../src/parity/index.ts';
import type { OracleCase } from '../../src/parity/index.ts';
import { findRunners, readCases } from '../../src/parity/index.node.ts';
import { nextTokenLoss } from '../../src/parity/language-case.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';

const oracles = fileURLToPath(new URL('../oracles/', import.meta.url));
before(() => useBackend('wasm'));

type Change = (oracle: OracleCase) => Partial<OracleCase>;
const swap = (from: string, to: string): Change => ({ json }) => {
  const text = JSON.stringify(json);
  assert.ok(text.includes(from), `${from} is not in the case`);
  return { json: JSON.parse(text.replace(from, to)) };
};
const withValue = (name: string, index: number, change: (value: number) => number): Change => ({ id, tensors }) => {
  const tensor = tensors.get(name) ?? assert.fail(`${id} has no ${name}`);
  const values = tensor.values.slice();
  values[index] = change(values[index] ?? NaN);
  return { tensors: new Map([...tensors, [name, { ...tensor, values }]]) };
};

test('small mistakes in language models are noticed', async () => {
  const mistakes: readonly (readonly [id: string, change: Change])[] = [
    ['llama-greedy-a', swap('"rope_theta":10000', '"rope_theta":10010')],
    ['llama-greedy-a', swap('"rms_norm_eps":0.00001', '"rms_norm_eps":0.00002')],
    ['llama-greedy-a', withValue('expect.generated', 23, (id) => (id + 1) % 64)],
    ['peft-llama-prompt-a', withValue('frozen.model.layers.1.mlp.gate_proj.weight', 0, (value) => value + 1e-2)],
    ['peft-gpt2-prompt-a', swap('"layer_norm_epsilon":0.00001', '"layer_norm_epsilon":0.000001')],
    ['peft-gpt2-prompt-a', swap('gelu_new', 'gelu')],
    ['peft-gpt2-prompt-a', withValue('input.attention_mask', 15, () => 1)],
    ['peft-gpt2-prompt-a', withValue('input.labels', 15, () => 3)],
    ['peft-gpt2-prefix-a', withValue('init.prompt_encoder.embedding.weight', 100, (value) => value + 1e-3)],
    ['peft-gpt2-prefix-mlp', swap('"eps":1e-8', '"eps":1e-7')],
    ['peft-gpt2-ptuning-lstm', swap('"LSTM"', '"MLP"')],
    ['peft-gpt2-ptuning-mlp', withValue('expect.step10.prompt_encoder.mlp_head.2.bias', 0, (value) => value + 1e-4)],
    ['peft-gpt2-lora-warm', swap('"alpha":2', '"alpha":2.01')],
    ['peft-gpt2-lora-warm', swap('"weightDecay":0.1', '"weightDecay":0.101')],
    ['peft-gpt2-ia3-a', swap('"feedforward":["mlp.c_proj"]', '"feedforward":["c_attn"]')],
  ];
  const runners = await findRunners();
  for (const [index, [id, change]] of mistakes.entries()) {
    const [found] = readCases(join(oracles, id), 1);
    assert.ok(found && 'oracle' in found, id);
    const [report] = await runCases([{ oracle: { ...found.oracle, ...change(found.oracle) } }], runners);
    assert.equal(report?.status, 'failed', `mistake ${index}, in ${id}, went unnoticed`);
  }
});

test('a label is predicted one place before it; ignored labels and the first without a prompt are left out', () => {
  const logits = tf.tensor3d([[[1, 0, 0], [0, 2, 0], [0, 0, 3]], [[4, 0, 0], [0, 5, 0], [0, 0, 6]]]);
  const minusLog = (chosen: number, others: readonly number[]): number => Math.log([chosen, ...others].reduce((sum, x) => sum + Math.exp(x), 0)) - chosen;
  const value = (labels: number[][]): number => tf.tidy(() => nextTokenLoss(logits, tf.tensor2d(labels, undefined, 'int32')).dataSync()[0] ?? NaN);
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-6, `${a} instead of ${b}`);
  // as many rows as labels: row 0 predicts label 1
  near(value([[2, 0, 1], [-100, -100, 1]]), (minusLog(1, [0, 0]) + minusLog(2, [0, 0]) + minusLog(5, [0, 0])) / 3);
  // one row of a prompt in front: row 0 predicts label 0
  near(value([[0, 0], [-100, 1]]), (minusLog(1, [0, 0]) + minusLog(0, [2, 0]) + minusLog(5, [0, 0])) / 3);
});
