import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { classTexts, imageFeatures, imageTextModelRows, loadImageTextModel, oneTree, similarityLogits, twoTowers, worldPair, zeroShotWeights } from '../../src/models/index.ts';
import { captionProbes, captionWords, captionedPicture, captionedScene, pictureShape, worldCaption } from '../../src/tasks/index.ts';
import { countNumbers, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { TokenizerError } from '../../src/text/index.ts';

before(() => useBackend('wasm'));
const source = nodeAssetSource({ offline: true });
const row = imageTextModelRows.find(({ id }) => id === 'world-pair') ?? assert.fail('no row');
const cardSchema = z.object({
  digest: z.string(),
  classes: z.array(z.string()),
  recipe: z.object({ startsFrom: z.object({ model: z.string(), digest: z.string() }) }),
  testByKind: z.record(z.string(), z.object({ accuracy: z.number(), count: z.number() })),
});
const card = cardSchema.parse(JSON.parse((await source.open(row.asset)).text.get('model.json') ?? 'null'));

test('the stored pair opens with the digest of its card, in the words of captions', async () => {
  const { weights, digest, tokenizer, architecture, homeMade } = await loadImageTextModel('world-pair', source);
  const tree = oneTree(weights);
  assert.equal(digest, card.digest);
  assert.equal(homeMade, true);
  assert.equal(countNumbers(tree), 237_633);
  assert.deepEqual(oneTree(twoTowers(tree)), tree);
  assert.deepEqual(card.classes, captionWords);
  captionWords.forEach((word, id) => assert.equal(tokenizer.idOf(word), id));
  assert.equal(tokenizer.size, captionWords.length);
  assert.deepEqual(tokenizer.encode('a ring'), ['<s>', 'a', 'ring', '<e>'].map((word) => tokenizer.idOf(word)));
  assert.equal(tokenizer.encode('a ring').at(-1), architecture.text.end);
  assert.ok((weights.logitScale.dataSync()[0] ?? NaN) <= 4.606);
  assert.throws(() => classTexts(architecture.text, tokenizer, ['cat'], { template: 'a photo of a {}' }), (error) => error instanceof TokenizerError && error.message.includes('"cat"'));
  disposeParams(tree);
});

test('the vision transformer that it began with is the stored one', async () => {
  assert.equal((await source.open(card.recipe.startsFrom.model)).digest, card.recipe.startsFrom.digest);
});

const asked = 300;
const indices = Array.from({ length: asked }, (_, index) => index);

test('without training it names shapes, colours and textures far above chance, as often as its card says', async (t) => {
  const model = await loadImageTextModel('world-pair', source);
  const { image } = model.architecture;
  const bytes = Float32Array.from(indices.flatMap((index) => [...captionedPicture('probe', index)]));
  const features = tf.tidy(() => imageFeatures(image, model.weights.image, tf.div(tf.tensor4d(bytes, [asked, ...pictureShape]), 255)));
  for (const { asks, classes, templates } of captionProbes) {
    const answers = tf.tidy(() => similarityLogits(features, zeroShotWeights(model, classes, templates), model.weights.logitScale).argMax(-1).dataSync());
    const right = indices.filter((index) => classes[answers[index] ?? -1] === captionedScene('probe', index).facts.object[asks]).length / asked;
    const stated = card.testByKind[asks]?.accuracy ?? NaN;
    assert.ok(right > 1 / classes.length + 0.3, `${asks}: ${right} right, chance ${1 / classes.length}`);
    assert.ok(Math.abs(right - stated) < 0.1, `${asks}: ${right} right, the card says ${stated}`);
    t.diagnostic(`${asks} ${right.toFixed(3)} of ${classes.length}`);
  }
  features.dispose();
  disposeParams(oneTree(model.weights));
});

test('a caption lies nearer to its own picture than to most others', async () => {
  const model = await loadImageTextModel('world-pair', source);
  const captioned = indices.slice(0, 60);
  const captions = captioned.map((index) => worldCaption('training', 1_000_000 + index, 0));
  const own = [...new Set(captions)];
  const bytes = Float32Array.from(captioned.flatMap((index) => [...captionedPicture('training', 1_000_000 + index)]));
  const logits = tf.tidy(() => {
    const pictures = tf.div(tf.tensor4d(bytes, [captioned.length, ...pictureShape]), 255);
    return similarityLogits(imageFeatures(model.architecture.image, model.weights.image, pictures), zeroShotWeights(model, own, ['{}']), model.weights.logitScale).arraySync();
  });
  assert.ok(Array.isArray(logits));
  const ranks = captions.map((caption, picture) => {
    const scores = logits[picture];
    assert.ok(Array.isArray(scores));
    const mine = Number(scores[own.indexOf(caption)]);
    return scores.filter((score) => Number(score) > mine).length;
  });
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  assert.ok(mean < own.length / 6, `mean rank ${mean} of ${own.length}`);
  disposeParams(oneTree(model.weights));
});

test('weights of another shape and a list of other words are refused', () => {
  const tensors = new Map([
    ...worldPair.image.shapes.map(([name, shape]) => [`image.${name}`, shape] as const),
    ...worldPair.text.shapes.map(([name, shape]) => [`text.${name}`, shape] as const),
    ['logitScale', []] as const,
  ].map(([name, shape]) => [name, { dtype: 'float32' as const, shape: [...shape], values: new Float32Array(shape.reduce<number>((product, n) => product * n, 1)) }]));
  assert.throws(() => row.read({ id: 'world-pair', digest: '', tensors, text: new Map([['classes', 'a\nb\n']]) }), /lists 2 words; the pair has 54/);
  assert.throws(() => row.read({ id: 'world-pair', digest: '', tensors: new Map(), text: new Map() }), /missing: image\.embed\.class/);
});
