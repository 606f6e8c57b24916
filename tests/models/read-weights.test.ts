import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TensorData } from '../../src/assets/index.ts';
import { kwt1Options } from '../../src/models/index.ts';
import { readKwt } from '../../src/models/read-kwt.ts';
import { readVit } from '../../src/models/read-vit.ts';
import { vitShapes } from '../../src/models/vit.ts';
import { worldVitOptions } from '../../src/models/world-vit.ts';
import { checkTensors } from '../../src/models/weight-shapes.ts';
import { disposeParams, useBackend } from '../../src/tensor/index.ts';

before(() => useBackend('wasm'));

const zeros = (shape: readonly number[]): TensorData => ({
  dtype: 'float32',
  shape,
  values: new Float32Array(shape.reduce((product, n) => product * n, 1)),
});

/** What a call throws, as text. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return assert.fail('it was read');
}

test('a vision transformer reads its own tensors, and names all that are missing, unfit or not known at once', () => {
  const good = new Map(vitShapes(worldVitOptions).map(([name, shape]) => [name, zeros(shape)]));
  const weights = readVit(good, worldVitOptions);
  assert.equal(Object.keys(weights).length, good.size);
  disposeParams(weights);

  const bad = new Map(good);
  bad.delete('embed.class');
  bad.delete('blocks.3.mlp.out.bias');
  bad.set('head.weight', zeros([30, 64]));
  bad.set('norm.gain', { dtype: 'int32', shape: [64], values: new Int32Array(64) });
  bad.set('blocks.4.norm1.gain', zeros([64]));
  bad.set('extra', zeros([1]));
  const message = refusal(() => readVit(bad, worldVitOptions));
  for (const part of [
    'missing: embed.class [1, 1, 64], blocks.3.mlp.out.bias [64]',
    'norm.gain is int32 [64] instead of float32 [64]',
    'head.weight is float32 [30, 64] instead of float32 [64, 30]',
    'not known: blocks.4.norm1.gain, extra',
  ]) {
    assert.ok(message.includes(part), `${part}\n${message}`);
  }
});

test('a keyword transformer names all tensors that are missing, unfit or not known at once', () => {
  const message = refusal(() =>
    readKwt(
      new Map([
        ['class_emb', zeros([1, 1, 32])],
        ['another', zeros([3])],
        ['a number of the graph', zeros([])],
        ['speech_features/windowing/mul/y', zeros([480])],
      ]),
      { ...kwt1Options, depth: 2 },
    ),
  );
  for (const part of [
    'pos_emb [1, 99, 64]',
    'kws_transformer/transformer_block/multi_head_self_attention/dense_1/Tensordot/MatMul [64, 64]',
    'kws_transformer/transformer_block_1/layer_normalization_3/beta [64]',
    'sequential_2/dense_13/bias [12]',
    'unfit: class_emb is float32 [1, 1, 32] instead of float32 [1, 1, 64]',
    'not known: another.',
  ]) {
    assert.ok(message.includes(part), `${part}\n${message}`);
  }
  assert.ok(!message.includes('speech_features') && !message.includes('number of the graph'));
});

test('tensors that fit are not spoken of', () => {
  const expected = [['a', [2]], ['b', [1, 3]]] as const;
  checkTensors('a net', new Map(expected.map(([name, shape]) => [name, zeros(shape)])), expected);
  assert.equal(refusal(() => checkTensors('a net', new Map(), expected)), 'The weights are not those of a net. missing: a [2], b [1, 3].');
});
