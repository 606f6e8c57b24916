import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { approaches } from '../../src/bench/approaches.ts';
import { adaptedPair } from '../../src/bench/pair/open-pair.ts';
import { embedTexts, imageFeatures, similarityLogits, textFeatures, unitLength, worldVit, zeroShotWeights } from '../../src/models/index.ts';
import type { FrozenImageTextModel, FrozenModel, TextRow } from '../../src/models/index.ts';
import { attrvr } from '../../src/methods/attrvr.ts';
import { clipPromptEnsembling } from '../../src/methods/clip-prompt-ensembling.ts';
import { cocoop } from '../../src/methods/cocoop.ts';
import { coop } from '../../src/methods/coop.ts';
import { cupl } from '../../src/methods/cupl.ts';
import { ilmVp } from '../../src/methods/ilm-vp.ts';
import { kgcoop } from '../../src/methods/kgcoop.ts';
import { maple } from '../../src/methods/maple.ts';
import { redCircle } from '../../src/methods/red-circle.ts';
import { vp } from '../../src/methods/vp.ts';
import { vptDeep } from '../../src/methods/vpt-deep.ts';
import { vptShallow } from '../../src/methods/vpt-shallow.ts';
import { createGenerator } from '../../src/random/index.ts';
import { attendedPrompts, contextVectors, meanOfBest, onImage, plainTexts, reprogramPair, wholeCanvas, writtenFeatures, writtenTexts } from '../../src/reprogramming/index.ts';
import type { AdaptedPair, Method, Options, PairComposition, PairManipulation, PairWording } from '../../src/reprogramming/index.ts';
import type { TaxonomyClass } from '../../src/taxonomy/index.ts';
import { digestParams, disposeParams, entry, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { plainTransformer } from '../methods/plain-transformer.ts';
import { drawn, largest } from '../models/drawn-tensors.ts';
import { clipTokenizer, disposePair, drawnPictures, smallClipOptions, smallPair } from '../models/small-clip.ts';
import { plainTextTower } from './plain-text-tower.ts';
import type { Place } from './plain-text-tower.ts';
import { gradientsOf, livelyParams, names, opened, smallWording } from './small-pair-setting.ts';

before(() => useBackend('wasm'));

/** Applies a method to the small pair, or a composition of a test's own. */
function apply(model: FrozenImageTextModel, method: Method, options: Options = {}, wording: PairWording = smallWording): AdaptedPair {
  const { setting } = opened(model, method, options, wording);
  const adapted = method.adaptPair?.(setting);
  assert.ok(adapted && 'dispose' in adapted && 'pairManipulations' in adapted, method.id);
  return adapted;
}

function compose(model: FrozenImageTextModel, composition: Omit<PairComposition, 'fit'>, wording: PairWording = smallWording): AdaptedPair {
  return reprogramPair(opened(model, coop, {}, wording).setting, { fit: wholeCanvas(model.architecture.image.input), ...composition });
}

const logitsOf = ({ outputs, align }: AdaptedPair, params: Params, x: Tensor): Tensor => tf.tidy(() => align(params, outputs(params, x), null));

/** Holds values to 1e-5 and gradients of all parameters to 1e-4; fails where nothing depends on one. */
function compareRoads(what: string, params: Params, ours: (params: Params) => Tensor, plain: (params: Params) => Tensor): void {
  const apart = tf.tidy(() => {
    const [found, expected] = [ours(params), plain(params)];
    assert.deepEqual(found.shape, expected.shape, what);
    return largest(found, expected);
  });
  assert.ok(apart <= 1e-5, `${what}: values differ by ${apart}`);
  const [found, expected] = [gradientsOf(ours, params), gradientsOf(plain, params)];
  assert.deepEqual(Object.keys(found).sort(), Object.keys(params).sort(), what);
  for (const [name, gradient] of Object.entries(found)) {
    const other = entry(expected, name);
    assert.ok((tf.max(tf.abs(other)).dataSync()[0] ?? 0) > 1e-4, `${what}: nothing depends on ${name}`);
    const error = largest(gradient, other);
    assert.ok(error <= 1e-4, `${what}: the gradients of ${name} differ by ${error}`);
  }
  disposeParams(found);
  disposeParams(expected);
}

const scaleOf = ({ weights }: FrozenImageTextModel): Tensor => tf.exp(weights.logitScale);

/** exp(s)·⟨image, text⟩ of embeddings, from the formula. */
const cosines = (model: FrozenImageTextModel, images: Tensor, texts: Tensor): Tensor => {
  const unit = (rows: Tensor): Tensor => tf.div(rows, tf.norm(rows, 2, 1, true));
  return tf.mul(tf.matMul(unit(images), unit(texts), false, true), scaleOf(model));
};

const embeddingOf = ({ architecture, weights }: FrozenImageTextModel, x: Tensor): Tensor => imageFeatures(architecture.image, weights.image, x);

/** Embeddings of rows read one by one at all positions. */
const readPlainly = ({ architecture, weights }: FrozenImageTextModel, rows: readonly TextRow[], vectors: Tensor | null): Tensor =>
  textFeatures(architecture.text, weights.text, embedTexts(architecture.text, weights.text, rows, vectors), { road: 'plain' });

/** [start][vectors of the class][name][.][end], built by hand. */
const rowsByHand = (count: number, perClass: boolean, behind = '.', called: readonly string[] = names): readonly TextRow[] =>
  called.map((name, k) => {
    const [start = -1, ...rest] = clipTokenizer.encode(`${name}${behind}`);
    return [start, ...Array.from({ length: count }, (_, i) => ({ vector: (perClass ? k * count : 0) + i })), ...rest];
  });

/** The same for the plain tower: vectors in the place of their numbers. */
const withVectors = (row: TextRow, vectors: Tensor): readonly Place[] =>
  row.map((place) => (typeof place === 'number' ? place : tf.slice(vectors, [place.vector, 0], [1, 12])));

test('written texts answer as the zero-shot classifier of names and templates does, and nothing in it is learned', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 5);
  const written = (templates: readonly string[]) => writtenTexts(names.map((name) => templates.map((template) => template.replace('{}', name))));
  let compared = 0;
  for (const templates of [smallWording.templates, smallWording.templates.slice(1, 2), ['{}']]) {
    const adapted = compose(model, { manipulations: [written(templates)], reading: { as: 'nearest-text' } });
    const expected = similarityLogits(embeddingOf(model, x), zeroShotWeights(model, names, templates), model.weights.logitScale);
    assert.ok(largest(logitsOf(adapted, {}, x), expected) <= 1e-5, templates.join());
    assert.deepEqual([adapted.trainable, adapted.outputsAreFixed, adapted.initialise(createGenerator(1))], [0, true, {}]);
    adapted.dispose();
    compared += 1;
  }
  assert.equal(compared, 3);
  const plainest = compose(model, { manipulations: [], reading: { as: 'nearest-text' } });
  const byName = similarityLogits(embeddingOf(model, x), zeroShotWeights(model, names, smallWording.templates.slice(0, 1)), model.weights.logitScale);
  assert.ok(largest(logitsOf(plainest, {}, x), byName) <= 1e-5, 'without a manipulation the plainest texts stand for classes');
  disposePair(model);
});

