import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AssetUnavailable, digestContent, readSafetensors, registry } from '../../src/assets/index.ts';
import type { OpenedAsset, TensorData } from '../../src/assets/index.ts';
import { findMirror, nodeAssetSource } from '../../src/assets/index.node.ts';

const source = nodeAssetSource({ offline: true });

/** Opens the asset, or says why the test is skipped. */
async function openOrSkip(id: string, skip: (reason: string) => void): Promise<OpenedAsset | undefined> {
  try {
    return await source.open(id);
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    skip(`1 asset not here: ${error.message}`);
    return undefined;
  }
}

for (const row of registry) {
  test(`the files of ${row.id} hold what the registry says`, async (t) => {
    const asset = await openOrSkip(row.id, (reason) => t.skip(reason));
    if (!asset) return;
    assert.equal(asset.digest, row.contentDigest);
    const count = [...asset.tensors.values()].reduce((sum, { values }) => sum + values.length, 0);
    assert.ok(count > 1000);
    t.diagnostic(`${asset.tensors.size} tensors, ${count} numbers`);
  });
}

/** The same network, converted elsewhere; a missing file skips the test with a reason. */
function twin(path: string, skip: (reason: string) => void): Map<string, TensorData> | undefined {
  const mirror = findMirror();
  const file = mirror === false ? '' : join(mirror, path);
  if (mirror === false || !existsSync(file)) {
    skip(`1 file not here: ${path} in the mirror folder (ATLAS_MIRROR)`);
    return undefined;
  }
  return readSafetensors(readFileSync(file), path);
}

for (const depth of [20, 32, 44, 56]) {
  test(`ResNet-${depth} read from its original checkpoint equals the safetensors copy to the bit`, async (t) => {
    const asset = await openOrSkip(`resnet${depth}-cifar10`, (reason) => t.skip(reason));
    const copy = twin(`models/resnet-cifar10/resnet${depth}.safetensors`, (reason) => t.skip(reason));
    if (!asset || !copy) return;
    assert.ok(copy.size > 90);
    assert.equal(digestContent(asset.tensors), digestContent(copy));
    t.diagnostic(`${copy.size} tensors`);
  });
}

/** Row-major values with axes in another order. */
function transpose(values: TensorData['values'], shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  return Float32Array.from({ length: values.length }, (_, index) => {
    let rest = index;
    let at = 0;
    for (let i = order.length - 1; i >= 0; i--) {
      const size = sizes[i] ?? 1;
      at += (rest % size) * (strides[order[i] ?? 0] ?? 0);
      rest = Math.floor(rest / size);
    }
    return values[at] ?? Number.NaN;
  });
}

test('DoodleNet read from its original model equals the safetensors copy to the bit', async (t) => {
  const asset = await openOrSkip('doodlenet', (reason) => t.skip(reason));
  const copy = twin('models/doodlenet/doodlenet.safetensors', (reason) => t.skip(reason));
  if (!asset || !copy) return;
  const ours = (name: string): TensorData => asset.tensors.get(name) ?? assert.fail(`${name} is missing`);
  const convolutions = [0, 1, 2, 3, 4, 5].map((i) => {
    const from = i === 0 ? 'conv2d' : `conv2d_${i}`;
    return { from, to: `conv${i + 1}`, shape: ours(`${from}/kernel`).shape, order: [3, 2, 0, 1] };
  });
  const layers = [
    ...convolutions,
    { from: 'dense', to: 'fc1', shape: [3, 3, 64, 512], order: [3, 2, 0, 1] },
    { from: 'dense_1', to: 'fc2', shape: [512, 345], order: [1, 0] },
  ];
  let compared = 0;
  for (const { from, to, shape, order } of layers) {
    const weights = transpose(ours(`${from}/kernel`).values, shape, order);
    assert.deepEqual(weights, copy.get(`${to}.weight`)?.values, to);
    assert.deepEqual(ours(`${from}/bias`).values, copy.get(`${to}.bias`)?.values, to);
    compared += weights.length + ours(`${from}/bias`).values.length;
  }
  assert.equal(compared, 544201);
  assert.equal(asset.text.get('classes')?.trim().split('\n').length, 345);
  t.diagnostic(`${compared} numbers`);
});
