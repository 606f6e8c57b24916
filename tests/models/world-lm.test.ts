import assert from 'node:assert/strict';
import test from 'node:test';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { languageLogits, languageModelRow, loadLanguageModel, worldLm } from '../../src/models/index.ts';
import { languageWords } from '../../src/tasks/index.ts';
import { countNumbers, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { TokenizerError } from '../../src/text/index.ts';

const source = nodeAssetSource({ offline: true });

test('the stored language model opens with the digest of its card, in the words of the language', async () => {
  await useBackend('cpu');
  const { asset } = languageModelRow('world-lm');
  const card: unknown = JSON.parse((await source.open(asset)).text.get('model.json') ?? 'null');
  assert.ok(typeof card === 'object' && card !== null && 'digest' in card && 'classes' in card);
  const model = await loadLanguageModel('world-lm', source);
  try {
    assert.equal(model.digest, card.digest);
    assert.deepEqual(card.classes, languageWords);
    assert.equal(model.homeMade, true);
    assert.equal(countNumbers(model.weights), 800_800);
    assert.equal(model.architecture.vocabulary, model.tokenizer.size);
    languageWords.forEach((word, id) => assert.equal(model.tokenizer.idOf(word), id));
    assert.equal(model.start, model.tokenizer.idOf('<s>'));
    assert.deepEqual(model.tokenizer.encode('rev upper :').slice(0, 1), [model.start]);
    assert.throws(() => model.tokenizer.encode('reverse'), (error) => error instanceof TokenizerError && error.message.includes('"reverse"'));
  } finally {
    disposeParams(model.weights);
  }
});

test('the stored language model follows an instruction', async () => {
  await useBackend('cpu');
  const { architecture, tokenizer, weights } = await loadLanguageModel('world-lm', source);
  const prompt = 'rev upper : g l h >';
  const answer = ['H', 'L', 'G', ';'];
  const said: (string | undefined)[] = [];
  for (let at = 0; at < answer.length; at += 1) {
    const ids = tokenizer.encode([prompt, ...answer.slice(0, at)].join(' '));
    const next = tf.tidy(() => languageLogits(architecture, weights, { tokens: tf.tensor2d([...ids], [1, ids.length], 'int32') }, 'last').argMax(-1).dataSync()[0]);
    said.push(next === undefined ? undefined : tokenizer.tokenOf(next));
  }
  disposeParams(weights);
  assert.deepEqual(said, answer);
});

test('a list of other words is refused', () => {
  const { read } = languageModelRow('world-lm');
  const tensors = new Map(worldLm.shapes.map(([name, shape]) => [name, { dtype: 'float32' as const, shape, values: new Float32Array(shape.reduce((product, n) => product * n, 1)) }]));
  assert.throws(() => read({ id: 'world-lm', digest: '', tensors, text: new Map([['classes', 'a\nb\n']]) }), /lists 2 words; the model has 71/);
  assert.throws(() => read({ id: 'world-lm', digest: '', tensors: new Map(), text: new Map() }), /missing: embed\.token/);
});
