import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { loadModel } from '../../src/models/index.ts';
import { kwtCosines, kwtFilters, kwtFrontEnd, kwtTransform } from '../../src/models/kwt-front-end.ts';
import { hannWindow } from '../../src/models/mel-spectrogram.ts';
import { createGenerator } from '../../src/random/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from './drawn-tensors.ts';
import { logitsOf, openOrSkip, summedInDouble } from './kwt-file.ts';

before(() => useBackend('wasm'));

test('gradients through the front end are those of finite differences, and finite in silence', () => {
  const noise = createGenerator('wave').normals(16000);
  const wave = noise.map((value, k) => 0.1 * value + 0.3 * Math.sin(0.11 * k) * Math.sin(0.0004 * k));
  const weigh = drawn('weigh', [1, 98, 40], 0.1);
  const score = (x: Tensor): Tensor => tf.sum(tf.mul(kwtFrontEnd.compute(x), weigh));
  const at = tf.tensor2d(wave, [1, 16000]);
  const gradient = tf.grad(score)(at);
  const direction = tf.mul(gradient, 1 / Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0] ?? NaN));
  const step = 3e-3;
  const moved = (by: number): number => score(tf.add(at, tf.mul(direction, by))).dataSync()[0] ?? NaN;
  const slope = (moved(step) - moved(-step)) / (2 * step);
  const expected = tf.sum(tf.mul(gradient, direction)).dataSync()[0] ?? NaN;
  assert.ok(expected > 0 && Math.abs(slope - expected) <= 0.02 * expected, `${slope} and ${expected}`);

  const halfSilent = tf.mul(at, tf.tensor2d(Float32Array.from({ length: 16000 }, (_, k) => (k < 8000 ? 1 : 0)), [1, 16000]));
  for (const [what, quiet] of Object.entries({ silence: tf.zeros([1, 16000]), 'half a clip': halfSilent })) {
    const values = kwtFrontEnd.compute(quiet).dataSync();
    assert.ok(values.every(Number.isFinite), what);
    assert.ok(tf.grad(score)(quiet).dataSync().every(Number.isFinite), `the gradient of ${what}`);
  }
  const [first = NaN, second = NaN] = kwtFrontEnd.compute(tf.zeros([1, 16000])).dataSync();
  assert.ok(Math.abs(first - Math.sqrt(2 / 80) * 80 * Math.log(1e-12)) < 1e-2 && Math.abs(second) < 1e-3, 'the floor of silence');
});

test('a clip of another length is refused in a sentence', () => {
  assert.throws(() => kwtFrontEnd.compute(tf.zeros([1, 8000])), /clips of 16000 samples; one of 8000 came/);
});

test("the front end's constants are those of the authors' file", async (t) => {
  const asset = await openOrSkip(t);
  if (!asset) return;
  const theirs = (name: string): TensorData => asset.tensors.get(`speech_features/${name}`) ?? assert.fail(`${name} is missing`);
  const [bins, frame] = [244, 480];
  const [window, real, imaginary] = ['windowing/mul/y', 'magnitude_rdf_tmel/MatMul', 'magnitude_rdf_tmel/MatMul_1'].map(theirs);
  assert.ok(window && real && imaginary);
  assert.deepEqual([real.shape, theirs('magnitude_rdf_tmel/MatMul_2').shape, theirs('dct/MatMul').shape], [[bins, frame], [80, bins], [40, 80]]);
  const product = Float32Array.from({ length: frame * 2 * bins }, (_, at) => {
    const [n, column] = [Math.floor(at / (2 * bins)), at % (2 * bins)];
    const part = column < bins ? real : imaginary;
    return (window.values[n] ?? NaN) * (part.values[(column % bins) * frame + n] ?? NaN);
  });
  const pairs: readonly (readonly [string, ArrayLike<number>, ArrayLike<number>])[] = [
    ['window', Float32Array.from(hannWindow(frame)), window.values],
    ['transform', kwtTransform(), product],
    ['filters', kwtFilters(), theirs('magnitude_rdf_tmel/MatMul_2').values],
    ['cosines', kwtCosines(), theirs('dct/MatMul').values],
  ];
  for (const [name, ours, values] of pairs) {
    assert.equal(ours.length, values.length, name);
    const error = Math.max(...Array.from({ length: ours.length / 80 }, (_, row) =>
      Math.max(...Array.from({ length: 80 }, (__, i) => Math.abs((ours[row * 80 + i] ?? NaN) - (values[row * 80 + i] ?? NaN))))));
    t.diagnostic(`${name}: ${ours.length} numbers, largest difference ${error.toExponential(1)}`);
    assert.ok(error <= 3e-7, `${name}: ${error}`);
  }
});

test('for a noisy wave the front end agrees with one that sums in double precision, and so do the logits', async (t) => {
  const asset = await openOrSkip(t);
  if (!asset) return;
  const noise = createGenerator('noise').normals(16000).map((value, k) => (0.01 + 0.2 * Math.abs(Math.sin(k / 900))) * value);
  const [ours, precise] = [kwtFrontEnd.compute(tf.tensor2d(noise, [1, 16000])), summedInDouble(asset, noise)];
  const model = await loadModel('kwt1', nodeAssetSource({ offline: true }));
  const errors = [largest(ours, precise), largest(logitsOf(model, ours), logitsOf(model, precise))];
  t.diagnostic(`largest errors ${errors.map((error) => error.toExponential(1)).join(', ')}`);
  assert.ok(errors.every((error) => error <= 1e-5));
});