test('classes with different numbers of texts stand at the unit mean of their unit embeddings, whatever ends the texts have', () => {
  const model = smallPair();
  const texts = names.map((name, k) => [`a ${name}`, ...(smallWording.synonyms[k] ?? []), `the ${name}.`].slice(0, k + 1));
  const byHand = tf.stack(
    texts.map((ofClass) => {
      const each = ofClass.map((text) => plainTextTower(model, { places: clipTokenizer.encode(text) }));
      const mean = tf.mean(tf.stack(each.map((row) => tf.div(row, tf.norm(row)))), 0);
      return tf.div(mean, tf.norm(mean));
    }),
  );
  assert.deepEqual(texts.map(({ length }) => length), [1, 2, 3, 3]);
  const tensors = tf.memory().numTensors;
  const features = writtenFeatures(model, texts);
  assert.equal(tf.memory().numTensors, tensors + 1, 'only the result stays');
  assert.ok(largest(features, byHand) <= 1e-5);
  disposePair(model);
});

test('CLIP prompt ensembling writes all templates, one or none, with synonyms where it is asked to; CuPL the descriptions', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 4);
  const [first = ''] = smallWording.templates;
  const cases: readonly (readonly [Method, Options, (name: string, k: number) => readonly string[]])[] = [
    [clipPromptEnsembling, {}, (name) => smallWording.templates.map((template) => template.replace('{}', name))],
    [clipPromptEnsembling, { templates: 'one' }, (name) => [first.replace('{}', name)]],
    [clipPromptEnsembling, { templates: 'none' }, (name) => [name]],
    [clipPromptEnsembling, { templates: 'one', names: 'synonyms' }, (name, k) => [name, ...(smallWording.synonyms[k] ?? [])].map((called) => first.replace('{}', called))],
    [cupl, {}, (_, k) => smallWording.descriptions[k] ?? []],
  ];
  const seen = cases.map(([method, options, texts]) => {
    const logits = logitsOf(apply(model, method, options), {}, x);
    const expected = cosines(model, embeddingOf(model, x), writtenFeatures(model, names.map(texts)));
    assert.ok(largest(logits, expected) <= 1e-5, `${method.id} ${JSON.stringify(options)}`);
    return logits;
  });
  for (const [i, one] of seen.entries()) for (const other of seen.slice(i + 1)) assert.ok(largest(one, other) > 1e-4, 'two choices answer alike');
  disposePair(model);
});

test('CoOp: pictures compared with texts read plainly, one by one at all positions; values and gradients, shared and class-specific', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 5);
  const builds = ['unified', 'class-specific'] as const;
  for (const context of builds) {
    const adapted = apply(model, coop, { vectors: 3, context });
    const params = livelyParams(adapted);
    const own = context === 'class-specific';
    assert.deepEqual(Object.entries(params).map(([name, { shape }]) => [name, shape]), [['manipulation.0.context', [own ? 12 : 3, 12]]]);
    assert.equal(adapted.trainable, (own ? 4 : 1) * 3 * 12);
    assert.equal(adapted.readsOtherClasses, own ? undefined : true);
    const rows = rowsByHand(3, own);
    const plain = (now: Params): Tensor => cosines(model, embeddingOf(model, x), readPlainly(model, rows, entry(now, 'manipulation.0.context')));
    compareRoads(context, params, (now) => logitsOf(adapted, now, x), plain);
    const independent = (now: Params): Tensor => {
      const texts = rows.map((row) => plainTextTower(model, { places: withVectors(row, entry(now, 'manipulation.0.context')) }));
      return cosines(model, embeddingOf(model, x), tf.stack(texts));
    };
    compareRoads(`${context}, in plain ops`, params, (now) => logitsOf(adapted, now, x), independent);
    adapted.dispose();
  }
  disposePair(model);
});

