import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { approaches } from '../../src/bench/approaches.ts';
import { evaluateFormula, statedClass } from '../../src/knowledge/index.ts';
import { llama } from '../../src/models/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { readText } from '../../src/reprogramming/index.ts';
import type { AdaptedLanguage, Method } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import { wordTokenizer } from '../../src/text/index.ts';
import { languageFormulaLetters } from './language-formula-letters.ts';
import { methodEntries as entries } from './method-entries.ts';
import { runsOtherwise } from './runs-otherwise.ts';

const words = ['<s>', ...'abcdefghijklmnop'];
const classTokens = [[3], [4], [5, 6], [7]];

const architecture = llama({
  vocabulary: words.length,
  contextLength: 64,
  width: 16,
  depth: 2,
  heads: 4,
  keyValueHeads: 2,
  mlpWidth: 24,
  normEps: 1e-5,
  rotaryBase: 10_000,
  tiedHead: true,
});

function tinyModel(): FrozenLanguageModel {
  const weights = architecture.initialise(createGenerator('weights'));
  const tokenizer = wordTokenizer({ words, start: '<s>', specials: [] });
  return { id: 'tiny', architecture, weights, digest: digestParams(weights), tokenizer, start: 0, homeMade: true };
}

const forText = approaches.flatMap((method) => (method.adaptLanguage ? [method] : []));

/** Applied to a task of classes and to one of open answers; one of them where the method takes only that. */
function adaptations(method: Method, model: FrozenLanguageModel): readonly { adapted: AdaptedLanguage; classes: number }[] {
  return [classTokens, null].flatMap((tokens) => {
    try {
      const adapted = method.adaptLanguage?.({ model, options: method.options, classTokens: tokens, instructionTokens: [2, 3] });
      return adapted ? [{ adapted, classes: tokens?.length ?? 0 }] : [];
    } catch (error) {
      assert.ok(error instanceof RangeError && /chooses among classes/.test(error.message), String(error));
      return [];
    }
  });
}

before(() => useBackend('wasm'));

test('methods for text are among the approaches', () => {
  assert.ok(forText.length >= 20, `${forText.length}`);
});

for (const method of forText) {
  test(`${method.id}: on a language model the entry's class is the class computed from the composition`, () => {
    const entry = entries.get(method.id);
    assert.ok(entry, `content/methods/${method.id}.md is missing`);
    const model = tinyModel();
    const classes = adaptations(method, model).map(({ adapted }) => adapted.taxonomy);
    disposeParams(model.weights);
    assert.ok(classes.length > 0, 'no task takes it');
    if (method.family === 'PCA') {
      for (const taxonomy of classes) assert.equal(taxonomy, null);
      return;
    }
    const stated = { ...statedClass(entry), ...runsOtherwise.get(method.id) };
    const strings = classes.map((taxonomy) => JSON.stringify(taxonomy));
    // answers written and answers chosen differ in their alignment and in nothing else
    assert.ok(strings.includes(JSON.stringify(stated)), `${strings.join(' or ')}, and the entry says ${JSON.stringify(stated)}`);
    for (const taxonomy of classes) assert.deepEqual({ ...taxonomy, alignment: [] }, { ...stated, alignment: [] });
    if (runsOtherwise.has(method.id)) assert.ok(!strings.includes(JSON.stringify(statedClass(entry))), 'the entry states what runs; drop the exception');
  });

  test(`${method.id}: on a language model the count of trainable numbers is the entry's formula, and each of them gets a gradient`, () => {
    const entry = entries.get(method.id);
    assert.ok(entry?.trainable && 'formula' in entry.trainable);
    const model = tinyModel();
    for (const { adapted, classes } of adaptations(method, model)) {
      const expected = evaluateFormula(entry.trainable.formula ?? '', languageFormulaLetters(model, adapted, method.options, classes));
      assert.equal(adapted.trainable, expected, classes > 0 ? 'with classes' : 'with open answers');
      const params = adapted.initialise(createGenerator(1));
      if (expected > 0) {
        const nudged = Object.fromEntries(
          Object.entries(params).map(([name, tensor]) => [name, tf.add(tensor, tf.tensor(createGenerator(name).normals(tensor.size), tensor.shape).mul(0.05))]),
        );
        const rows = [[0, 1, 2, 3], [0, 4, 5]];
        const { gradients } = valueAndGradients((now) => {
          const reader = { architecture, begun: adapted.begin(now), reads: adapted.reads };
          return tf.mean(tf.square(adapted.align(now, readText(reader, rows, 'last').outputs)));
        }, nudged);
        assert.deepEqual(Object.keys(gradients).sort(), Object.keys(params).sort());
        for (const [name, gradient] of Object.entries(gradients)) {
          assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `no gradient reaches ${name}`);
        }
        disposeParams(gradients);
        disposeParams(nudged);
      }
      disposeParams(params);
    }
    assert.equal(digestParams(model.weights), model.digest, 'the frozen weights changed');
    disposeParams(model.weights);
  });
}
