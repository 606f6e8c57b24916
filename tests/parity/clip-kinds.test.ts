import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCases } from '../../src/parity/index.ts';
import type { OracleCase } from '../../src/parity/index.ts';
import { findRunners, readCases } from '../../src/parity/index.node.ts';
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

test('cases of CLIP agree whatever they are called, and leave no tensors behind', async (t) => {
  const runners = await findRunners();
  let compared = 0;
  for (const id of ['clip-zero-shot-a', 'clip-visual-prompt-lr40', 'clip-coop-csc']) {
    const [found] = readCases(join(oracles, id), 1);
    assert.ok(found && 'oracle' in found, id);
    const tensors = tf.memory().numTensors;
    const [report] = await runCases([{ oracle: { ...found.oracle, id: 'any name' } }], runners);
    assert.equal(report?.status, 'passed', `${id}: ${JSON.stringify(report)}`);
    assert.equal(tf.memory().numTensors, tensors, id);
    compared += report.checks;
  }
  t.diagnostic(`${compared} compared`);
});

test('small mistakes in CLIP are noticed', async (t) => {
  const mistakes: readonly (readonly [id: string, change: Change])[] = [
    ['clip-zero-shot-a', swap('"layer_norm_eps":0.00001', '"layer_norm_eps":0.00002')],
    ['clip-zero-shot-a', swap('"hidden_act":"quick_gelu"', '"hidden_act":"gelu"')],
    ['clip-zero-shot-a', swap('"templates":3', '"templates":2')],
    ['clip-zero-shot-a', swap('"eos_token_id":59', '"eos_token_id":1')],
    ['clip-zero-shot-a', withValue('frozen.logit_scale', 0, (value) => value + 1e-4)],
    ['clip-zero-shot-a', withValue('frozen.vision_model.pre_layrnorm.bias', 0, (value) => value + 1e-3)],
    ['clip-zero-shot-a', withValue('frozen.text_model.encoder.layers.1.self_attn.k_proj.weight', 0, (value) => value + 1e-2)],
    ['clip-zero-shot-a', withValue('expect.predictions_ensemble', 0, (value) => (value + 1) % 4)],
    ['clip-coop-a', swap('"classTokenPosition":"end"', '"classTokenPosition":"front"')],
    ['clip-coop-a', swap('"weightDecay":0.0005', '"weightDecay":0.0006')],
    ['clip-coop-a', withValue('input.end_positions', 2, (value) => value + 1)],
    ['clip-coop-a', withValue('expect.grad.context', 7, (value) => value + 1e-5)],
    ['clip-coop-csc', swap('"perClass":true', '"perClass":false')],
    ['clip-coop-csc', swap('"context":3', '"context":2')],
    ['clip-visual-prompt-a', swap('"frame":3', '"frame":2')],
    ['clip-visual-prompt-a', swap('"momentum":0.9', '"momentum":0.89')],
    ['clip-visual-prompt-lr40', withValue('input.mask', 0, () => 0)],
    ['clip-visual-prompt-lr40', withValue('expect.step2.delta', 0, (value) => value + 1e-2)],
  ];
  const runners = await findRunners();
  for (const [index, [id, change]] of mistakes.entries()) {
    const [found] = readCases(join(oracles, id), 1);
    assert.ok(found && 'oracle' in found, id);
    const [report] = await runCases([{ oracle: { ...found.oracle, ...change(found.oracle) } }], runners);
    assert.equal(report?.status, 'failed', `mistake ${index}, in ${id}, went unnoticed`);
  }
  t.diagnostic(`${mistakes.length} mistakes`);
});