test('vectors of one class move its own logits alone, shared ones all of them', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 3);
  for (const [context, moved] of [['class-specific', [false, true, false, false]], ['unified', [true, true, true, true]]] as const) {
    const adapted = apply(model, coop, { vectors: 2, context });
    const params = livelyParams(adapted);
    const vectors = entry(params, 'manipulation.0.context');
    const row = tf.oneHot(context === 'unified' ? 1 : 3, vectors.shape[0] ?? 0).reshape([-1, 1]);
    const changed = tf.add(vectors, tf.mul(row, drawn('change', [1, 12])));
    const change = tf.max(tf.abs(tf.sub(logitsOf(adapted, { 'manipulation.0.context': changed }, x), logitsOf(adapted, params, x))), 0).dataSync();
    assert.deepEqual([...change].map((value) => value > 1e-3), [...moved], context);
    assert.ok([...change].every((value, k) => moved[k] || value === 0), `${context}: ${[...change].join()}`);
  }
  disposePair(model);
});

test('learned words keep what stands behind the name in the plainest template, whether it is a full stop, words or nothing', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 2);
  for (const [template, behind] of [['a photo of a {}.', '.'], ['a photo of a {} object', ' object'], ['this is a {} on the wall.', ' on the wall.'], ['a {}', '']] as const) {
    const adapted = apply(model, coop, { vectors: 2 }, { ...smallWording, templates: [template] });
    const params = livelyParams(adapted);
    const texts = readPlainly(model, rowsByHand(2, false, behind), entry(params, 'manipulation.0.context'));
    assert.ok(largest(logitsOf(adapted, params, x), cosines(model, embeddingOf(model, x), texts)) <= 1e-5, template);
  }
  disposePair(model);
});

/** CoCoOp's logits of pictures' embeddings, each picture by itself with texts of its own that are read plainly. */
function pictureByPicture(model: FrozenImageTextModel, now: Params, pictures: Tensor): Tensor {
  const p = (name: string): Tensor => entry(now, `manipulation.0.${name}`);
  const rows = rowsByHand(2, false);
  return tf.concat(
    Array.from({ length: pictures.shape[0] ?? 0 }, (_, at) => {
      const picture = tf.slice(pictures, [at, 0], [1, -1]);
      const seen = tf.div(picture, tf.norm(picture));
      const inner = tf.relu(tf.add(tf.matMul(seen, p('in.weight')), p('in.bias')));
      const shift = tf.add(tf.matMul(inner, p('out.weight')), p('out.bias'));
      return cosines(model, picture, readPlainly(model, rows, tf.add(p('context'), shift)));
    }),
    0,
  );
}

test("CoCoOp: each picture's logits and gradients are those computed picture by picture with texts read plainly", () => {
  const model = smallPair();
  const adapted = apply(model, cocoop, { vectors: 2 });
  const params = livelyParams(adapted);
  assert.equal(adapted.trainable, 2 * 12 + (10 * 4 + 4) + (4 * 12 + 12));
  const x = drawnPictures('pictures', 3);
  compareRoads('CoCoOp', params, (now) => logitsOf(adapted, now, x), (now) => pictureByPicture(model, now, embeddingOf(model, x)));
  disposePair(model);
});

test('CoCoOp: pictures of more than one chunk, each answered as if it were alone, with the gradients of all', () => {
  const model = smallPair();
  const adapted = apply(model, cocoop, { vectors: 2 });
  const params = livelyParams(adapted);
  const pictures = drawn('many', [203, 10], 3);
  const tensors = tf.memory().numTensors;
  const logits = adapted.align(params, pictures, null);
  assert.equal(tf.memory().numTensors, tensors + 1);
  assert.deepEqual(logits.shape, [203, 4]);
  const chosen = [0, 1, 57, 99, 100, 101, 150, 199, 200, 202];
  for (const at of chosen) {
    const expected = tf.tidy(() => pictureByPicture(model, params, tf.slice(pictures, [at, 0], [1, 10])));
    assert.ok(largest(tf.slice(logits, [at, 0], [1, 4]), expected) <= 1e-5, `picture ${at}`);
  }
  const wanted = drawn('of each', [203, 4]);
  const gradient = (parts: readonly (readonly [first: number, count: number])[]): Params => {
    const { gradients } = valueAndGradients(
      (now) => tf.addN(parts.map(([first, count]) => tf.sum(tf.mul(adapted.align(now, tf.slice(pictures, [first, 0], [count, 10]), null), tf.slice(wanted, [first, 0], [count, 4]))))),
      params,
    );
    return gradients;
  };
  const [together, apart] = [gradient([[0, 203]]), gradient([[0, 70], [70, 70], [140, 63]])];
  for (const [name, values] of Object.entries(together)) assert.ok(largest(values, entry(apart, name)) <= 1e-4, name);
  disposePair(model);
});

