import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bagOfWords } from '../../src/adaptation/bag-of-words.ts';
import { bitfit } from '../../src/adaptation/bitfit.ts';
import { fullFineTuning } from '../../src/adaptation/full-fine-tuning.ts';
import { ia3 } from '../../src/adaptation/ia3.ts';
import { linearProbe } from '../../src/adaptation/linear-probe.ts';
import { lora } from '../../src/adaptation/lora.ts';
import { majorityClass } from '../../src/adaptation/majority-class.ts';
import { normTuning } from '../../src/adaptation/norm-tuning.ts';
import { languageLogits } from '../../src/models/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { disposeBegun, placesOf, readText } from '../../src/reprogramming/index.ts';
import type { AdaptedLanguage, Method, Options } from '../../src/reprogramming/index.ts';
import { countNumbers, digestParams, disposeParams, entry, softmaxCrossEntropy, tf, useBackend } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { train } from '../../src/training/index.ts';
import { difference } from '../methods/compare-roads.ts';
import { drawn } from '../models/drawn-tensors.ts';
import { drawnRows, frozenLanguage, languageNets } from '../reprogramming/frozen-language.ts';

before(() => useBackend('wasm'));

const nets = Object.entries(languageNets);
const rivals: readonly (readonly [Method, Options])[] = [
  [lora, { rank: 2, alpha: 6 }],
  [ia3, {}],
  [bitfit, {}],
  [normTuning, {}],
  [fullFineTuning, {}],
];

const applied = (method: Method, model: FrozenLanguageModel, options: Options = {}): AdaptedLanguage =>
  method.adaptLanguage?.({ model, options: { ...method.options, ...options }, classTokens: null, instructionTokens: null }) ?? assert.fail();

const lengths = [4, 7, 2];

/** Logits of the last tokens of some rows by an adapted model. */
function logitsOf(adapted: AdaptedLanguage, model: FrozenLanguageModel, params: Params): Tensor {
  const rows = drawnRows('rows', model, lengths);
  const { architecture } = model;
  return tf.tidy(() => readText({ architecture, begun: adapted.begin(params) }, rows, 'last').outputs);
}

/** The same by the model with some weights in the place of its own, row by row. */
function plainLogits({ architecture, weights, ...model }: FrozenLanguageModel, changed: Params = {}): Tensor {
  const rows = drawnRows('rows', { architecture, weights, ...model }, lengths);
  return tf.tidy(() =>
    tf.concat(rows.map((row) => languageLogits(architecture, { ...weights, ...changed }, { tokens: tf.tensor2d([row], [1, row.length], 'int32') }, 'last'))),
  );
}

for (const [net, architecture] of nets) {
  test(`${net}: a rival starts as the model itself, and training changes what it answers and nothing of the frozen model`, async () => {
    const model = frozenLanguage(architecture);
    const frozen = plainLogits(model);
    const rows = drawnRows('rows', model, lengths);
    const last = placesOf(rows, rows.map(({ length }, row) => ({ row, place: length - 1 })));
    for (const [method, options] of rivals) {
      const adapted = applied(method, model, options);
      const initial = adapted.initialise(createGenerator(1));
      const gap = difference(logitsOf(adapted, model, initial), frozen);
      assert.ok(gap <= 1e-6, `${method.id} starts ${gap} off`);
      const names = Object.keys(initial);
      const before = Object.fromEntries(Object.entries(initial).map(([name, tensor]) => [name, [...tensor.dataSync()].join()]));
      const { params, curve } = await train(initial, {
        recipe: { optimiser: { name: 'adam' }, schedule: { name: 'constant' }, learningRate: 0.01, epochs: 5, batch: 3 },
        count: 3,
        generator: createGenerator(2),
        loss: (now) => {
          const { outputs } = readText({ architecture, begun: adapted.begin(now), reads: adapted.reads }, rows, last);
          return { loss: softmaxCrossEntropy(adapted.align(now, outputs), tf.tensor1d([3, 1, 4], 'int32')) };
        },
      });
      assert.ok((curve.at(-1)?.loss ?? NaN) < (curve[0]?.loss ?? NaN), `${method.id} learns nothing`);
      const still = names.filter((name) => [...entry(params, name).dataSync()].join() === before[name]);
      assert.deepEqual(still, [], `${method.id} leaves some as they were`);
      assert.ok(difference(logitsOf(adapted, model, params), frozen) > 1e-3, method.id);
      assert.equal(digestParams(model.weights), model.digest, `${method.id} changed the frozen weights`);
      const held = tf.memory().numTensors;
      disposeBegun(adapted.begin(params), { ...model.weights, ...params });
      assert.equal(tf.memory().numTensors, held, `${method.id} keeps tensors`);
      assert.equal(digestParams(model.weights), model.digest, `${method.id} freed frozen weights`);
      disposeParams(params);
    }
    assert.equal(difference(plainLogits(model), frozen), 0);
    disposeParams(model.weights);
  });

  test(`${net}: changed weights are those that the papers say`, () => {
    const model = frozenLanguage(architecture);
    const { depth, keyWidth, heads, keyValueHeads } = architecture;
    const queryWidth = (keyWidth / keyValueHeads) * heads;
    const lively = (adapted: AdaptedLanguage): Params =>
      Object.fromEntries(Object.entries(adapted.initialise(createGenerator(1))).map(([name, { shape }]) => [name, drawn(name, shape, 0.5)]));
    const weightOf = (name: string): Tensor => entry(model.weights, name);

    const low = applied(lora, model, { rank: 2, alpha: 6 });
    const λ = lively(low);
    const changed = Array.from({ length: depth }, (_, block) => {
      const name = `blocks.${block}.attention.qkv.weight`;
      const [queries, keys, values] = tf.split(weightOf(name), [queryWidth, keyWidth, keyWidth], 1);
      assert.ok(queries && keys && values);
      const delta = (role: string): Tensor => tf.mul(tf.matMul(entry(λ, `lora.${block}.${role}.down`), entry(λ, `lora.${block}.${role}.up`)), 3);
      return [name, tf.concat([tf.add(queries, delta('query')), keys, tf.add(values, delta('value'))], 1)] as const;
    });
    const byLora = plainLogits(model, Object.fromEntries(changed));
    assert.ok(difference(logitsOf(low, model, λ), byLora) <= 1e-5);
    assert.ok(difference(byLora, plainLogits(model)) > 1e-2);

    const scaled = applied(ia3, model);
    const scales = lively(scaled);
    const rescaled = Array.from({ length: depth }, (_, block) => {
      const scale = (part: string): Tensor => entry(scales, `ia3.${block}.${part}`);
      return [`blocks.${block}.attention.qkv.weight`, `blocks.${block}.attention.qkv.bias`]
        .filter((name) => model.weights[name])
        .map((name): readonly [string, Tensor] => {
          const [queries, keys, values] = tf.split(weightOf(name), [queryWidth, keyWidth, keyWidth], -1);
          assert.ok(queries && keys && values);
          return [name, tf.concat([queries, tf.mul(keys, scale('keys')), tf.mul(values, scale('values'))], -1)];
        })
        .concat([[`blocks.${block}.mlp.out.weight`, tf.matMul(tf.diag(scale('inner')), weightOf(`blocks.${block}.mlp.out.weight`))]]);
    });
    const byScales = plainLogits(model, Object.fromEntries(rescaled.flat()));
    assert.ok(difference(logitsOf(scaled, model, scales), byScales) <= 1e-5);

    for (const [method, isOwn] of [
      [normTuning, /(^|\.)norm\d?\.(gain|shift)$/],
      [bitfit, /\.(bias|shift)$/],
      [fullFineTuning, /./],
    ] as const) {
      const adapted = applied(method, model);
      const params = lively(adapted);
      const own = Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name.replace(/^model\./, ''), tensor]));
      const expected = Object.keys(model.weights).filter((name) => isOwn.test(name));
      const fresh = Object.keys(model.weights).filter((name) => /^blocks\..*\.weight$/.test(name)).map((name) => name.replace(/weight$/, 'bias'));
      assert.deepEqual(Object.keys(own).sort(), (expected.length > 0 ? expected : fresh).sort(), method.id);
      assert.ok(difference(logitsOf(adapted, model, params), plainLogits(model, own)) <= 1e-5, method.id);
    }
    disposeParams(model.weights);
  });
}

