import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { AssetUnavailable } from '../../src/assets/index.ts';
import type { OpenedAsset, TensorData } from '../../src/assets/index.ts';
import { findMirror, nodeAssetSource } from '../../src/assets/index.node.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import { tf } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

/** Opens the weights, or says why the test is skipped. */
export async function openOrSkip(t: TestContext): Promise<OpenedAsset | undefined> {
  try {
    return await nodeAssetSource({ offline: true }).open('kwt1');
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    t.skip(`1 asset not here: ${error.message}`);
    return undefined;
  }
}

/** A file of the mirror folder, or `undefined` after skipping. */
export function mirrored(path: string, t: TestContext): Uint8Array | undefined {
  const mirror = findMirror();
  const file = mirror === false ? '' : join(mirror, path);
  if (mirror !== false && existsSync(file)) return readFileSync(file);
  t.skip(`1 file not here: ${path} in the mirror folder (ATLAS_MIRROR)`);
  return undefined;
}

/** What the file's constants make of a wave where every product is summed in double precision. */
export function summedInDouble(asset: OpenedAsset, wave: Float32Array): Tensor {
  const values = (name: string): TensorData['values'] => asset.tensors.get(`speech_features/${name}`)?.values ?? assert.fail(name);
  const [window, real, imaginary, filters, cosines] = [
    'windowing/mul/y', 'magnitude_rdf_tmel/MatMul', 'magnitude_rdf_tmel/MatMul_1', 'magnitude_rdf_tmel/MatMul_2', 'dct/MatMul',
  ].map(values);
  assert.ok(window && real && imaginary && filters && cosines);
  const times = (matrix: TensorData['values'], x: Float64Array): Float64Array =>
    Float64Array.from({ length: matrix.length / x.length }, (_, row) => {
      let sum = 0;
      for (let i = 0; i < x.length; i += 1) sum += (matrix[row * x.length + i] ?? NaN) * (x[i] ?? NaN);
      return sum;
    });
  const tokens = Array.from({ length: 98 }, (_, t) => {
    const frame = Float64Array.from({ length: 480 }, (__, n) => Math.fround((wave[160 * t + n] ?? NaN) * (window[n] ?? NaN)));
    const [re, im] = [times(real, frame), times(imaginary, frame)];
    const mel = times(filters, re.map((value, bin) => Math.sqrt(value * value + (im[bin] ?? NaN) * (im[bin] ?? NaN))));
    return [...times(cosines, mel.map((value) => Math.log(Math.max(value, 1e-12))))];
  });
  return tf.tensor3d([tokens]);
}

export function logitsOf({ architecture, weights }: FrozenModel, x: Tensor): Tensor {
  const state = architecture.blocks.reduce((now, block) => block(weights, now), architecture.embed(weights, x));
  return architecture.classify(weights, architecture.features(weights, state));
}
