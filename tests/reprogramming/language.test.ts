import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bbt } from '../../src/methods/bbt.ts';
import { pTuningV2 } from '../../src/methods/p-tuning-v2.ts';
import { pTuning } from '../../src/methods/p-tuning.ts';
import { prefixTuning } from '../../src/methods/prefix-tuning.ts';
import { promptTuning } from '../../src/methods/prompt-tuning.ts';
import { warp } from '../../src/methods/warp.ts';
import { extendCache, languageLogits } from '../../src/models/index.ts';
import type { Attended, FrozenLanguageModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { disposeBegun, placesOf, prefix, promptEncoder, readText, reprogramLanguage, softPrompt } from '../../src/reprogramming/index.ts';
import type { AdaptedLanguage, Method, Options, Rows } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, entry, linear, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from '../models/drawn-tensors.ts';
import { difference } from '../methods/compare-roads.ts';
import { drawnRows, frozenLanguage, languageNets } from './frozen-language.ts';

before(() => useBackend('wasm'));

const nets = Object.entries(languageNets);

const applied = (method: Method, model: FrozenLanguageModel, options: Options = {}): AdaptedLanguage => {
  assert.ok(method.adaptLanguage);
  return method.adaptLanguage({ model, options: { ...method.options, ...options }, classTokens: null, instructionTokens: [3, 5] });
};

/** Parameters of the size of trained ones. The caller owns them. */
const lively = (adapted: AdaptedLanguage): Params =>
  Object.fromEntries(Object.entries(adapted.initialise(createGenerator('start'))).map(([name, { shape }]) => [name, drawn(name, shape, 0.3)]));

/** What stands in front, computed from parameters without the engine. */
type PlainFront = (model: FrozenLanguageModel, params: Params) => { readonly vectors?: Tensor; readonly extra?: readonly (readonly Attended[])[] };

/** Keys in columns 2l, values in columns 2l + 1, for each row of a batch of one. */
function tiledPrefix({ architecture: { depth, keyWidth } }: FrozenLanguageModel, made: Tensor): readonly (readonly Attended[])[] {
  const columns = tf.split(made, 2 * depth, 1);
  const at = (index: number): Tensor => tf.reshape(columns[index] ?? assert.fail(), [1, -1, keyWidth]);
  return Array.from({ length: depth }, (_, block) => [{ keys: at(2 * block), values: at(2 * block + 1) }]);
}

const throughNetwork = (params: Params): Tensor => {
  const own = (name: string): Tensor => entry(params, `manipulation.0.${name}`);
  return linear(tf.tanh(linear(own('prefix'), own('in.weight'), own('in.bias'))), own('out.weight'), own('out.bias'));
};

const encoded: PlainFront = ({ architecture: { width } }, params) => {
  const { action } = promptEncoder(width);
  const own = Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name.replace('manipulation.1.', ''), tensor]));
  return { vectors: 'ofFront' in action ? action.ofFront(own, entry(params, 'manipulation.0.prompt')) : assert.fail() };
};

interface Compared {
  readonly name: string;
  readonly adapt: (model: FrozenLanguageModel) => AdaptedLanguage;
  readonly plain: PlainFront;
}

const compared: readonly Compared[] = [
  {
    name: 'prompt tuning',
    adapt: (model) => applied(promptTuning, model, { tokens: 3 }),
    plain: (_, params) => ({ vectors: entry(params, 'manipulation.0.prompt') }),
  },
  { name: 'P-tuning', adapt: (model) => applied(pTuning, model, { tokens: 3 }), plain: encoded },
  {
    name: 'prefix-tuning',
    adapt: (model) => applied(prefixTuning, model, { tokens: 2, network: 0 }),
    plain: (model, params) => ({ extra: tiledPrefix(model, entry(params, 'manipulation.0.prefix')) }),
  },
  {
    name: 'prefix-tuning through a network',
    adapt: (model) => applied(prefixTuning, model, { tokens: 2, network: 5 }),
    plain: (model, params) => ({ extra: tiledPrefix(model, throughNetwork(params)) }),
  },
  {
    name: 'a prefix and vectors',
    adapt: (model) => {
      const [first, second] = [2, 1].map((count) => softPrompt(model, count, { from: 'random' }));
      assert.ok(first && second);
      return reprogramLanguage(model, { manipulations: [prefix(model.architecture, { count: 2, network: 0 }), first, second], reading: { as: 'answer' } }, null);
    },
    plain: (model, params) => ({
      vectors: tf.concat([entry(params, 'manipulation.1.prompt'), entry(params, 'manipulation.2.prompt')], 0),
      extra: tiledPrefix(model, entry(params, 'manipulation.0.prefix')),
    }),
  },
];