test('MaPLe agrees with a plain implementation in values and gradients, at every depth', () => {
  const model = smallPair({ ...smallClipOptions, image: { ...smallClipOptions.image, gelu: 'erf' } });
  const x = drawnPictures('pictures', 3);
  const { setting } = opened(model, maple);
  const architecture = setting.classifier(plainTexts(smallWording)).architecture;
  const net = { name: 'image tower', architecture, heads: 3, norm: 'before', eps: 1e-5, examples: () => x } as const;
  // names that begin alike have places in common behind the vectors
  const alike = names.map((name) => `a large ${name}`);
  for (const [depth, called] of [[1, names], [2, names], [3, names], [3, alike]] as const) {
    const adapted = apply(model, maple, { vectors: 2, depth }, { ...smallWording, names: called });
    const params = livelyParams(adapted);
    assert.equal(adapted.trainable, depth * (2 * 12 + 12 * 15 + 15));
    const plain = (now: Params): Tensor => {
      const p = (block: number, name: string): Tensor => entry(now, `manipulation.${block}.${name}`);
      const ofPictures = (block: number): Tensor | undefined =>
        block < depth ? tf.add(tf.matMul(p(block, 'prompt'), p(block, 'map.weight')), p(block, 'map.bias')) : undefined;
      const { features } = plainTransformer(net, model.weights.image, x, { tokens: ofPictures });
      const images = tf.matMul(features, entry(model.weights.image, 'projection.weight'));
      const texts = rowsByHand(2, false, '.', called).map((row) =>
        plainTextTower(model, {
          places: withVectors(row, p(0, 'prompt')),
          overwrite: (block) => (block > 0 && block < depth ? p(block, 'prompt') : undefined),
        }),
      );
      return cosines(model, images, tf.stack(texts));
    };
    compareRoads(`depth ${depth}`, params, (now) => logitsOf(adapted, now, x), plain);
    adapted.dispose();
  }
  disposePair(model);
});

test("KgCoOp's objective is the cross-entropy of CoOp's logits plus w times the mean of 1 − cos to the plainest texts", () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 5);
  const labels = tf.tensor1d([0, 1, 2, 3, 1], 'int32');
  for (const weight of [8, 0.5]) {
    const adapted = apply(model, kgcoop, { vectors: 3, weight });
    const params = livelyParams(adapted);
    const objective = adapted.objective ?? assert.fail('no objective');
    const rows = rowsByHand(3, false);
    const fixed = tf.stack(names.map((name) => plainTextTower(model, { places: clipTokenizer.encode(`a photo of a ${name}.`) })));
    const plain = (now: Params): Tensor => {
      const texts = readPlainly(model, rows, entry(now, 'manipulation.0.context'));
      const cos = tf.div(tf.sum(tf.mul(texts, fixed), 1), tf.mul(tf.norm(texts, 2, 1), tf.norm(fixed, 2, 1)));
      const shares = tf.logSoftmax(cosines(model, embeddingOf(model, x), texts));
      const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(labels, 4).toFloat(), shares), 1)));
      return tf.add(entropy, tf.mul(weight, tf.mean(tf.sub(1, cos))));
    };
    compareRoads(`weight ${weight}`, params, (now) => objective(now, adapted.outputs(now, x), labels), plain);
    const twin = apply(model, coop, { vectors: 3 });
    assert.equal(twin.objective, undefined);
    assert.deepEqual(logitsOf(adapted, params, x).dataSync(), logitsOf(twin, params, x).dataSync(), 'answers are CoOp\'s');
  }
  disposePair(model);
});

test('the mean of the best is that of a plain sort, and its gradient that of finite differences', () => {
  let examined = 0;
  for (const shape of [[6], [2, 5], [2, 3, 4]]) {
    const size = shape.reduce((product, n) => product * n, 1);
    const numbers = shape.at(-1) ?? 0;
    // a step of a quarter of the smallest gap changes no order
    const values = Float32Array.from(createGenerator(`order ${shape}`).permutation(size), (place) => place * 0.25 - 1);
    const wanted = createGenerator('wanted').normals(size / numbers);
    for (let best = 1; best <= numbers; best += 1) {
      const byHand = (given: Float32Array): number[] =>
        Array.from({ length: size / numbers }, (_, row) => {
          const sorted = [...given.subarray(row * numbers, (row + 1) * numbers)].sort((a, b) => b - a);
          return sorted.slice(0, best).reduce((sum, value) => sum + value, 0) / best;
        });
      const x = tf.tensor(values, shape);
      const found = meanOfBest(x, best);
      assert.deepEqual(found.shape, shape.slice(0, -1));
      byHand(values).forEach((expected, row) => assert.ok(Math.abs((found.dataSync()[row] ?? NaN) - expected) < 1e-5));
      const { gradients } = valueAndGradients(({ x: now = x }) => tf.sum(tf.mul(meanOfBest(now, best), tf.tensor(wanted, shape.slice(0, -1)))), { x });
      const gradient = entry(gradients, 'x').dataSync();
      const scored = (given: Float32Array): number => byHand(given).reduce((sum, value, row) => sum + value * (wanted[row] ?? NaN), 0);
      for (let at = 0; at < size; at += 1) {
        const step = (sign: number): number => scored(values.map((value, i) => (i === at ? value + sign / 16 : value)));
        assert.ok(Math.abs((gradient[at] ?? NaN) - (step(1) - step(-1)) * 8) < 1e-5, `${shape}, best ${best}, number ${at}`);
        examined += 1;
      }
    }
  }
  assert.ok(examined > 100);
});

