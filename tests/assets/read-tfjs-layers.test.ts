import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTfjsLayers } from '../../src/assets/index.ts';
import { floats, join, refusal } from './fixtures.ts';

const model = (manifest: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ format: 'layers-model', weightsManifest: manifest }));
const kernel = { name: 'dense/kernel', shape: [2, 2], dtype: 'float32' };
const bias = { name: 'dense/bias', shape: [2], dtype: 'float32' };
const data = floats(1, 2, 3, 4, 5, 6);

test('weights are read in the order of the manifest, across the borders of files', () => {
  const shards = new Map([['a.bin', data.subarray(0, 10)], ['b.bin', data.subarray(10)]]);
  const tensors = readTfjsLayers(model([{ paths: ['a.bin', 'b.bin'], weights: [kernel, bias] }]), shards, 'model.json');
  assert.deepEqual(
    tensors.get('dense/kernel'),
    { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  );
  assert.deepEqual(tensors.get('dense/bias')?.values, Float32Array.of(5, 6));
});

test('quantised weights are unfolded', () => {
  const weights = [
    { name: 'a', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
    { name: 'b', shape: [1], dtype: 'float32', quantization: { dtype: 'float16', original_dtype: 'float32' } },
    { name: 'c', shape: [1], dtype: 'float32', quantization: { dtype: 'uint16', scale: 2, min: 1 } },
  ];
  const tensors = readTfjsLayers(
    model([{ paths: ['a.bin'], weights }]),
    new Map([['a.bin', join([0, 4, 0x00, 0x3e, 1, 1])]]),
    'm',
  );
  assert.deepEqual([...tensors.values()].map(({ values }) => [...values]), [[-1, 1], [1.5], [515]]);
});

const shard = new Map([['a.bin', data]]);
const group = (weights: unknown, paths: readonly string[] = ['a.bin']): unknown => [{ paths, weights }];
const wrong: Readonly<Record<string, { manifest: unknown; says: RegExp }>> = {
  'no manifest': { manifest: undefined, says: /weightsManifest must be a JSON array/ },
  'a missing file': { manifest: group([kernel, bias], ['b.bin']), says: /"b\.bin" is missing/ },
  'a path out of the folder': { manifest: group([kernel, bias], ['../a.bin']), says: /leads out/ },
  'an absolute path': { manifest: group([kernel, bias], ['/a.bin']), says: /leads out/ },
  'an address': { manifest: group([kernel, bias], ['https://x.org/a.bin']), says: /leads out/ },
  'a file used twice': { manifest: group([kernel, bias], ['a.bin', 'a.bin']), says: /named twice/ },
  'a name twice': { manifest: group([bias, bias, bias]), says: /stands here twice/ },
  'too few data': { manifest: group([kernel, bias, { ...bias, name: 'x' }]), says: /ends inside weight "x"/ },
  'too many data': { manifest: group([kernel]), says: /8 bytes after the last weight/ },
  texts: { manifest: group([{ ...bias, dtype: 'string' }]), says: /dtype "string"/ },
  'a fractional dimension': { manifest: group([{ ...bias, shape: [1.5] }]), says: /whole number/ },
  'a scale that is no number': {
    manifest: group([{ ...bias, quantization: { dtype: 'uint8', min: 0 } }]),
    says: /a scale must be a number/,
  },
  'an unknown quantisation': {
    manifest: group([{ ...bias, quantization: { dtype: 'int4' } }]),
    says: /stored as int4/,
  },
};
for (const [what, { manifest, says }] of Object.entries(wrong)) {
  test(`a TensorFlow.js model is refused: ${what}`, async () => {
    const message = await refusal(() => readTfjsLayers(model(manifest), shard, 'model.json'));
    assert.match(message, /^FormatError (model\.json|a\.bin).*: byte \d+: /);
    assert.match(message, says);
  });
}