const lastPlaces = (rows: Rows): Int32Array => placesOf(rows, rows.map(({ length }, row) => ({ row, place: length - 1 })));

type Road = (params: Params, rows: Rows) => Tensor;

/** The engine's logits of the last tokens; with `plain`, what stands in front is read with every row. */
const engineRoad =
  (adapted: AdaptedLanguage, { architecture }: FrozenLanguageModel, plain: boolean): Road =>
  (params, rows) =>
    readText({ architecture, begun: adapted.begin(params, { plain }) }, rows, lastPlaces(rows)).outputs;

/** Each row alone: vectors, then the start token and the rest, all of it anew, without a cache or padding. */
const rowByRow =
  ({ plain }: Compared, model: FrozenLanguageModel): Road =>
  (params, rows) => {
    const { architecture, weights } = model;
    const { vectors, extra } = plain(model, params);
    const first = extra?.[0]?.[0];
    const front = first && 'keys' in first ? (first.keys.shape[1] ?? 0) : 0;
    const logits = rows.map((row) => {
      const text = architecture.embed(weights, tf.tensor2d([[...row]], [1, row.length], 'int32'));
      const tokens = vectors ? tf.concat([tf.expandDims(vectors, 0), text], 1) : text;
      return languageLogits(architecture, weights, { tokens, ...(extra ? { extra, firstPosition: front } : {}) }, 'last');
    });
    return tf.concat(logits, 0);
  };

const labels = [4, 7, 2];
const lossOf = (road: Road, rows: Rows) => (params: Params) => softmaxCrossEntropy(road(params, rows), tf.tensor1d(labels, 'int32'));

/** Ten steps of descent: the loss before each. */
function descend(road: Road, rows: Rows, start: Params): number[] {
  let params = start;
  return Array.from({ length: 10 }, () => {
    const { value, gradients } = valueAndGradients(lossOf(road, rows), params);
    params = Object.fromEntries(Object.entries(params).map(([name, old]) => [name, tf.sub(old, tf.mul(entry(gradients, name), 0.05))]));
    return value.dataSync()[0] ?? NaN;
  });
}

for (const [net, architecture] of nets) {
  test(`${net}: what stands in front, read once, is what is read with every row: outputs, gradients, ten steps`, () => {
    const model = frozenLanguage(architecture);
    let held = 0;
    tf.tidy(() => {
      for (const each of compared) {
        const adapted = each.adapt(model);
        const start = lively(adapted);
        for (const lengths of [[5, 5, 5], [3, 8, 1]]) {
          const rows = drawnRows(each.name, model, lengths);
          const where = `${each.name}, rows of ${lengths.join(', ')}`;
          const fast = engineRoad(adapted, model, false);
          const expected = valueAndGradients(lossOf(fast, rows), start).gradients;
          for (const plain of [engineRoad(adapted, model, true), rowByRow(each, model)]) {
            const gap = difference(fast(start, rows), plain(start, rows));
            assert.ok(gap <= 1e-5, `${where}: outputs are ${gap} apart`);
            const { gradients } = valueAndGradients(lossOf(plain, rows), start);
            for (const name of Object.keys(start)) {
              const apart = largest(entry(expected, name), entry(gradients, name));
              assert.ok(apart <= 1e-4, `${where}: gradients of ${name} are ${apart} apart`);
            }
            held += 1;
          }
          if (lengths[0] === lengths[1]) continue;
          const [losses, plainly] = [false, true].map((plain) => descend(engineRoad(adapted, model, plain), rows, start));
          assert.ok(losses && plainly && (losses[9] ?? 0) < (losses[0] ?? 0) - 1e-3, `${where}: ten steps change nothing`);
          losses.forEach((loss, step) => {
            const off = Math.abs(loss - (plainly[step] ?? NaN));
            assert.ok(off <= 1e-4 * Math.max(1, loss), `${where}: losses at step ${step} are ${off} apart`);
          });
        }
      }
    });
    assert.equal(held, compared.length * 4);
    assert.equal(digestParams(model.weights), model.digest);
    disposeParams(model.weights);
  });
}