test('of equal numbers the first count among the best, and nobody can be the best of too few', () => {
  const x = tf.tensor2d([[1, 3, 1, 3, 3], [2, 2, 2, 2, 2], [0, 1, 0, 0, 0]]);
  const { value, gradients } = valueAndGradients(({ x: now = x }) => tf.sum(meanOfBest(now, 2)), { x });
  assert.equal(value.dataSync()[0], 3 + 2 + 0.5);
  assert.deepEqual(entry(gradients, 'x').arraySync(), [[0, 0.5, 0, 0.5, 0], [0.5, 0.5, 0, 0, 0], [0.5, 0.5, 0, 0, 0]]);
  for (const best of [0, 6, NaN]) assert.throws(() => meanOfBest(x, best), /^RangeError: The best \S+ of 5 numbers can't be taken; choose 1 to 5\.$/);
});

test('AttrVR: a frame of σ(W) around the picture, and the mean of the nearest sentences of both lists, by their shares', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 3);
  for (const [frame, nearest, share] of [[2, 3, 0.5], [1, 1, 0.25], [3, 4, 0]] as const) {
    const adapted = apply(model, attrvr, { frame, nearest, share });
    assert.deepEqual(adapted.fit, { size: 8 - 2 * frame });
    assert.equal(adapted.trainable, 3 * (64 - (8 - 2 * frame) ** 2));
    const params = livelyParams(adapted);
    const isFrame = (i: number): boolean => Math.min(i, 7 - i) < frame;
    const mask = tf.tensor3d(Array.from({ length: 64 }, (_, i) => (isFrame(Math.floor(i / 8)) || isFrame(i % 8) ? [1, 1, 1] : [0, 0, 0])).flat(), [8, 8, 3]);
    const lists = [smallWording.descriptions, smallWording.distinctions].map((ofClass) =>
      ofClass.map((sentences) => tf.stack(sentences.map((sentence) => plainTextTower(model, { places: clipTokenizer.encode(sentence) })))),
    );
    const plain = (now: Params): Tensor => {
      const framed = tf.add(x, tf.mul(tf.sigmoid(entry(now, 'manipulation.0.program')), mask));
      const images = embeddingOf(model, framed);
      const ofLists = lists.map((list) => tf.stack(list.map((sentences) => {
        const near = cosines(model, images, sentences);
        // the mean over the chosen ones by their places in a plain sort
        const values = near.dataSync();
        const shares = Array.from({ length: 3 }, (_, picture) => {
          const row = [...values.subarray(picture * 4, picture * 4 + 4)];
          const least = [...row].sort((a, b) => b - a)[nearest - 1] ?? NaN;
          return row.map((value) => (value >= least ? 1 / nearest : 0));
        });
        return tf.sum(tf.mul(near, tf.tensor2d(shares, [3, 4])), 1);
      }), 1));
      return tf.add(tf.mul(ofLists[0] ?? NaN, share), tf.mul(ofLists[1] ?? NaN, 1 - share));
    };
    compareRoads(`frame ${frame}`, params, (now) => logitsOf(adapted, now, x), plain);
    adapted.dispose();
  }
  disposePair(model);
});

/** The pair, with a look at what its image tower is given. */
function watched(model: FrozenImageTextModel): { readonly model: FrozenImageTextModel; readonly seen: Float32Array[] } {
  const seen: Float32Array[] = [];
  const { image } = model.architecture;
  const embed: typeof image.embed = (weights, x) => {
    seen.push(Float32Array.from(x.dataSync()));
    return image.embed(weights, x);
  };
  return { model: { ...model, architecture: { ...model.architecture, image: { ...image, embed } } }, seen };
}

test('the red circle paints red exactly on its line and leaves every other pixel as it was', () => {
  const side = 32;
  const plain = smallPair({ ...smallClipOptions, image: { ...smallClipOptions.image, input: { ...smallClipOptions.image.input, rows: side, columns: side } } });
  const { model, seen } = watched(plain);
  const adapted = apply(model, redCircle);
  const x = drawnPictures('pictures', 2, [side, side, 3]);
  const given = x.dataSync();
  logitsOf(adapted, {}, x);
  const [painted = new Float32Array(0)] = seen;
  assert.equal(painted.length, given.length);
  let [on, off] = [0, 0];
  for (let at = 0; at < painted.length / 3; at += 1) {
    const [row, column] = [Math.floor(at / side) % side, at % side];
    // a line of 2 pixels within the picture: from 14 to 16 pixels off the middle
    const distance = Math.hypot(row - 15.5, column - 15.5);
    const isRed = distance >= 14 && distance <= 16;
    for (const [channel, red] of [1, 0, 0].entries()) {
      const [now = NaN, then = NaN] = [painted[3 * at + channel], given[3 * at + channel]];
      if (isRed) assert.ok(Math.abs(now - red) <= 1e-6, `pixel ${row}, ${column} is not red: ${now}`);
      else assert.equal(now, then, `pixel ${row}, ${column} was changed`);
    }
    if (isRed) on += 1;
    else off += 1;
  }
  assert.ok(on > 300 && off > 1000, `${on} on the line, ${off} off it`);
  assert.equal(adapted.trainable, 0);
  disposePair(plain);
});

