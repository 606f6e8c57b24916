import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { benchVit, pictureInput, resnetCifar, vit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { fixedBorder, frameMask, pixelProgram, promptTokens, reprogram, zeros } from '../../src/reprogramming/index.ts';
import type { Manipulation } from '../../src/reprogramming/index.ts';
import { digestParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { cells, cellsOf } from '../../src/taxonomy/index.ts';

before(() => useBackend('wasm'));

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

const small = {
  input: { rows: 8, columns: 8, channels: 3, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  tokeniser: { as: 'patches', size: 4 },
  width: 8,
  depth: 2,
  heads: 2,
  mlpWidth: 12,
  layerNormEps: 1e-6,
  outputs: 6,
} as const;

const picture = (batch: number, side: number): Tensor =>
  tf.tensor(createGenerator('pictures').uniforms(batch * side * side * 3), [batch, side, side, 3]);

function largestDifference(a: Tensor, b: Tensor): number {
  assert.deepEqual(a.shape, b.shape);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? NaN);
}

test('no manipulation and identity alignment are the frozen model itself', () => {
  const model = frozen(vit(small));
  const adapted = reprogram(model, { fit: { size: 8 }, manipulations: [], alignment: { kind: 'identity' } }, 6);
  const x = picture(3, 8);
  const { architecture, weights } = model;
  const state = architecture.blocks.reduce((now, block) => block(weights, now), architecture.embed(weights, x));
  const expected = architecture.classify(weights, architecture.features(weights, state));
  assert.equal(largestDifference(adapted.align({}, adapted.outputs({}, x), null), expected), 0);
  assert.equal(adapted.trainable, 0);
  assert.ok(adapted.outputsAreFixed);
});

test('an operator at every site changes the answer, and its class is that site and operator', () => {
  const model = frozen(vit(small));
  const x = picture(2, 8);
  const [tokens, width] = [5, 8];
  const learned = (shape: readonly number[]) => ({
    λ: { shape, initial: () => Float32Array.from({ length: shape.reduce((p, n) => p * n, 1) }, (_, i) => 0.3 + 0.2 * (i % 3)) },
  });
  const λOf = (params: Readonly<Record<string, Tensor>>): Tensor => {
    assert.ok(params['λ']);
    return params['λ'];
  };
  const sites = [
    { site: { location: 'input' }, shape: [8, 8, 3] },
    { site: { location: 'embedding' }, shape: [tokens, width] },
    { site: { location: 'hidden', block: 1, enters: 'state' }, shape: [tokens, width] },
  ] as const;
  const manipulations: Manipulation[] = sites.flatMap(({ site, shape }): Manipulation[] => [
    { site, parameters: learned(shape), action: { operator: 'additive', addend: (λ) => λOf(λ) } },
    { site, parameters: learned([1]), action: { operator: 'parametric', transform: (λ, state) => tf.mul(state, λOf(λ)) } },
    site.location === 'input'
      ? {
          site,
          parameters: learned([8, 8, 3]),
          action: { operator: 'concatenative', extra: λOf, join: { as: 'border', outside: frameMask(small.input, 4) } },
        }
      : {
          site,
          parameters: learned([2, width]),
          action: { operator: 'concatenative', extra: λOf, join: { as: 'tokens-after-class' } },
        },
  ]);
  manipulations.push({
    site: { location: 'hidden', block: 1, enters: 'keys-and-values' },
    parameters: learned([2, width]),
    action: { operator: 'concatenative', attended: (λ) => ({ keys: λOf(λ), values: λOf(λ) }) },
  });
  const plain = reprogram(model, { fit: { size: 8 }, manipulations: [], alignment: { kind: 'identity' } }, 6).outputs({}, x);
  const seen = new Set<string>();
  for (const manipulation of manipulations) {
    const adapted = reprogram(model, { fit: { size: 8 }, manipulations: [manipulation], alignment: { kind: 'identity' } }, 6);
    assert.ok(adapted.taxonomy);
    const [cell, ...more] = cellsOf(adapted.taxonomy);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [cell?.configuration, cell?.location, cell?.operator, cell?.alignment],
      ['learnable', manipulation.site.location, manipulation.action.operator, 'identity'],
    );
    seen.add(JSON.stringify(cell));
    const params = adapted.initialise(createGenerator(1));
    assert.ok(largestDifference(adapted.outputs(params, x), plain) > 1e-6, JSON.stringify(cell));
    const { gradients } = valueAndGradients((now) => tf.sum(tf.square(adapted.outputs(now, x))), params);
    for (const [name, gradient] of Object.entries(gradients)) {
      assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `${JSON.stringify(cell)}: no gradient reaches ${name}`);
    }
  }
  assert.equal(seen.size, 9, 'all nine pairs of location and operator ran');
  assert.ok(cells.length > seen.size);
});