test('what was begun is freed again, and nothing of it is the model\'s', () => {
  for (const [net, architecture] of nets) {
    const model = frozenLanguage(architecture);
    const rows = drawnRows(net, model, [4, 6]);
    for (const { name, adapt } of compared) {
      const adapted = adapt(model);
      const params = lively(adapted);
      const held = tf.memory().numTensors;
      const last: number[][] = [];
      for (const plain of [false, true]) {
        const begun = adapted.begin(params, { plain });
        const { outputs, cache } = readText({ architecture, begun }, rows, 'last');
        last.push([...outputs.dataSync()]);
        outputs.dispose();
        for (const { keys, values, lastKey } of cache.memories) tf.dispose([keys, values, ...(lastKey ? [lastKey] : [])]);
        disposeBegun(begun, { ...model.weights, ...params });
        assert.equal(tf.memory().numTensors, held, `${net}, ${name}`);
      }
      last[0]?.forEach((logit, at) => assert.ok(Math.abs(logit - (last[1]?.[at] ?? NaN)) <= 1e-4, `${net}, ${name}: the last tokens of padded rows`));
      assert.equal(digestParams(model.weights), model.digest);
      disposeParams(params);
    }
    disposeParams(model.weights);
  }
});

test('places of rows of different lengths are read where they are asked for', () => {
  const model = frozenLanguage(smallOf('Llama with smeared keys'));
  const { architecture, weights } = model;
  const rows = drawnRows('places', model, [3, 7, 5]);
  const chosen = [{ row: 1, place: 6 }, { row: 0, place: 1 }, { row: 2, place: 0 }, { row: 1, place: 2 }];
  const begun = { weights, front: null, unread: null, extra: null };
  const { outputs } = readText({ architecture, begun }, rows, placesOf(rows, chosen));
  const alone = chosen.map(({ row, place }) => {
    const tokens = tf.tensor2d([(rows[row] ?? []).slice(0, place + 1)], [1, place + 1], 'int32');
    return languageLogits(architecture, weights, { tokens }, 'last');
  });
  assert.ok(difference(outputs, tf.concat(alone, 0)) <= 1e-5);
});

function smallOf(name: string) {
  return languageNets[name] ?? assert.fail(name);
}

const sentence = (act: () => unknown, pattern: RegExp): void =>
  assert.throws(act, (error) => error instanceof RangeError && pattern.test(error.message) && !error.message.trimEnd().slice(0, -1).includes('\n'));

