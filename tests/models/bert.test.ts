import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TensorData } from '../../src/assets/index.ts';
import { bert, readBert } from '../../src/models/index.ts';
import { countNumbers, digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { bertFileOptions, bertTensors, plainBert } from './bert-file.ts';
import { largest } from './drawn-tensors.ts';
import { drawnData } from './language-files.ts';

before(() => useBackend('wasm'));

const tensors = bertTensors();
const ids = (rows: readonly (readonly number[])[]): Tensor => tf.tensor2d(rows.map((row) => [...row]), [rows.length, rows[0]?.length ?? 0], 'int32');
const { pooled, maskedLogits, states } = bert(bertFileOptions);
const bothHeads = () => ({ pooled: pooled ?? assert.fail('no pooler'), maskedLogits: maskedLogits ?? assert.fail('no head') });
const rowOf = (x: Tensor, row: number, from: number, count: number): Tensor => tf.slice(x, [row, from, 0], [1, count, x.shape[2] ?? 0]);

const cases = [
  { of: 'a text', ids: [2, 5, 7, 1, 13, 0, 3], types: [0, 0, 0, 0, 0, 0, 0], visible: [1, 1, 1, 1, 1, 1, 1] },
  { of: 'two segments with padding behind', ids: [2, 5, 3, 9, 3, 0, 0], types: [0, 0, 0, 1, 1, 0, 0], visible: [1, 1, 1, 1, 1, 0, 0] },
  { of: 'padding in front', ids: [0, 0, 4, 8, 12, 6, 1], types: [1, 0, 1, 0, 1, 0, 1], visible: [0, 0, 1, 1, 1, 1, 1] },
  { of: 'one token', ids: [11, 1, 1, 1, 1, 1, 1], types: [1, 1, 1, 1, 1, 1, 1], visible: [1, 0, 0, 0, 0, 0, 0] },
];

test('BERT computes what a plain double-precision BERT does: states, pooler and hidden tokens', (t) => {
  const weights = readBert(tensors, bertFileOptions);
  const heads = bothHeads();
  const read = states(weights, { tokens: ids(cases.map((text) => text.ids)), tokenTypes: ids(cases.map((text) => text.types)), mask: ids(cases.map((text) => text.visible)) });
  const [first, named] = [heads.pooled(weights, read), heads.maskedLogits(weights, read)];
  let worst = 0;
  cases.forEach(({ visible, ...text }, row) => {
    const plain = plainBert(tensors, bertFileOptions, { ...text, visible: visible.map((value) => value === 1) });
    worst = Math.max(
      worst,
      largest(rowOf(read, row, 0, 7), tf.tensor([plain.states.map((state) => [...state])])),
      largest(tf.slice(first, [row, 0], [1, 12]), tf.tensor([[...plain.pooled]])),
      largest(rowOf(named, row, 0, 7), tf.tensor([plain.logits.map((logits) => [...logits])])),
    );
  });
  t.diagnostic(`${cases.length} texts, largest error ${worst.toExponential(1)}`);
  assert.ok(worst < 5e-6);
  disposeParams(weights);
});

test('padding behind a text changes nothing, whatever stands there, and a mask of ones is no mask', () => {
  const weights = readBert(tensors, bertFileOptions);
  const alone = states(weights, { tokens: ids([[2, 5, 7, 3]]) });
  assert.equal(largest(states(weights, { tokens: ids([[2, 5, 7, 3]]), mask: ids([[1, 1, 1, 1]]) }), alone), 0);
  for (const rest of [[0, 0, 0], [13, 4, 9]]) {
    const padded = states(weights, { tokens: ids([[2, 5, 7, 3, ...rest], [1, 1, 1, 1, 1, 1, 1]]), mask: ids([[1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1]]) });
    assert.ok(largest(rowOf(padded, 0, 0, 4), alone) < 1e-6);
    const unmasked = states(weights, { tokens: ids([[2, 5, 7, 3, ...rest]]) });
    assert.ok(largest(rowOf(unmasked, 0, 0, 4), alone) > 1e-3, 'without the mask it does');
  }
  disposeParams(weights);
});

test('gradients pass through, agree with differences, and nothing is left behind', () => {
  const weights = readBert(tensors, bertFileOptions);
  const loss = (bias: Tensor): Tensor =>
    tf.sum(tf.square(states({ ...weights, 'blocks.0.attention.qkv.bias': bias }, { tokens: ids([[2, 5, 7, 3, 0]]), mask: ids([[1, 1, 1, 1, 0]]) }))).asScalar();
  const bias = weights['blocks.0.attention.qkv.bias'] ?? assert.fail('no bias');
  const value = (x: Tensor): number => tf.tidy(() => loss(x).dataSync()[0] ?? NaN);
  const slope = tf.tidy(() => [...tf.grad((x) => loss(x).asScalar())(bias).dataSync()]);
  value(bias);
  const live = tf.memory().numTensors;
  for (const at of [0, 5, 25, 35]) {
    const step = tf.tidy(() => tf.mul(tf.oneHot(tf.tensor1d([at], 'int32'), 36).reshape([36]), 0.01));
    const difference = (tf.tidy(() => value(tf.add(bias, step))) - tf.tidy(() => value(tf.sub(bias, step)))) / 0.02;
    assert.ok(Math.abs(difference - (slope[at] ?? NaN)) < 0.02 * (1 + Math.abs(difference)), `${difference} and ${slope[at]}`);
    step.dispose();
  }
  assert.equal(tf.memory().numTensors, live);
  disposeParams(weights);
});

const renamed = (change: (name: string) => string): Map<string, TensorData> => new Map([...tensors].map(([name, data]) => [change(name), data]));

test('the names of all kinds of checkpoints give the same weights', (t) => {
  const expected = readBert(tensors, bertFileOptions);
  const embeddings = tensors.get('bert.embeddings.word_embeddings.weight') ?? assert.fail();
  const bias = tensors.get('cls.predictions.bias') ?? assert.fail();
  const files = {
    'as TensorFlow calls them': renamed((name) => name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta')),
    'without bert.': renamed((name) => name.replace(/^bert\./, '')),
    'with copies for the head': new Map([...tensors, ['cls.predictions.decoder.weight', embeddings], ['cls.predictions.decoder.bias', bias]]),
    'with the bias under its other name': renamed((name) => name.replace('cls.predictions.bias', 'cls.predictions.decoder.bias')),
  };
  for (const [kind, file] of Object.entries(files)) {
    const weights = readBert(file, bertFileOptions);
    assert.equal(digestParams(weights), digestParams(expected), kind);
    disposeParams(weights);
  }
  t.diagnostic(`${Object.keys(files).length} files, ${countNumbers(expected)} numbers`);
  disposeParams(expected);
});

const shapesOf = (weights: Params): (readonly [string, readonly number[]])[] => Object.entries(weights).map(([name, { shape }]) => [name, shape]);

test('a bare model has no heads, and a head may have embeddings of its own', () => {
  const bare = { ...bertFileOptions, pooler: false, maskedHead: false };
  const weights = readBert(new Map([...tensors].filter(([name]) => !/^cls|pooler/.test(name))), bare);
  assert.deepEqual([bert(bare).pooled, bert(bare).maskedLogits], [null, null]);
  assert.deepEqual(shapesOf(weights), bert(bare).shapes);
  const own = { ...bertFileOptions, tiedHead: false };
  const decoder = drawnData('decoder', [14, 12]);
  const free = readBert(new Map([...tensors, ['cls.predictions.decoder.weight', decoder]]), own);
  assert.deepEqual(shapesOf(free), bert(own).shapes);
  // a model whose word embeddings are the decoder, asked with the states of the other
  const tied = readBert(new Map([...tensors, ['bert.embeddings.word_embeddings.weight', decoder]]), bertFileOptions);
  const state = states(free, { tokens: ids([[1, 2, 3]]) });
  const logits = bert(own).maskedLogits?.(free, state) ?? assert.fail('no head');
  assert.ok(largest(logits, bothHeads().maskedLogits(tied, state)) < 1e-6);
  [weights, free, tied].forEach(disposeParams);
});

test('what does not fit the model is refused in one sentence', () => {
  const weights = readBert(tensors, bertFileOptions);
  const read = (tokens: number[][], rest: { mask?: Tensor; tokenTypes?: Tensor } = {}) => (): unknown => states(weights, { tokens: ids(tokens), ...rest });
  assert.throws(read([[1, 14]]), /Token 14 is none of the vocabulary's: its tokens are 0 to 13\./);
  assert.throws(read([new Array<number>(10).fill(1)]), /The text has 10 tokens; the model has positions for 1 to 9\./);
  assert.throws(read([[1, 2], [3, 4]], { mask: ids([[1, 1], [0, 0]]) }), /Row 1 of the batch is nothing but padding\./);
  assert.throws(read([[1, 2]], { mask: ids([[1, 1, 1]]) }), /mask of tokens \[1, 2\] must have their shape, but it is \[1,3\]\./);
  assert.throws(read([[1, 2]], { tokenTypes: ids([[0, 2]]) }), /Token type 2 is none of the model's: its types are 0 to 1\./);
  assert.throws(read([[1, 2]], { tokenTypes: ids([[0]]) }), /types of tokens \[1, 2\] must be int32 of their shape/);
  assert.throws(() => bert({ ...bertFileOptions, heads: 5 }), /5 heads can't share a width of 12\./);
  const file = (...entries: (readonly [string, TensorData])[]): Map<string, TensorData> => new Map([...tensors, ...entries]);
  const reading = (of: ReadonlyMap<string, TensorData>) => (): unknown => readBert(of, bertFileOptions);
  assert.throws(reading(new Map([...tensors].filter(([name]) => !name.includes('layer.1.output.dense.bias')))), /missing: bert\.encoder\.layer\.1\.output\.dense\.bias \[12\]\./);
  assert.throws(reading(file(['bert.pooler.dense.bias', drawnData('x', [11])])), /bert\.pooler\.dense\.bias is float32 \[11\] instead of float32 \[12\]/);
  assert.throws(reading(file(['classifier.weight', drawnData('x', [2, 12])])), /not known: classifier\.weight\./);
  assert.throws(reading(file(['cls.predictions.decoder.weight', drawnData('x', [14, 12])])), /cls\.predictions\.decoder\.weight differs from bert\.embeddings\.word_embeddings\.weight/);
  assert.throws(reading(file(['cls.predictions.decoder.bias', drawnData('x', [14])])), /one and the same, but they differ\./);
  disposeParams(weights);
});
