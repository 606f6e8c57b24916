import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { readNpy, readSafetensors } from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { kwt1, loadModel } from '../../src/models/index.ts';
import { kwtFrontEnd } from '../../src/models/kwt-front-end.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { largest } from './drawn-tensors.ts';
import { logitsOf, mirrored, openOrSkip, summedInDouble } from './kwt-file.ts';

before(() => useBackend('wasm'));

test('on a spectrogram that is summed in double precision KWT-1 gives its golden logits', async (t) => {
  const asset = await openOrSkip(t);
  if (!asset) return;
  const golden: Readonly<Record<string, number[]>> = JSON.parse(readFileSync(new URL('./golden-logits.json', import.meta.url), 'utf8'));
  const expected = tf.tensor2d([golden['kwt1'] ?? assert.fail('no golden logits')]);
  const wave = Float32Array.from({ length: 16000 }, (_, k) => 0.5 * Math.sin(0.2 * k) * Math.sin((Math.PI * k) / 16000));
  const error = largest(logitsOf(await loadModel('kwt1', nodeAssetSource({ offline: true })), summedInDouble(asset, wave)), expected);
  t.diagnostic(`largest error ${error.toExponential(1)} of the largest logit`);
  assert.ok(error <= 1e-4);
});

test('weights read from the TensorFlow Lite file equal the safetensors copy to the bit', async (t) => {
  const asset = await openOrSkip(t);
  const copy = asset && mirrored('models/kwt1-speech-commands12/kwt1-speech-commands12.safetensors', t);
  if (!asset || !copy) return;
  const { weights } = await loadModel('kwt1', nodeAssetSource({ offline: true }));
  const theirs = new Map(readSafetensors(copy, 'kwt1-speech-commands12.safetensors'));
  const plain = (name: string): TensorData => theirs.get(name) ?? assert.fail(`${name} is missing`);
  const ours = (name: string): Tensor => weights[name] ?? assert.fail(`${name} is missing`);
  let compared = 0;
  const same = (name: string, tensor: Tensor, of: string, transposed: boolean): void => {
    const values = (transposed ? tf.transpose(tensor) : tensor).dataSync();
    assert.deepEqual(values, plain(of).values, name);
    compared += values.length;
  };
  same('class', ours('embed.class'), 'cls_token', false);
  same('positions', ours('embed.position'), 'pos_embed', false);
  const layers: readonly (readonly [string, string])[] = [
    ['embed.projection', 'embed'],
    ['head', 'head'],
    ...kwt1.blocks.flatMap((_, i): (readonly [string, string])[] => [
      [`blocks.${i}.attention.output`, `blocks.${i}.attn.proj`],
      [`blocks.${i}.mlp.in`, `blocks.${i}.mlp.fc1`],
      [`blocks.${i}.mlp.out`, `blocks.${i}.mlp.fc2`],
    ]),
  ];
  for (const [name, of] of layers) {
    same(name, ours(`${name}.weight`), `${of}.weight`, true);
    same(name, ours(`${name}.bias`), `${of}.bias`, false);
  }
  kwt1.blocks.forEach((_, i) => {
    const qkv = tf.split(ours(`blocks.${i}.attention.qkv.weight`), 3, 1);
    ['q', 'k', 'v'].forEach((role, at) => same(role, qkv[at] ?? assert.fail(role), `blocks.${i}.attn.${role}.weight`, true));
    for (const norm of ['norm1', 'norm2']) {
      same(norm, ours(`blocks.${i}.${norm}.gain`), `blocks.${i}.${norm}.weight`, false);
      same(norm, ours(`blocks.${i}.${norm}.shift`), `blocks.${i}.${norm}.bias`, false);
    }
  });
  assert.equal(compared, 607_308);
  t.diagnostic(`${compared} numbers`);
});

test('KWT-1 has 29 of 30 clips right, and takes one "left" for "yes"', async (t) => {
  const asset = await openOrSkip(t);
  const clips = asset && mirrored('speech-commands-sample/clips_16khz_int16.npy', t);
  const list = clips && mirrored('speech-commands-sample/words.txt', t);
  if (!clips || !list) return;
  const model = await loadModel('kwt1', nodeAssetSource({ offline: true }));
  const { classes } = model;
  const { values, shape } = readNpy(clips, 'clips_16khz_int16.npy');
  const words = new TextDecoder().decode(list).trim().split('\n');
  assert.deepEqual([shape, words.length], [[30, 16000], 30]);
  const waves = tf.tensor2d(Float32Array.from(values, (value) => value / 32768), [30, 16000]);
  const answers = tf.argMax(logitsOf(model, kwtFrontEnd.compute(waves)), 1).dataSync();
  const heard = Array.from(answers, (answer) => classes[answer]);
  const wrong = words.flatMap((word, i) => (heard[i] === (classes.includes(word) ? word : '_unknown_') ? [] : [`${word} → ${heard[i]}`]));
  assert.deepEqual(wrong, ['left → yes']);
  t.diagnostic('30 clips');
});
