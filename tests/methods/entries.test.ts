import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { approaches } from '../../src/bench/approaches.ts';
import { evaluateFormula, statedClass } from '../../src/knowledge/index.ts';
import { doodlenet } from '../../src/models/doodlenet.ts';
import { kwt, kwt1Options } from '../../src/models/kwt.ts';
import { resnetCifar, takesPictures, worldVit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { groupingMap, labelMapTensor } from '../../src/reprogramming/index.ts';
import type { Adapted, Method, Options } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { formulaLetters } from './formula-letters.ts';
import { methodEntries as entries } from './method-entries.ts';
import { runsOtherwise } from './runs-otherwise.ts';

const targets = 4;
/** Samples of the made-up series that a network of sound is given. */
const seriesLength = 150;
/** KWT-1 with two of its twelve blocks. */
const shortKwt = kwt({ ...kwt1Options, depth: 2 });

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

/** Every choice of options that the tests cover: the defaults, and each pixel program. */
function variants({ options }: Method): readonly Options[] {
  return 'program' in options ? ['none', 'padding', 'additive'].map((program) => ({ ...options, program })) : [options];
}

/** Three examples of noise. */
function examples({ architecture: { input } }: FrozenModel): Tensor {
  const shape = takesPictures(input) ? [3, input.rows, input.columns, input.channels] : [3, input.samples];
  return tf.tensor(createGenerator(2).uniforms(shape.reduce((product, n) => product * n, 1)), shape);
}

const prepared = ({ prepare }: Adapted, x: Tensor): Tensor => prepare?.(x) ?? x;

before(() => useBackend('wasm'));

const adapt = (method: Method, model: FrozenModel, options: Options): Adapted =>
  method.adapt({ model, targets, options, seriesLength, verbalizer: groupingMap([[0], [1], [2, 3], [4]], model.architecture.outputs) });

/** Whether a method takes a network of this kind; prompts among tokens need a transformer, words a language model. */
function canAdapt(method: Method, model: FrozenModel): boolean {
  try {
    adapt(method, model, method.options);
    return true;
  } catch (error) {
    assert.ok(error instanceof RangeError && /needs a (transformer|language model)|changes (pictures|waves)|compares pictures with texts/.test(error.message), String(error));
    return false;
  }
}

test('every approach has an entry and every implemented entry an approach', () => {
  assert.ok(approaches.length >= 11);
  for (const { id, file, family } of approaches) {
    const entry = entries.get(id);
    assert.ok(entry, `content/methods/${id}.md is missing`);
    assert.equal(entry.implementation, file);
    assert.equal(entry.family, family);
  }
  const implemented = [...entries.values()].filter((entry) => entry.implementation !== undefined).map((entry) => entry.id);
  assert.deepEqual(implemented.sort(), approaches.map(({ id }) => id).sort());
});

/** A method for text or for pairs alone takes none of the nets here; `language-entries.test.ts` and `pair-entries.test.ts` look at it. */
function isForOthers(method: Method, nets: readonly FrozenModel[]): boolean {
  if (nets.length > 0) return false;
  assert.ok(method.adaptLanguage ?? method.adaptPair, 'no network takes it');
  return true;
}

for (const method of approaches) {
  test(`${method.id}: the entry's class is the class computed from the composition`, () => {
    const entry = entries.get(method.id);
    assert.ok(entry);
    const models = [resnetCifar(8), worldVit, shortKwt].map(frozen).filter((net) => canAdapt(method, net));
    if (isForOthers(method, models)) return;
    const [model] = models;
    assert.ok(model);
    const { taxonomy } = adapt(method, model, method.options);
    const stated = statedClass(entry);
    if (method.family === 'PCA') {
      assert.equal(taxonomy, null);
      assert.equal(stated, undefined, 'a parameter-centric rival has no place in the taxonomy');
    } else {
      const otherwise = runsOtherwise.get(method.id);
      assert.deepEqual(taxonomy, { ...stated, ...otherwise });
      if (otherwise) assert.notDeepEqual(taxonomy, stated, 'the entry states what runs; drop the exception');
    }
  });

  test(`${method.id}: the count of trainable numbers is the entry's formula, and each of them gets a gradient`, () => {
    const entry = entries.get(method.id);
    assert.ok(entry?.trainable && 'formula' in entry.trainable);
    const nets = [doodlenet, resnetCifar(8), worldVit, shortKwt].map(frozen).filter((model) => canAdapt(method, model));
    if (isForOthers(method, nets)) return;
    for (const model of nets) {
      for (const options of variants(method)) {
        const adapted = adapt(method, model, options);
        const expected = evaluateFormula(entry.trainable.formula ?? '', formulaLetters(model, adapted, options, { targets, seriesLength }));
        assert.equal(adapted.trainable, expected, `${JSON.stringify(options)} on a ${model.architecture.kind} net`);
        const params = adapted.initialise(createGenerator(1));
        if (expected === 0) {
          assert.deepEqual(Object.keys(params), []);
          continue;
        }
        const x = prepared(adapted, examples(model));
        const y = tf.tensor1d([0, 1, 2], 'int32');
        const map = labelMapTensor(groupingMap([[0], [1], [2], [3]], model.architecture.outputs));
        const nudged = Object.fromEntries(
          Object.entries(params).map(([name, tensor]) => [name, tf.add(tensor, tf.tensor(createGenerator(name).normals(tensor.size), tensor.shape).mul(0.05))]),
        );
        const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, x), map), y), nudged);
        assert.deepEqual(Object.keys(gradients).sort(), Object.keys(params).sort());
        for (const [name, gradient] of Object.entries(gradients)) {
          assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `no gradient reaches ${name}`);
        }
        assert.equal(digestParams(model.weights), model.digest, 'the frozen weights changed');
        disposeParams(gradients);
        disposeParams(nudged);
        disposeParams(params);
      }
    }
  });
}
