import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { nodeAssetSource } from '../../src/assets/asset-source.node.ts';
import { AssetUnavailable } from '../../src/assets/index.ts';
import { loadModel } from '../../src/models/index.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

/** Logits that the original networks gave (Keras, PyTorch) for one drawn input each. */
const golden: Readonly<Record<string, readonly number[]>> = JSON.parse(
  readFileSync(new URL('./golden-logits.json', import.meta.url), 'utf8'),
);

/** The input of the golden logits, as a raw picture: DoodleNet's 0.5 + 0.5 sin(0.05k), the ResNets' normalised sin(0.05k). */
function goldenInput({ architecture: { input } }: FrozenModel): Tensor {
  const { rows, columns, channels, mean, std } = input;
  const wave = Float32Array.from({ length: rows * columns * channels }, (_, k) => Math.sin(0.05 * k));
  if (channels === 1) return tf.tensor(wave.map((v) => 0.5 + 0.5 * v), [1, rows, columns, 1]);
  const normalised = tf.transpose(tf.tensor(wave, [1, channels, rows, columns]), [0, 2, 3, 1]);
  return tf.add(tf.mul(normalised, tf.tensor1d([...std])), tf.tensor1d([...mean]));
}

before(() => useBackend('wasm'));

for (const [id, expected] of Object.entries(golden)) {
  test(`${id} from its original file gives its golden logits`, async (t) => {
    let model: FrozenModel;
    try {
      model = await loadModel(id, nodeAssetSource({ offline: true }));
    } catch (error) {
      if (error instanceof AssetUnavailable) return t.skip(`1 model not checked: ${error.message}`);
      throw error;
    }
    const { architecture, weights } = model;
    assert.equal(model.classes.length, architecture.outputs);
    const state = architecture.blocks.reduce((now, block) => block(weights, now), architecture.embed(weights, goldenInput(model)));
    const logits = architecture.classify(weights, architecture.features(weights, state)).dataSync();
    assert.equal(logits.length, expected.length);
    const scale = Math.max(...expected.map(Math.abs));
    expected.forEach((value, index) => {
      assert.ok(Math.abs((logits[index] ?? NaN) - value) < 1e-5 * scale, `logit ${index}: ${logits[index]} instead of ${value}`);
    });
  });
}
