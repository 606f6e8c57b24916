import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { approaches } from '../../src/bench/approaches.ts';
import { adaptedPair } from '../../src/bench/pair/open-pair.ts';
import type { OpenedPairSetting } from '../../src/bench/pair/pair-setting.ts';
import { evaluateFormula, statedClass } from '../../src/knowledge/index.ts';
import { oneTree } from '../../src/models/index.ts';
import type { ClipOptions, FrozenImageTextModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { groupingMap, labelMapTensor, plainTexts } from '../../src/reprogramming/index.ts';
import type { Adapted, Method, Options } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import { disposePair, drawnPictures, smallClipOptions, smallPair } from '../models/small-clip.ts';
import { livelyParams, opened, smallWording } from '../reprogramming/small-pair-setting.ts';
import { methodEntries as entries } from './method-entries.ts';
import { pairFormulaLetters } from './pair-formula-letters.ts';
import { runsOtherwise } from './runs-otherwise.ts';

before(() => useBackend('wasm'));

const side = 32;
const image: ClipOptions['image'] = { ...smallClipOptions.image, input: { ...smallClipOptions.image.input, rows: side, columns: side }, tokeniser: { as: 'patches', size: 8 }, width: 16, heads: 4 };
/** Texts, pictures and what both share have widths of their own. */
const apart: ClipOptions = { ...smallClipOptions, image };
/** For methods that know a pair as a network alone: the letter d of their entries is a token's width and a feature's. */
const alike: ClipOptions = { ...apart, embeddingWidth: image.width };

const pairFor = ({ adaptPair }: Method): FrozenImageTextModel => smallPair(adaptPair ? apart : alike);

interface Applied extends OpenedPairSetting {
  readonly adapted: Adapted;
  readonly options: Options;
}

function apply(method: Method, model: FrozenImageTextModel, given: Options): Applied {
  const own = opened(model, method, given);
  const adapted = adaptedPair(method, own.setting);
  return { ...own, adapted, options: { ...method.options, ...given } };
}

/** Whether the pair can be adapted by it: not by methods for language models, sound or words that stand for source classes. */
function takesPairs(method: Method): boolean {
  const model = pairFor(method);
  try {
    apply(method, model, {}).dispose();
    return true;
  } catch (error) {
    assert.ok(error instanceof RangeError && /needs a language model|no verbalizer|compares series|changes waves/.test(error.message), `${method.id}: ${error}`);
    return false;
  } finally {
    disposePair(model);
  }
}

const variantsOf: Readonly<Record<string, readonly Options[]>> = {
  coop: [{}, { vectors: 3, context: 'class-specific' }],
  maple: [1, 2, 3].map((depth) => ({ depth })),
  attrvr: [{}, { frame: 5 }],
  vp: ['linear', 'identity'].flatMap((read) => ['frame', 'fixed-patch', 'whole'].map((shape) => ({ shape, read, width: 3 }))),
  lora: [{}, { rank: 2 }],
  'linear-probe': [{}, { start: 'texts' }],
  'full-fine-tuning': [{}, { read: 'head' }],
};

/** The choices of options that the tests cover: those above, each pixel program, or a method's own. */
const variants = ({ id, options }: Method): readonly Options[] =>
  variantsOf[id] ?? ('program' in options ? ['none', 'padding', 'additive'].map((program) => ({ program })) : [{}]);

test('methods for pairs are among the approaches, and other methods for pictures take a pair as well', () => {
  const taken = approaches.filter(takesPairs);
  assert.ok(taken.length >= 25, taken.map(({ id }) => id).join());
  assert.ok(taken.filter(({ adaptPair }) => adaptPair).length >= 15);
  assert.ok(taken.filter(({ adaptPair }) => !adaptPair).length >= 5);
});

for (const method of approaches) {
  test(`${method.id}: on a pair the entry's class is the class computed from the composition`, () => {
    if (!takesPairs(method)) return;
    const entry = entries.get(method.id);
    assert.ok(entry, `content/methods/${method.id}.md is missing`);
    const model = pairFor(method);
    const { adapted, dispose } = apply(method, model, {});
    const stated = statedClass(entry);
    if (method.family === 'PCA') {
      assert.equal(adapted.taxonomy, null);
      assert.equal(stated, undefined, 'a parameter-centric rival has no place in the taxonomy');
    } else {
      const expected = { ...stated, ...runsOtherwise.get(method.id) };
      // what a network answers by a new head, a pair answers by its texts; nothing else differs
      const byTexts = 'dispose' in adapted && adapted.taxonomy?.alignment.join() === 'identity';
      assert.deepEqual(adapted.taxonomy, byTexts ? { ...expected, alignment: ['identity'] } : expected);
      const isForPairsAlone = entry.modalities?.join() === 'image-text';
      if (byTexts && isForPairsAlone) assert.deepEqual(expected.alignment, ['identity']);
    }
    dispose();
    disposePair(model);
  });

  test(`${method.id}: on a pair the count of trainable numbers is the entry's formula, and each of them gets a gradient`, () => {
    if (!takesPairs(method)) return;
    const entry = entries.get(method.id);
    assert.ok(entry?.trainable && 'formula' in entry.trainable);
    const model = pairFor(method);
    const x = drawnPictures('pictures', 3, [side, side, 3]);
    const y = tf.tensor1d([0, 1, 2], 'int32');
    for (const given of variants(method)) {
      const { adapted, setting, options, dispose } = apply(method, model, given);
      const network = setting.classifier(plainTexts(smallWording));
      const expected = evaluateFormula(entry.trainable.formula ?? '', pairFormulaLetters(model, { method, options, adapted, network }));
      assert.equal(adapted.trainable, expected, JSON.stringify(options));
      if (expected === 0) {
        assert.deepEqual(adapted.initialise(createGenerator(1)), {});
      } else {
        const params = livelyParams(adapted);
        const map = labelMapTensor(groupingMap([[0], [1], [2], [3]], adapted.outputWidth));
        const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, x), map), y), params);
        assert.deepEqual(Object.keys(gradients).sort(), Object.keys(params).sort());
        for (const [name, gradient] of Object.entries(gradients)) {
          assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `no gradient reaches ${name}, ${JSON.stringify(options)}`);
        }
        disposeParams(gradients);
        disposeParams(params);
      }
      dispose();
    }
    assert.equal(digestParams(oneTree(model.weights)), model.digest, 'the frozen weights changed');
    disposePair(model);
  });
}
