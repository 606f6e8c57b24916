import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bitfit } from '../../src/adaptation/bitfit.ts';
import { ia3 } from '../../src/adaptation/ia3.ts';
import { linearProbe } from '../../src/adaptation/linear-probe.ts';
import { lora } from '../../src/adaptation/lora.ts';
import { resnetCifar, worldVit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { kwt1 } from '../../src/models/kwt.ts';
import { createGenerator } from '../../src/random/index.ts';
import type { Method, Options } from '../../src/reprogramming/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { compareRoads, difference } from '../methods/compare-roads.ts';
import { frozen, plainTransformer, smallNets } from '../methods/plain-transformer.ts';

const targets = 4;

before(() => useBackend('wasm'));

const at = (params: Params, name: string): Tensor => {
  const tensor = params[name];
  assert.ok(tensor, name);
  return tensor;
};

/** A net whose weights only have shapes to look at. */
function unfilled(architecture: Architecture): FrozenModel {
  return { id: 'net', architecture, weights: architecture.initialise(createGenerator('weights')), digest: '', classes: [], homeMade: true };
}

for (const net of smallNets) {
  test(`(IA)³ in ${net.name}, merged into the weights, is the paper's road, scales on activations: outputs, gradients, ten steps`, () => {
    const model = frozen(net);
    const adapted = ia3.adapt({ model, targets, options: {}, verbalizer: null });
    compareRoads(
      adapted,
      (params, x) =>
        plainTransformer(net, model.weights, x, {
          scales: (block) => ({
            keys: at(params, `ia3.${block}.keys`),
            values: at(params, `ia3.${block}.values`),
            inner: at(params, `ia3.${block}.inner`),
          }),
        }).features,
      net.examples(5),
    );
  });

  test(`LoRA in ${net.name} is low-rank changes of queries and values: outputs, gradients, ten steps`, () => {
    const model = frozen(net);
    const [rank, alpha] = [2, 6];
    const width = net.architecture.featureWidth;
    compareRoads(
      lora.adapt({ model, targets, options: { rank, alpha }, verbalizer: null }),
      (params, x) => {
        const changed = net.architecture.blocks.map((_, block) => {
          const name = `blocks.${block}.attention.qkv.weight`;
          const [q, k, v] = tf.split(at(model.weights, name), 3, 1);
          assert.ok(q && k && v);
          const change = (role: string): Tensor =>
            tf.mul(tf.matMul(at(params, `lora.${block}.${role}.down`), at(params, `lora.${block}.${role}.up`)), alpha / rank);
          return [name, tf.concat([tf.add(q, change('query')), k, tf.add(v, change('value'))], 1)] as const;
        });
        return plainTransformer(net, { ...model.weights, ...Object.fromEntries(changed) }, x).features;
      },
      net.examples(5),
    );
    assert.ok(width > rank);
  });

  test(`BitFit in ${net.name} trains every bias and shift that is there`, () => {
    const model = frozen(net);
    compareRoads(
      bitfit.adapt({ model, targets, options: {}, verbalizer: null }),
      (params, x) => {
        const own = Object.entries(params).flatMap(([name, tensor]) => (name.startsWith('model.') ? [[name.slice(6), tensor] as const] : []));
        assert.ok(own.length > 3);
        return plainTransformer(net, { ...model.weights, ...Object.fromEntries(own) }, x).features;
      },
      net.examples(5),
    );
  });
}

test('(IA)³ changes nothing at first', () => {
  for (const net of smallNets) {
    const model = frozen(net);
    const [scaled, alone] = [ia3, linearProbe].map((method) => method.adapt({ model, targets, options: {}, verbalizer: null }));
    assert.ok(scaled && alone);
    const x = net.examples(3);
    assert.equal(difference(scaled.outputs(scaled.initialise(createGenerator(1)), x), alone.outputs({}, x)), 0);
  }
});

test('the counts in both transformers of the benchmark are those of the formulas', () => {
  const head = 64 * targets + targets;
  const nets: readonly (readonly [Architecture, { readonly depth: number; readonly inner: number; readonly biases: number }])[] = [
    // embedding; per block: projections of attention, norms, MLP; the final norm
    [worldVit, { depth: 4, inner: 128, biases: 32 + 64 + 4 * (192 + 64 + 2 * 64 + 128 + 64) + 64 }],
    [kwt1, { depth: 12, inner: 256, biases: 64 + 12 * (64 + 2 * 64 + 256 + 64) }],
  ];
  for (const [architecture, { depth, inner, biases }] of nets) {
    const model = unfilled(architecture);
    const count = (method: Method, options: Options): number => method.adapt({ model, targets, options, verbalizer: null }).trainable;
    for (const rank of [1, 2, 4]) assert.equal(count(lora, { rank, alpha: 8 }), 4 * depth * rank * 64 + head);
    assert.equal(count(ia3, {}), depth * (2 * 64 + inner) + head);
    assert.equal(count(bitfit, {}), biases + head);
    tf.dispose(Object.values(model.weights));
  }
});

test('a network without attention is refused in one sentence', () => {
  const model = unfilled(resnetCifar(8));
  for (const [method, options] of [[lora, { rank: 1, alpha: 1 }], [ia3, {}]] as const) {
    assert.throws(() => method.adapt({ model, targets, options, verbalizer: null }), /needs a transformer; net is a convolutional net without attention\.$/);
  }
});