test('prompt tokens in the embedding equal tokens put there by hand', () => {
  const model = frozen(vit({ ...small, lastBlock: 'all-tokens' }));
  const { architecture, weights } = model;
  const adapted = reprogram(
    model,
    { fit: { size: 8 }, manipulations: [promptTokens({ count: 3, width: 8, bound: 0.5 })], alignment: { kind: 'identity' } },
    6,
  );
  const params = adapted.initialise(createGenerator(2));
  const prompt = params['manipulation.0.prompt'];
  assert.ok(prompt);
  const x = picture(2, 8);
  const embedded = architecture.embed(weights, x);
  const rows = tf.tile(tf.expandDims(prompt, 0), [2, 1, 1]);
  const joined = tf.concat([tf.slice(embedded, [0, 0, 0], [2, 1, 8]), rows, tf.slice(embedded, [0, 1, 0], [2, 4, 8])], 1);
  const state = architecture.blocks.reduce((now, block) => block(weights, now), joined);
  assert.ok(largestDifference(adapted.outputs(params, x), architecture.classify(weights, architecture.features(weights, state))) < 1e-6);
});

test('computing only the class token in the last block changes nothing', () => {
  const all = frozen(vit({ ...small, lastBlock: 'all-tokens' }));
  const first = { ...all, architecture: vit(small) };
  const x = picture(3, 8);
  const composition = {
    fit: { size: 8 },
    manipulations: [promptTokens({ count: 2, width: 8, bound: 0.5 })],
    alignment: { kind: 'identity' },
  } as const;
  const [a, b] = [all, first].map((model) => {
    const adapted = reprogram(model, composition, 6);
    const params = adapted.initialise(createGenerator(3));
    return valueAndGradients((now) => tf.sum(tf.square(adapted.outputs(now, x))), params);
  });
  assert.ok(a && b);
  const scale = tf.max(tf.abs(a.value)).dataSync()[0] ?? 0;
  assert.ok(largestDifference(a.value, b.value) < 1e-5 * scale);
  const [ga, gb] = [a.gradients['manipulation.0.prompt'], b.gradients['manipulation.0.prompt']];
  assert.ok(ga && gb);
  assert.ok(largestDifference(ga, gb) < 1e-4 * (tf.max(tf.abs(ga)).dataSync()[0] ?? 0));
});

test('the same reprogram runs a pixel program on a convolutional net, prompts in a transformer and a fixed border', () => {
  const compositions = [
    [resnetCifar(8), pixelProgram({ input: pictureInput(frozen(resnetCifar(8)), 'a test'), around: { pictureSize: 24 }, bound: 'sigmoid' }), 1344],
    [benchVit, promptTokens({ count: 4, width: 128, bound: 0.1 }), 512],
    [resnetCifar(8), fixedBorder({ input: pictureInput(frozen(resnetCifar(8)), 'a test'), pictureSize: 24, canvas: new Float32Array(3072) }), 0],
  ] as const;
  const x = picture(2, 32);
  for (const [architecture, manipulation, trainable] of compositions) {
    const adapted = reprogram(frozen(architecture), { fit: { size: 32 }, manipulations: [manipulation], alignment: { kind: 'identity' } }, 10);
    const params = adapted.initialise(createGenerator(1));
    assert.deepEqual(adapted.outputs(params, x).shape, [2, 10]);
    assert.equal(adapted.trainable, trainable);
  }
});

test('a frame of odd width has its extra pixel on the left and on the top', () => {
  const mask = frameMask({ rows: 4, columns: 4, channels: 1, mean: [0], std: [1] }, 1);
  assert.deepEqual([...mask].flatMap((value, index) => (value === 0 ? [index] : [])), [2 * 4 + 2]);
});

test('a picture that leaves no frame is refused in a sentence', () => {
  assert.throws(() => frameMask(small.input, 8), /leaves no frame on a canvas of 8 × 8; choose 1 to 7/);
});

test('a manipulation of a block that is not there is refused', () => {
  const manipulation: Manipulation = {
    site: { location: 'hidden', block: 2, enters: 'state' },
    parameters: { λ: zeros([8]) },
    action: { operator: 'additive', addend: (λ) => λ['λ'] ?? tf.zeros([8]) },
  };
  const composition = { fit: { size: 8 }, manipulations: [manipulation], alignment: { kind: 'identity' } } as const;
  assert.throws(() => reprogram(frozen(vit(small)), composition, 6), /has blocks 0 to 1; a manipulation names block 2/);
});