test('a visual prompt over the whole picture starts at 0 and answers as the pair does; a frame starts on its frame alone', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 3);
  const zeroShot = logitsOf(compose(model, { manipulations: [], reading: { as: 'nearest-text' } }), {}, x);
  const promptOf = (adapted: AdaptedPair): Tensor => entry(adapted.initialise(createGenerator(1)), 'manipulation.0.prompt');
  const whole = apply(model, vp, { shape: 'whole', read: 'identity' });
  assert.equal(whole.trainable, 192);
  assert.ok([...promptOf(whole).dataSync()].every((value) => value === 0));
  assert.ok(largest(logitsOf(whole, whole.initialise(createGenerator(1)), x), zeroShot) <= 1e-6);
  const frame = apply(model, vp, { shape: 'frame', width: 2, read: 'identity' });
  assert.equal(frame.trainable, 3 * (64 - 16));
  const values = promptOf(frame).dataSync();
  assert.deepEqual([...values].map((value) => value !== 0), Array.from({ length: 192 }, (_, i) => {
    const [row, column] = [Math.floor(i / 24), Math.floor(i / 3) % 8];
    return Math.min(row, column, 7 - row, 7 - column) < 2;
  }));
  const params = livelyParams(whole);
  const std = tf.tensor1d([0.2, 0.3, 0.25]);
  compareRoads('whole', params, (now) => logitsOf(whole, now, x), (now) =>
    cosines(model, embeddingOf(model, tf.add(x, tf.mul(entry(now, 'manipulation.0.prompt'), std))), zeroShotWeights(model, names, smallWording.templates.slice(0, 1))));
  disposePair(model);
});

const classOf = (configuration: string, location: string, operator: string, alignment: string): unknown => ({
  configuration: configuration.split(' '),
  location: location.split(' '),
  operator: operator.split(' '),
  alignment: [alignment],
});