test('a text longer than the context, whatever stands in front of it, and a token outside the vocabulary are refused in a sentence', () => {
  for (const architecture of [smallOf('Llama with grouped queries'), smallOf('GPT-2')]) {
    const model = frozenLanguage(architecture);
    const { contextLength, vocabulary } = architecture;
    const frozen = { weights: model.weights, front: null, unread: null, extra: null };
    const row = (length: number): number[] => Array.from({ length }, () => 1);
    const read = (begun: AdaptedLanguage['begin'] extends (...given: never) => infer Begun ? Begun : never, length: number) =>
      readText({ architecture, begun }, [row(1), row(length)], 'last');
    read(frozen, contextLength);
    sentence(() => read(frozen, contextLength + 1), new RegExp(`^Text 2 has ${contextLength + 1} tokens; the model's context holds ${contextLength}, so ask`));
    let fronts = 0;
    for (const { adapt, name } of compared) {
      const adapted = adapt(model);
      const front = name === 'a prefix and vectors' ? 5 : name.startsWith('prefix') ? 2 : 3;
      for (const plain of [false, true]) {
        const begun = adapted.begin(lively(adapted), { plain });
        read(begun, contextLength - front);
        sentence(() => read(begun, contextLength - front + 1), new RegExp(`Text 2 has ${contextLength + 1} tokens`));
        fronts += 1;
      }
    }
    assert.equal(fronts, 2 * compared.length);
    const { cache } = readText({ architecture, begun: frozen }, [row(contextLength - 1), row(1)], 'last');
    readText({ architecture, begun: frozen }, [row(1), row(1)], 'last', cache);
    sentence(() => readText({ architecture, begun: frozen }, [row(2), row(1)], 'last', cache), /Text 1 has/);
    for (const id of [vocabulary, -1, 1.5]) {
      sentence(() => readText({ architecture, begun: frozen }, [[1], [2, id]], 'last'), new RegExp(`^Text 2 holds the token ${id}; the model's vocabulary goes from 0 to ${vocabulary - 1}\\.$`));
    }
  }
});

test('a soft prompt starts from random numbers, from rows of the embedding table, or from those of a text again and again', () => {
  const model = frozenLanguage(smallOf('GPT-2'));
  const { width, vocabulary } = model.architecture;
  const table = entry(model.weights, 'embed.token');
  const start = (options: Options, seed = 1): Tensor => entry(applied(promptTuning, model, options).initialise(createGenerator(seed)), 'manipulation.0.prompt');
  const uniform = start({ tokens: 50, start: 'random' });
  const [low, high] = [tf.min(uniform).dataSync()[0] ?? NaN, tf.max(uniform).dataSync()[0] ?? NaN];
  assert.ok(low >= -0.5 && low < -0.4 && high < 0.5 && high > 0.4, `${low} to ${high}`);
  const text = start({ tokens: 5, start: 'text' });
  assert.equal(difference(text, tf.gather(table, tf.tensor1d([3, 5, 3, 5, 3], 'int32'))), 0);
  const drawnRowsOfTable = start({ tokens: 40, start: 'vocabulary' });
  const distances = tf.sum(tf.abs(tf.sub(tf.expandDims(drawnRowsOfTable, 1), tf.expandDims(table, 0))), 2);
  assert.deepEqual([...tf.min(distances, 1).dataSync()], new Array(40).fill(0));
  assert.ok(new Set(tf.argMin(distances, 1).dataSync()).size > vocabulary / 2, 'many different tokens');
  assert.deepEqual(drawnRowsOfTable.shape, [40, width]);
  assert.ok(difference(start({ tokens: 3, start: 'vocabulary' }, 2), start({ tokens: 3, start: 'vocabulary' }, 1)) > 0);
  sentence(() => applied(promptTuning, model, { start: 'words' }), /Option "start" is "words"; choose one of random, vocabulary, text\./);
  sentence(
    () => promptTuning.adaptLanguage?.({ model, options: { tokens: 1, start: 'text' }, classTokens: null, instructionTokens: null }),
    /the task has none: choose start random or vocabulary\.$/,
  );
  sentence(() => promptEncoder(7), /halves the width of an embedding, but 7 is odd\.$/);
});

test('BBT moves embeddings of tokens along a fixed linear map, the same for all seeds', () => {
  const model = frozenLanguage(smallOf('Llama with smeared keys'));
  const adapted = applied(bbt, model, { tokens: 3, dimension: 4 });
  const vectors = (z: readonly number[]): Tensor => adapted.begin({ 'manipulation.0.z': tf.tensor1d([...z]) }, { plain: true }).unread ?? assert.fail();
  const zero = vectors([0, 0, 0, 0]);
  const table = entry(model.weights, 'embed.token');
  const nearest = tf.min(tf.sum(tf.abs(tf.sub(tf.expandDims(zero, 1), tf.expandDims(table, 0))), 2), 1);
  assert.deepEqual([...nearest.dataSync()], [0, 0, 0]);
  const one = vectors([1, 0, 2, 0]);
  const parts = tf.add(tf.sub(vectors([1, 0, 0, 0]), zero), tf.mul(tf.sub(vectors([0, 0, 1, 0]), zero), 2));
  assert.ok(difference(tf.sub(one, zero), parts) <= 1e-5);
  assert.ok((tf.max(tf.abs(tf.sub(one, zero))).dataSync()[0] ?? 0) > 0);
  assert.equal(difference(applied(bbt, model, { tokens: 3, dimension: 4 }).begin({ 'manipulation.0.z': tf.tensor1d([1, 0, 2, 0]) }, { plain: true }).unread ?? assert.fail(), one), 0);
  const initial = ['a', 'b'].map((seed) => entry(adapted.initialise(createGenerator(seed)), 'manipulation.0.z'));
  for (const z of initial) assert.deepEqual([...z.dataSync()], [0, 0, 0, 0]);
});

