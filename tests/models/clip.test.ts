import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  ClassTextTooLong,
  classTexts,
  clip,
  clipImageTower,
  contextRows,
  disposeImageClassifier,
  embedTexts,
  featuresOf,
  imageClassifier,
  imageFeatures,
  sharedPlaces,
  similarityLogits,
  textFeatures,
  textPositions,
  unitLength,
  vit,
  zeroShotWeights,
} from '../../src/models/index.ts';
import type { BeforeBlock, ContextOptions, FrozenImageTextModel, ReadTextsOptions, TextRow } from '../../src/models/index.ts';
import { imagenetTemplates, selectedImagenetTemplates } from '../../src/methods/imagenet-templates.ts';
import { createGenerator } from '../../src/random/index.ts';
import { TextTooLong } from '../../src/text/index.ts';
import { digestParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from './drawn-tensors.ts';
import { clipTokenizer, disposePair, drawnPictures, smallClipOptions, smallPair } from './small-clip.ts';

before(() => useBackend('wasm'));

const names = ['ring', 'red target', 'a large green plus', 'cat'];
const texts = (model: FrozenImageTextModel, template = '{}.') => classTexts(model.architecture.text, clipTokenizer, names, { template });

/** Embeddings of some rows with vectors among the tokens. */
const read = ({ architecture, weights }: FrozenImageTextModel, rows: readonly TextRow[], vectors: Tensor | null, options: ReadTextsOptions): Tensor =>
  textFeatures(architecture.text, weights.text, embedTexts(architecture.text, weights.text, rows, vectors), options);

/** Both roads: the same embeddings, and the same gradients of a loss with respect to the vectors. */
function compareRoads(what: string, model: FrozenImageTextModel, rows: readonly TextRow[], vectors: Tensor, beforeBlock?: (λ: Tensor) => BeforeBlock): void {
  const outputs = tf.tidy(() => {
    const options = (road: 'shared' | 'plain') => ({ road, ...(beforeBlock ? { beforeBlock: beforeBlock(vectors) } : {}) });
    const [shared, plain] = [read(model, rows, vectors, options('shared')), read(model, rows, vectors, options('plain'))];
    assert.ok(largest(tf.slice(shared, [0, 0], [1, 10]), tf.slice(shared, [1, 0], [1, 10])) > 1e-3, `${what}: all texts are alike`);
    return largest(shared, plain);
  });
  assert.ok(outputs <= 1e-5, `${what}: embeddings differ by ${outputs}`);
  const images = drawn('images', [5, 10]);
  const wanted = drawn('wanted', [5, rows.length * (vectors.rank === 3 ? (vectors.shape[0] ?? 1) : 1)]);
  const gradient = (road: 'shared' | 'plain'): Tensor => {
    const { value, gradients } = valueAndGradients(({ λ = vectors }) => {
      const options = { road, ...(beforeBlock ? { beforeBlock: beforeBlock(λ) } : {}) };
      return tf.sum(tf.mul(similarityLogits(images, read(model, rows, λ, options), model.weights.logitScale), wanted));
    }, { λ: vectors });
    value.dispose();
    return gradients['λ'] ?? assert.fail('no gradient');
  };
  const tensors = tf.memory().numTensors;
  const [shared, plain] = [gradient('shared'), gradient('plain')];
  assert.equal(tf.memory().numTensors, tensors + 2, `${what}: tensors are left behind`);
  assert.ok((tf.max(tf.abs(plain)).dataSync()[0] ?? 0) > 1e-3, `${what}: no gradient`);
  const error = largest(shared, plain);
  assert.ok(error <= 1e-4, `${what}: gradients differ by ${error}`);
  tf.dispose([shared, plain, images, wanted]);
}

test('what texts begin with, read once and cut behind the longest end, gives the embeddings and gradients of all positions', (t) => {
  const model = smallPair();
  const builds: readonly (readonly [string, ContextOptions])[] = (['before', 'around', 'behind'] as const).flatMap((place) =>
    [false, true].map((perClass) => [`${place}, ${perClass ? 'each class its own' : 'shared'}`, { count: 5, perClass, place }] as const),
  );
  for (const [what, options] of builds) {
    const vectors = drawn(what, [options.perClass ? 5 * names.length : 5, 12], 0.6);
    compareRoads(what, model, contextRows(texts(model), options), vectors);
    vectors.dispose();
  }
  const sets = drawn('sets', [3, 5, 12], 0.6);
  compareRoads('a set of vectors for each picture', model, contextRows(texts(model), { count: 5, perClass: false }), sets);
  compareRoads('a set for each picture, behind the names', model, contextRows(texts(model), { count: 5, perClass: false, place: 'behind' }), sets);
  const one = tf.reshape(tf.slice(sets, [0, 0, 0], [1, 5, 12]), [5, 12]);
  compareRoads('texts with more vectors and with fewer', model, [5, 3].flatMap((count) => contextRows(texts(model), { count, perClass: false })), one);
  tf.dispose([sets, one]);
  t.diagnostic(`${builds.length + 3} builds`);
  disposePair(model);
});

test('prompts that replace states of shared places before deeper blocks agree on both roads', () => {
  const model = smallPair();
  const vectors = drawn('deep', [5, 12], 0.6);
  const replaced = (λ: Tensor): BeforeBlock => (block, shared) => {
    if (block === 0) return shared;
    const [rows = 0, places = 0, width = 0] = shared.shape;
    const fresh = tf.tile(tf.expandDims(tf.mul(λ, 1 + block), 0), [rows, 1, 1]);
    return tf.concat([tf.slice(shared, [0, 0, 0], [rows, 1, width]), fresh, tf.slice(shared, [0, 6, 0], [rows, places - 6, width])], 1);
  };
  const rows = contextRows(texts(model), { count: 5, perClass: false });
  compareRoads('deep', model, rows, vectors, replaced);
  const [plain, deep] = [read(model, rows, vectors, {}), read(model, rows, vectors, { beforeBlock: replaced(vectors) })];
  assert.ok(largest(deep, plain) > 1e-3, 'nothing was replaced');
  assert.throws(
    () => read(model, rows.slice(0, 1), vectors, { beforeBlock: replaced(vectors) }),
    /^RangeError: These texts begin with nothing in common that could be changed before a block\.$/,
  );
  vectors.dispose();
  disposePair(model);
});

test('texts of tokens alone agree on both roads, whichever templates they come from', (t) => {
  const model = smallPair();
  let compared = 0;
  for (const template of [...selectedImagenetTemplates, '{}']) {
    const rows = texts(model, template);
    assert.ok(largest(read(model, rows, null, {}), read(model, rows, null, { road: 'plain' })) <= 1e-5, template);
    compared += rows.length;
  }
  t.diagnostic(`${compared} texts`);
  disposePair(model);
});

test('100 classes behind 16 vectors take 617 token positions instead of 7,700', (t) => {
  const { text } = clip(smallClipOptions);
  const rows = contextRows(Array.from({ length: 100 }, (_, index) => [712, ...[1, 2, 3, 4].slice(0, 1 + (index % 4)).map((id) => id + index), 5, 713]), { count: 16, perClass: false });
  assert.deepEqual(textPositions(text, rows), { plain: 7700, shared: 617 });
  assert.deepEqual(textPositions(text, rows, 32), { plain: 32 * 7700, shared: 32 * 617 });
  assert.equal(sharedPlaces([[712, 1, 713]]), 0);
  assert.equal(sharedPlaces([[712, 1, 713], [712, 1, 713]]), 2);
  assert.equal(sharedPlaces([[712, { vector: 0 }, 3, 713], [712, { vector: 1 }, 3, 713]]), 1);
  assert.equal(sharedPlaces([[712, 1, 713], [1, 713]]), 0);
  t.diagnostic('5 counts');
});

test('the image tower reads the class token of a picture as a tower with all tokens does, before and behind the projection', () => {
  const model = smallPair();
  const { weights } = model;
  const { embeddingWidth, image } = smallClipOptions;
  const whole = clipImageTower({ ...image, embeddingWidth, lastBlock: 'all-tokens' });
  const pictures = drawnPictures('pictures', 3);
  const features = imageFeatures(model.architecture.image, weights.image, pictures);
  assert.deepEqual(features.shape, [3, 10]);
  assert.ok(largest(features, imageFeatures(whole, weights.image, pictures)) <= 1e-6);
  const other = imageFeatures(model.architecture.image, { ...weights.image, 'embed.norm.shift': tf.zeros([15]) }, pictures);
  assert.ok(largest(other, features) > 1e-3, 'the first layer norm counts');
  disposePair(model);
});

test('with a stem of convolutions and no first layer norm the tower is our ViT with a projection for its head', () => {
  const { input, depth, mlpWidth, layerNormEps } = smallClipOptions.image;
  const tower = clipImageTower({ input, depth, mlpWidth, layerNormEps, width: 15, heads: 3, embeddingWidth: 6, tokeniser: { as: 'convolutions', channels: 4 }, normFirst: false, gelu: 'erf' });
  const weights = tower.initialise(createGenerator('stem'));
  const plain = vit({ input, depth, mlpWidth, layerNormEps, width: 15, heads: 3, outputs: 6, tokeniser: { as: 'convolutions', channels: 4 } });
  const head = { 'head.weight': weights['projection.weight'] ?? assert.fail('no projection'), 'head.bias': tf.zeros([6]) };
  const pictures = drawnPictures('pictures', 2);
  const expected = plain.classify(head, featuresOf(plain, weights, pictures));
  assert.ok((tf.max(tf.abs(expected)).dataSync()[0] ?? 0) > 1e-2);
  assert.ok(largest(imageFeatures(tower, weights, pictures), expected) <= 1e-6);
});

test('classes that texts stand for are a network like any other: same logits, one digest, weights of its own in the head alone', () => {
  const model = smallPair();
  const { weights, architecture } = model;
  const embeddings = zeroShotWeights(model, names, ['a photo of a {}.', 'art of the {}.']);
  const tensors = tf.memory().numTensors;
  const classifier = imageClassifier(model, { names, embeddings });
  assert.equal(tf.memory().numTensors, tensors + 1);
  assert.equal(classifier.digest, digestParams(classifier.weights));
  assert.deepEqual([classifier.classes, classifier.architecture.outputs, classifier.architecture.featureWidth], [names, 4, 10]);
  const pictures = drawnPictures('pictures', 3);
  const features = featuresOf(classifier.architecture, classifier.weights, pictures);
  const logits = classifier.architecture.classify(classifier.weights, features);
  const expected = similarityLogits(imageFeatures(architecture.image, weights.image, pictures), embeddings, weights.logitScale);
  assert.ok(largest(logits, expected) <= 1e-5);
  const scaled = similarityLogits(tf.mul(features, 7), tf.mul(embeddings, 3), weights.logitScale);
  assert.ok(largest(scaled, expected) <= 1e-5, 'lengths count');
  const cosines = tf.div(expected, tf.exp(weights.logitScale)).dataSync();
  assert.ok(cosines.every((cosine) => Math.abs(cosine) <= 1 + 1e-6));
  disposeImageClassifier(classifier);
  assert.throws(() => imageClassifier(model, { names: ['one'], embeddings }), /^RangeError: 1 classes need embeddings \[1, 10\], but they are \[4,10\]\.$/);
  disposePair(model);
});

test('an ensemble is the mean of embeddings of unit length, in any order of templates, and not the mean of raw ones', () => {
  const model = smallPair();
  const templates = ['a photo of a {}.', 'art of the {}.', 'itap of a {}.'];
  const each = templates.map((template) => read(model, texts(model, template), null, { road: 'plain' }));
  const byHand = unitLength(tf.mean(tf.stack(each.map(unitLength)), 0));
  const raw = unitLength(tf.mean(tf.stack(each), 0));
  const tensors = tf.memory().numTensors;
  const weights = zeroShotWeights(model, names, templates);
  assert.equal(tf.memory().numTensors, tensors + 1);
  assert.ok(largest(weights, byHand) <= 1e-5);
  assert.ok(largest(raw, byHand) > 1e-3);
  assert.ok(largest(zeroShotWeights(model, names, [...templates].reverse()), weights) <= 1e-6);
  const lengths = tf.sqrt(tf.sum(tf.square(weights), 1)).dataSync();
  assert.ok(lengths.length === 4 && lengths.every((length) => Math.abs(length - 1) < 1e-6));
  assert.deepEqual(unitLength(tf.zeros([2, 3])).dataSync(), new Float32Array(6));
  assert.throws(() => zeroShotWeights(model, names, []), /^RangeError: A zero-shot classifier needs at least one template\.$/);
  disposePair(model);
});

test('OpenAI\'s 80 templates are 80, each with one place for a name, and the seven chosen ones are among them', (t) => {
  assert.equal(new Set(imagenetTemplates).size, 80);
  for (const template of imagenetTemplates) assert.equal(template.split('{}').length, 2, template);
  assert.equal(new Set(selectedImagenetTemplates).size, 7);
  assert.ok(selectedImagenetTemplates.every((template) => imagenetTemplates.includes(template)));
  t.diagnostic(`${imagenetTemplates.length} templates`);
});

test('class names that no text can stand for are refused in one sentence', (t) => {
  const { text } = clip(smallClipOptions);
  const long = `ring ${'very '.repeat(40)}large`;
  const of = (given: readonly string[], template = 'a photo of a {}.', reserved = 0) => () => classTexts(text, clipTokenizer, given, { template, reserved });
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [of(['ring', long]), /^ClassTextTooLong: The class name "ring very .*…" makes a text of \d+ tokens with the template "a photo of a \{\}\.", and at most 77 fit the text tower: shorten the name\.$/],
    [of(['ring'], 'a photo of a {}.', 70), /makes a text of \d+ tokens with the template "a photo of a \{\}\.", and at most 7 fit/],
    [of(['ring', 'cat', 'ring']), /^RangeError: Classes 0 and 2 are both called "ring", so no text can tell them apart: rename one\.$/],
    [of(['ring', 'RING']), /^RangeError: Classes 0 and 1, "ring" and "RING", are the same text to the tokenizer, so no text can tell them apart: rename one\.$/],
    [of(['ring', '  ']), /^RangeError: Class 1 has no name, so no text can stand for it\.$/],
    [of(['ring'], 'a photo'), /^RangeError: The template "a photo" has no \{\} where the class name goes\.$/],
    [() => classTexts({ ...text, end: 5 }, clipTokenizer, ['ring'], { template: '{}' }), /^RangeError: The tokenizer doesn't end the text of class "ring" with token 5, where the text tower reads it\.$/],
    [() => contextRows([[712, 5, 713]], { count: 2, perClass: false }), /^RangeError: Text 0 has nothing between its start and its full stop\.$/],
  ];
  for (const [refused, message] of cases) assert.throws(refused, (error: Error) => message.test(String(error)) || assert.fail(String(error)));
  assert.throws(of(['ring', long]), (error) => error instanceof ClassTextTooLong && error instanceof TextTooLong && error.atMost === 77 && error.tokens > 77);
  const [written] = of(['<|endoftext|>'])();
  assert.equal(written?.indexOf(713), (written?.length ?? 0) - 1, 'a special token in a name is text');
  t.diagnostic(`${cases.length} mistakes`);
});

test('texts and pictures of other shapes are refused in one sentence', (t) => {
  const model = smallPair();
  const { architecture, weights } = model;
  const { image, text } = architecture;
  const embed = (rows: readonly TextRow[], vectors: Tensor | null = null) => () => embedTexts(text, weights.text, rows, vectors);
  const see = (...shape: number[]) => () => imageFeatures(image, weights.image, tf.zeros(shape));
  const { input } = smallClipOptions.image;
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [embed([]), /^RangeError: There is no text to read\.$/],
    [embed([[712, 713], []]), /^RangeError: Text 1 has 0 tokens, and the text tower reads 1 to 77\.$/],
    [embed([new Array<number>(78).fill(1)]), /^RangeError: Text 0 has 78 tokens, and the text tower reads 1 to 77\.$/],
    [embed([[712, 714]]), /^RangeError: Token 714 is none of the vocabulary's: its tokens are 0 to 713\.$/],
    [embed([[712, { vector: 2 }, 713]], tf.zeros([2, 12])), /^RangeError: Text 0 names vector 2, and there are 2\.$/],
    [embed([[712, { vector: 0 }, 713]]), /^RangeError: Text 0 names vector 0, and there are 0\.$/],
    [embed([[712, { vector: 0 }, 713]], tf.zeros([2, 13])), /^RangeError: Vectors among tokens must be \[vectors, 12\] or \[groups, vectors, 12\], but they are \[2,13\]\.$/],
    [see(2, 8, 8, 4), /^RangeError: The image tower takes pictures \[batch, 8, 8, 3\], but was given \[2, 8, 8, 4\], with an alpha channel: put them on a background first\.$/],
    [see(2, 16, 8, 3), /^RangeError: The image tower takes pictures \[batch, 8, 8, 3\], but was given \[2, 16, 8, 3\]: resize and crop them first\.$/],
    [see(8, 8, 3), /was given \[8, 8, 3\]: resize and crop them first\.$/],
    [() => clip({ ...smallClipOptions, image: { ...smallClipOptions.image, input: { ...input, rows: 10 } } }), /^RangeError: Patches of 4 pixels a side can't fill a picture of 10 × 8\.$/],
    [() => clip({ ...smallClipOptions, image: { ...smallClipOptions.image, heads: 2 } }), /^RangeError: 2 heads can't share a width of 15\.$/],
    [() => clip({ ...smallClipOptions, text: { ...smallClipOptions.text, heads: 5 } }), /^RangeError: 5 heads can't share a width of 12\.$/],
    [() => clip({ ...smallClipOptions, text: { ...smallClipOptions.text, end: 714 } }), /^RangeError: Token 714, which ends a text, is none of the vocabulary's: its tokens are 0 to 713\.$/],
  ];
  for (const [refused, message] of cases) assert.throws(refused, (error: Error) => message.test(String(error)) || assert.fail(String(error)));
  t.diagnostic(`${cases.length} mistakes`);
  disposePair(model);
});

test('fresh weights of both towers have the shapes that the towers name', () => {
  const { image, text } = clip(smallClipOptions);
  for (const tower of [image, text]) {
    const fresh = tower.initialise(createGenerator('fresh'));
    assert.deepEqual(Object.entries(fresh).map(([name, { shape }]) => [name, shape]), tower.shapes.map(([name, shape]) => [name, shape]));
  }
});