const computedClasses: readonly (readonly [Method, Options, unknown])[] = [
  [coop, {}, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [coop, { context: 'class-specific' }, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [cocoop, {}, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [kgcoop, {}, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [maple, {}, classOf('learnable', 'embedding hidden', 'concatenative', 'identity')],
  [maple, { depth: 1 }, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [attrvr, {}, classOf('fixed learnable', 'input', 'additive concatenative', 'structural')],
  [clipPromptEnsembling, {}, classOf('fixed', 'input', 'concatenative', 'identity')],
  [cupl, {}, classOf('fixed', 'input', 'concatenative', 'identity')],
  [redCircle, {}, classOf('fixed', 'input', 'additive', 'identity')],
  [vp, { width: 2, read: 'identity' }, classOf('learnable', 'input', 'additive', 'identity')],
  [vp, { width: 2, read: 'linear' }, classOf('learnable', 'input', 'additive', 'linear')],
  [vptShallow, {}, classOf('learnable', 'embedding', 'concatenative', 'identity')],
  [vptDeep, {}, classOf('learnable', 'hidden', 'concatenative', 'identity')],
  [ilmVp, {}, classOf('learnable', 'input', 'additive', 'statistical')],
];

test('the class of every method is computed from what enters which tower and how the answer is read', () => {
  const model = smallPair();
  const sorted = (taxonomy: TaxonomyClass | null): unknown => Object.fromEntries(Object.entries(taxonomy ?? {}).map(([name, values]) => [name, [...values].sort()]));
  for (const [method, options, expected] of computedClasses) {
    const { setting, dispose } = opened(model, method, options);
    assert.deepEqual(sorted(adaptedPair(method, setting).taxonomy), expected, `${method.id} ${JSON.stringify(options)}`);
    dispose();
  }
  disposePair(model);
});

const forPairs = approaches.filter(({ adaptPair }) => adaptPair);
const network = (): FrozenModel => {
  const weights = worldVit.initialise(createGenerator('weights'));
  return { id: 'world-vit', architecture: worldVit, weights, digest: '', classes: [], homeMade: true };
};

test('class names that no text can stand for are refused by every method, in one sentence', () => {
  const model = smallPair();
  const long = `ring ${'very '.repeat(40)}large`;
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['ring', long, 'cat', 'plus'], /^(ClassTextTooLong|RangeError): The class name ".*ring very .*…" makes a text of \d+ tokens with the template ".*", and at most \d+ fit the text tower: shorten the name(, or take fewer than \d vectors)?\.$/],
    [['ring', 'cat', 'ring', 'plus'], /^RangeError: Classes 0 and 2 are both called "[^"]*ring[^"]*", so no text can tell them apart: rename one\.$/],
    [['ring', 'RING', 'cat', 'plus'], /^RangeError: Classes 0 and 1, "[^"]*ring[^"]*" and "[^"]*RING[^"]*", are the same text to the tokenizer, so no text can tell them apart: rename one\.$/],
  ];
  assert.ok(forPairs.length >= 15, `${forPairs.length}`);
  for (const method of forPairs) {
    for (const [given, message] of cases) {
      const { setting, dispose } = opened(model, method, 'width' in method.options ? { width: 2 } : {}, { ...smallWording, names: given });
      assert.throws(() => method.adaptPair?.(setting), (error: Error) => message.test(String(error)) || assert.fail(`${method.id}: ${error}`));
      dispose();
    }
  }
  for (const method of [coop, maple, cupl, redCircle]) {
    assert.throws(() => apply(model, method, {}, { ...smallWording, names: ['ring', 'cat', ' ', 'plus'] }), /^RangeError: Class 2 has no name, so no text can stand for it\.$/);
  }
  disposePair(model);
});

test('a context leaves less room for names, and a text said twice of one class is refused as such', () => {
  const model = smallPair();
  const fitting = `ring ${'very '.repeat(68)}large`;
  const wording = { ...smallWording, names: ['cat', fitting], templates: ['{}.'] };
  assert.throws(() => apply(model, coop, { vectors: 40 }, wording), /^RangeError: The class name .* with the template "\{\}\.", and at most 37 fit the text tower: shorten the name, or take fewer than 40 vectors\.$/);
  assert.throws(
    () => apply(model, clipPromptEnsembling, { names: 'synonyms' }, { ...smallWording, synonyms: [[], [], [], ['kitten', 'cat']] }),
    /^RangeError: Class 3 has the text "a photo of a cat\." twice: say it once\.$/,
  );
  assert.throws(() => writtenFeatures(model, [['ring'], []]), /^RangeError: Class 1 has no text that could stand for it\.$/);
  disposePair(model);
});

test('compositions that no pair can have are refused in one sentence', (t) => {
  const model = smallPair();
  const context = contextVectors({ count: 2, width: 12, template: '{}.' });
  const written = writtenTexts(smallWording.descriptions);
  const nearest = { as: 'nearest-text' } as const;
  const ofPictures: PairManipulation = {
    parameters: {},
    acts: [
      {
        tower: 'text',
        site: { location: 'embedding' },
        action: {
          operator: 'concatenative',
          context: { count: 1, perClass: false, place: 'before', template: '{}.', ofPictures: true, vectors: (_, pictures) => tf.zeros([pictures.shape[0] ?? 0, 1, 12]) },
        },
      },
    ],
  };
  const replaced = (block: number): PairManipulation => ({
    parameters: {},
    acts: [{ tower: 'text', site: { location: 'hidden', block }, action: { operator: 'concatenative', inPlace: () => tf.zeros([1, 12]) } }],
  });
  const sentences = (best: number, ...shares: number[]) => ({ as: 'nearest-sentences', best, shares }) as const;
  const of = (manipulations: readonly PairManipulation[], more: Omit<PairComposition, 'fit' | 'manipulations'>) => () => compose(model, { manipulations, ...more });
  const x = drawnPictures('pictures', 2);
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [of([context, context], { reading: nearest }), /^RangeError: Texts have one context of vectors, or none\.$/],
    [of([replaced(1)], { reading: nearest }), /^RangeError: Texts have one context of vectors, or none\.$/],
    [of([context, written], { reading: nearest }), /^RangeError: Learned vectors stand around class names; whole texts beside them have no place\.$/],
    [of([context], { reading: sentences(1, 1) }), /^RangeError: Learned vectors stand around class names; whole texts beside them have no place\.$/],
    [of([written, written], { reading: nearest }), /^RangeError: Two lists of texts were written for the same classes, and one is read\.$/],
    [of([written], { reading: sentences(1, 0.5, 0.5) }), /^RangeError: 2 shares were given for 1 lists of sentences\.$/],
    [of([], { reading: sentences(1) }), /^RangeError: 0 shares were given for 0 lists of sentences\.$/],
    [of([ofPictures], { reading: nearest, anchor: { weight: 1 } }), /^RangeError: Class texts that differ from picture to picture have nothing to be drawn to\.$/],
    [of([context, replaced(3)], { reading: nearest }), /^RangeError: small's text tower has blocks 0 to 2; a manipulation names block 3\.$/],
    [of([onImage(attendedPrompts({ block: 3, count: 1, width: 15, bound: 1 }))], { reading: nearest }), /^RangeError: small's image tower has blocks 0 to 2; a manipulation names block 3\.$/],
    [() => apply(model, maple, { depth: 4 }), /^RangeError: Option "depth" is 4; both towers of small have 3 blocks at least, so choose 1 to 3\.$/],
    [() => apply(model, attrvr, { frame: 4 }), /^RangeError: .*frame/i],
    [() => apply(model, attrvr, { share: 1.5 }), /^RangeError: Option "share" is 1\.5; it must be a share/],
    [() => apply(model, kgcoop, { weight: 0 }), /^RangeError: Option "weight" is 0; it must be a number above 0\.$/],
    [() => apply(model, coop, { context: 'own' }), /^RangeError: Option "context" is "own"; choose one of unified, class-specific\.$/],
    [
      () => apply(model, attrvr, {}, { ...smallWording, descriptions: smallWording.descriptions.map((all, k) => all.slice(0, 4 - k)) }),
      /^RangeError: Classes need as many sentences each to be compared; they have 4, 3, 2, 1\.$/,
    ],
    [() => logitsOf(apply(model, attrvr, { nearest: 5 }), livelyParams(apply(model, attrvr)), x), /^RangeError: The best 5 of 4 numbers can't be taken; choose 1 to 4\.$/],
    [() => logitsOf(apply(model, coop), livelyParams(apply(model, coop)), tf.zeros([2, 8, 8, 4])), /^RangeError: The image tower takes pictures \[batch, 8, 8, 3\], but was given \[2, 8, 8, 4\], with an alpha channel: put them on a background first\.$/],
    [() => logitsOf(apply(model, maple), livelyParams(apply(model, maple)), tf.zeros([2, 16, 8, 3])), /^RangeError: The image tower takes pictures \[batch, 8, 8, 3\], but was given \[2, 16, 8, 3\]: resize and crop them first\.$/],
  ];
  for (const [refused, message] of cases) assert.throws(refused, (error: Error) => message.test(String(error)) || assert.fail(String(error)));
  t.diagnostic(`${cases.length} mistakes`);
  disposePair(model);
});

test('methods for pairs alone tell a network to be replaced by a pair; a method for networks takes the image tower with the plainest texts', () => {
  const net = network();
  const alone = forPairs.filter((method) => {
    try {
      method.adapt({ model: net, targets: 4, options: method.options, verbalizer: null });
      return false;
    } catch (error) {
      assert.match(String(error), new RegExp(`^RangeError: ${method.name} compares pictures with texts; world-vit reads no text, so choose a pair such as world-pair\\.$`));
      return true;
    }
  });
  assert.deepEqual(alone.map(({ id }) => id).sort(), ['attrvr', 'clip-prompt-ensembling', 'cocoop', 'coop', 'cupl', 'kgcoop', 'maple', 'red-circle', 'tip-adapter']);
  disposeParams(net.weights);
  const model = smallPair();
  const x = drawnPictures('pictures', 3);
  const bitfit = approaches.find(({ id }) => id === 'bitfit') ?? assert.fail('bitfit');
  assert.equal(bitfit.adaptPair, undefined);
  const { setting, classifiers, dispose } = opened(model, bitfit);
  const adapted = adaptedPair(bitfit, setting);
  assert.equal(classifiers().length, 1);
  assert.deepEqual([adapted.targets, adapted.outputWidth, adapted.readsOtherClasses], [4, 10, undefined]);
  assert.ok(largest(adapted.outputs(adapted.initialise(createGenerator(1)), x), embeddingOf(model, x)) <= 1e-6);
  dispose();
  const additive = approaches.find(({ id }) => id === 'ilm-vp') ?? assert.fail('ilm-vp');
  const named = opened(model, additive, { program: 'none' });
  const sources = adaptedPair(additive, named.setting);
  assert.equal(sources.outputWidth, 12, 'every name in every template is a source class');
  const expected = tf.concat(smallWording.templates.map((template) => cosines(model, embeddingOf(model, x), zeroShotWeights(model, names, [template]))), 1);
  assert.ok(largest(sources.outputs({}, x), expected) <= 1e-5);
  named.dispose();
  disposePair(model);
});

test('applying, asking, training and freeing leave no tensors and the frozen weights as they were', () => {
  const model = smallPair();
  const x = drawnPictures('pictures', 2);
  const labels = tf.tensor1d([0, 1], 'int32');
  const digest = digestParams({ ...model.weights.image, ...Object.fromEntries(Object.entries(model.weights.text).map(([name, tensor]) => [`text ${name}`, tensor])) });
  for (const method of forPairs) {
    const tensors = tf.memory().numTensors;
    const { setting, dispose } = opened(model, method, 'width' in method.options ? { width: 2 } : {});
    const adapted = adaptedPair(method, setting);
    if (adapted.alignment.kind === 'identity' && !adapted.settle) {
      const params = adapted.initialise(createGenerator(1));
      const lossOf = (now: Params): Tensor => tf.tidy(() => {
        const outputs = adapted.outputs(now, x);
        return adapted.objective?.(now, outputs, labels) ?? softmaxCrossEntropy(adapted.align(now, outputs, null), labels);
      });
      if (adapted.trainable > 0) {
        const { value, gradients } = valueAndGradients(lossOf, params);
        value.dispose();
        disposeParams(gradients);
      } else {
        lossOf(params).dispose();
      }
      disposeParams(params);
    }
    if ('dispose' in adapted) adapted.dispose();
    dispose();
    assert.equal(tf.memory().numTensors, tensors, `${method.id} leaves tensors behind`);
  }
  const after = digestParams({ ...model.weights.image, ...Object.fromEntries(Object.entries(model.weights.text).map(([name, tensor]) => [`text ${name}`, tensor])) });
  assert.equal(after, digest);
  disposePair(model);
});