test('a head that starts from class words scores a class by the mean of its tokens\' own logits; one from zero scores nothing', () => {
  for (const [net, architecture] of nets) {
    const model = frozenLanguage(architecture);
    const { weights } = model;
    const rows = drawnRows(net, model, [4, 6]);
    const features = rows.map((row) => extendCache(architecture, weights, { tokens: tf.tensor2d([row], [1, row.length], 'int32') }, undefined, 'last', 'features').logits);
    const logits = tf.concat(features.map((each) => architecture.classify(weights, each)), 0);
    const classTokens = [[3], [4, 5], [1, 2, 6]];
    const at = (method: Method, classes: readonly (readonly number[])[] | null): Tensor => {
      const adapted = method.adaptLanguage?.({ model, options: method.options, classTokens: classes, instructionTokens: null }) ?? assert.fail();
      assert.equal(adapted.reads, 'features');
      return adapted.align(adapted.initialise(createGenerator(1)), tf.concat(features, 0));
    };
    const means = tf.concat(classTokens.map((tokens) => tf.mean(tf.gather(logits, tf.tensor1d(tokens, 'int32'), 1), 1, true)), 1);
    assert.ok(difference(at(warp, classTokens), means) <= 1e-5, net);
    assert.ok(difference(at(warp, null), logits) <= 1e-5, `${net}, open answers`);
    for (const classes of [classTokens, null]) {
      const scores = at(pTuningV2, classes);
      assert.deepEqual(scores.shape, [2, classes?.length ?? architecture.vocabulary]);
      assert.equal(tf.max(tf.abs(scores)).dataSync()[0], 0);
    }
  }
});

test('heads, prompts and prefixes have as many numbers as their formulas say', () => {
  for (const [net, architecture] of nets) {
    const model = frozenLanguage(architecture);
    const { width: d, depth: L, keyWidth, vocabulary } = architecture;
    const count = (method: Method, options: Options, classes: number | null): number =>
      method.adaptLanguage?.({
        model,
        options: { ...method.options, ...options },
        classTokens: classes === null ? null : Array.from({ length: classes }, (_, k) => [k + 1]),
        instructionTokens: null,
      }).trainable ?? -1;
    for (const p of [1, 3]) {
      assert.equal(count(promptTuning, { tokens: p }, null), p * d, net);
      assert.equal(count(warp, { tokens: p }, 4), p * d + 4 * d);
      assert.equal(count(warp, { tokens: p }, null), p * d + vocabulary * d);
      assert.equal(count(pTuningV2, { tokens: p }, 4), p * 2 * L * keyWidth + d * 4 + 4);
      assert.equal(count(prefixTuning, { tokens: p, network: 0 }, null), p * 2 * L * keyWidth);
      assert.equal(count(prefixTuning, { tokens: p, network: 5 }, null), p * d + d * 5 + 5 + 5 * 2 * L * keyWidth + 2 * L * keyWidth);
      const h = d / 2;
      assert.equal(count(pTuning, { tokens: p }, null), p * d + 4 * (4 * h) * (h + 2) + 2 * (4 * h) * d + 2 * (4 * h) * 2 * h + 2 * (d * d + d));
      assert.equal(count(bbt, { tokens: p, dimension: 6 }, null), 6);
    }
  }
});