test('the counts are those of the formulas, in grouped heads too', () => {
  for (const [net, architecture] of nets) {
    const model = frozenLanguage(architecture);
    const { depth: L, width: d, keyWidth, heads, keyValueHeads } = architecture;
    const queryWidth = (keyWidth / keyValueHeads) * heads;
    const inner = model.weights['blocks.0.mlp.out.weight']?.shape[0] ?? NaN;
    const isGpt2 = net === 'GPT-2';
    for (const rank of [1, 4]) assert.equal(applied(lora, model, { rank, alpha: 1 }).trainable, L * rank * (d + queryWidth + d + keyWidth), net);
    assert.equal(applied(ia3, model).trainable, L * (2 * keyWidth + inner));
    assert.equal(applied(normTuning, model).trainable, (2 * L + 1) * d * (isGpt2 ? 2 : 1));
    const projections = queryWidth + 2 * keyWidth + d + inner + d;
    assert.equal(applied(bitfit, model).trainable, L * (projections + (isGpt2 ? 2 * d : inner)) + (isGpt2 ? d : 0));
    assert.equal(applied(fullFineTuning, model).trainable, countNumbers(model.weights));
    const probe = linearProbe.adaptLanguage?.({ model, options: {}, classTokens: [[1], [2], [3]], instructionTokens: null });
    assert.equal(probe?.trainable, d * 3 + 3);
    for (const method of [majorityClass, bagOfWords]) assert.equal(applied(method, model).trainable, 0);
    for (const [method] of rivals) assert.equal(applied(method, model, method === lora ? { rank: 1, alpha: 1 } : {}).taxonomy, null);
    disposeParams(model.weights);
  }
});

test('a probe without classes and options that are none are refused in one sentence', () => {
  const model = frozenLanguage(languageNets['GPT-2'] ?? assert.fail());
  assert.throws(() => applied(linearProbe, model), /^RangeError: A linear probe chooses among classes; the answers of this task are open\.$/);
  assert.throws(() => applied(lora, model, { rank: 0 }), /Option "rank" is 0; it must be a whole number of at least 1\.$/);
  assert.throws(() => applied(bagOfWords, model, { c: 0 }), /Option "c" is 0; it must be a number above 0\.$/);
  disposeParams(model.weights);
});

test('a bag of words tells classes apart by words that at least two texts hold, whatever their case', () => {
  const model = frozenLanguage(languageNets['GPT-2'] ?? assert.fail());
  const judge = applied(bagOfWords, model).judge?.(['Good film', 'good play', 'bad film', 'BAD play', 'rare'], Int32Array.of(1, 1, 0, 0, 2), 3);
  assert.ok(judge);
  assert.deepEqual(['good', 'a GOOD one!', 'bad?', "it's bad"].map(judge), [1, 1, 0, 0]);
  assert.equal(judge('rare'), judge('unheard of'), 'a word that one text holds says nothing');
  const majority = applied(majorityClass, model).judge?.(['a', 'b', 'c'], Int32Array.of(2, 1, 2), 3);
  assert.equal(majority?.('anything'), 2);
  disposeParams(model.weights);
});
