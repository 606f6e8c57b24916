import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { extendCache, disposeCache, languageLogits, placeTokens } from '../../src/models/index.ts';
import type { Attended, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { countNumbers, disposeParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from './drawn-tensors.ts';
import { drawnIds, drawnWeights, maskOf, smallLanguageModels, smallLlama } from './small-language-models.ts';

before(() => useBackend('wasm'));

const models = Object.entries(smallLanguageModels);
/** Rows of `[batch, length, …]` from place `from` on. */
const from = (x: Tensor, place: number, count = (x.shape[1] ?? 0) - place): Tensor =>
  tf.slice(x, [0, place, 0], [x.shape[0] ?? 0, count, x.shape[2] ?? 0]);

for (const [name, architecture] of models) {
  const { vocabulary, width, depth, keyWidth } = architecture;

  test(`${name}: no token sees a later one`, () => {
    const weights = drawnWeights(architecture);
    const [ids, others] = [drawnIds('ids', architecture, 2, 9), drawnIds('others', architecture, 2, 9)];
    const changed = tf.concat([tf.slice(ids, [0, 0], [2, 5]), tf.slice(others, [0, 5], [2, 4])], 1);
    const [a, b] = [ids, changed].map((tokens) => languageLogits(architecture, weights, { tokens }));
    assert.ok(a && b);
    assert.deepEqual(a.shape, [2, 9, vocabulary]);
    assert.ok(largest(from(a, 0, 5), from(b, 0, 5)) <= 1e-6);
    assert.ok(largest(from(a, 5), from(b, 5)) > 0.01, 'later tokens do change later logits');
    disposeParams(weights);
  });

  for (const side of ['left', 'right'] as const) {
    test(`${name}: padding on the ${side} changes no logits of visible tokens`, () => {
      const weights = drawnWeights(architecture);
      const tokens = drawnIds('ids', architecture, 4, 8);
      const mask = maskOf(side, 4, 8);
      const logits = languageLogits(architecture, weights, { tokens, mask });
      const last = languageLogits(architecture, weights, { tokens, mask }, 'last');
      for (let row = 0; row < 4; row += 1) {
        const [start, count] = [side === 'left' ? row : 0, 8 - row];
        const alone = languageLogits(architecture, weights, { tokens: tf.slice(tokens, [row, start], [1, count]) });
        assert.ok(largest(tf.slice(logits, [row, start, 0], [1, count, vocabulary]), alone) <= 1e-5, `row ${row}`);
        assert.ok(largest(tf.slice(last, [row, 0], [1, vocabulary]), tf.squeeze(from(alone, count - 1), [1])) <= 1e-5, `last of row ${row}`);
      }
      assert.ok([...logits.dataSync()].every(Number.isFinite), 'rows that see nothing have numbers, too');
      disposeParams(weights);
    });
  }

  test(`${name}: chosen logits are those of all`, () => {
    const weights = drawnWeights(architecture);
    const tokens = drawnIds('ids', architecture, 3, 5);
    const all = tf.reshape(languageLogits(architecture, weights, { tokens }), [15, vocabulary]);
    const chosen = Int32Array.of(14, 0, 7, 7);
    assert.ok(largest(languageLogits(architecture, weights, { tokens }, chosen), tf.gather(all, tf.tensor1d(chosen, 'int32'))) <= 1e-6);
    disposeParams(weights);
  });

  test(`${name}: embeddings stand for ids, positions for counting`, () => {
    const weights = drawnWeights(architecture);
    const tokens = drawnIds('ids', architecture, 2, 6);
    const plain = languageLogits(architecture, weights, { tokens });
    const positions = tf.tensor1d([0, 1, 2, 3, 4, 5], 'int32');
    const given = languageLogits(architecture, weights, { tokens: architecture.embed(weights, tokens), positions });
    assert.ok(largest(given, plain) <= 1e-6);
    const apart = languageLogits(architecture, weights, { tokens, positions: tf.tensor2d([[0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10]], [2, 6], 'int32') });
    const [first, second] = [apart, plain].map((x) => tf.split(x, 2, 0));
    assert.ok(first?.[0] && first[1] && second?.[0] && second[1]);
    assert.ok(largest(first[0], second[0]) <= 1e-6 && largest(first[1], second[1]) > 1e-3);
    disposeParams(weights);
  });

  if (!name.includes('smeared')) {
    test(`${name}: extra keys and values in front equal tokens in front`, () => {
      const weights = drawnWeights(architecture);
      const ids = drawnIds('ids', architecture, 3, 9);
      const whole = languageLogits(architecture, weights, { tokens: ids });
      const { logits, cache } = extendCache(architecture, weights, { tokens: tf.slice(ids, [0, 0], [3, 4]) });
      const flat = (x: Tensor): Tensor => tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [3, 4, keyWidth]);
      const extra = cache.memories.map(({ keys, values }) => [{ keys: flat(keys), values: flat(values) }]);
      const mask = maskOf('right', 3, 5);
      for (const input of [{}, { mask }]) {
        const rest = languageLogits(architecture, weights, { tokens: tf.slice(ids, [0, 4], [3, 5]), extra, firstPosition: 4, ...input });
        assert.ok(largest(from(rest, 0, 3), from(whole, 4, 3)) <= 1e-5);
      }
      // in two parts, and without the axis of the batch
      const row = tf.slice(ids, [0, 4], [1, 5]);
      const halves = extra.map(([block]): Attended[] =>
        [0, 2].map((start) => ({
          keys: tf.slice(block?.keys ?? row, [0, start, 0], [1, 2, keyWidth]).reshape([2, keyWidth]),
          values: tf.slice(block?.values ?? row, [0, start, 0], [1, 2, keyWidth]).reshape([2, keyWidth]),
        })),
      );
      const shared = languageLogits(architecture, weights, { tokens: tf.concat([row, row], 0), extra: halves, firstPosition: 4 });
      assert.ok(largest(tf.slice(shared, [1, 0, 0], [1, 5, vocabulary]), tf.slice(whole, [0, 4, 0], [1, 5, vocabulary])) <= 1e-5);
      logits.dispose();
      disposeCache(cache);
      disposeParams(weights);
    });
  }

  test(`${name}: gradients of prompts, prefixes and every weight are slopes`, () => {
    const weights = drawnWeights(architecture);
    const ids = drawnIds('ids', architecture, 3, 5);
    const mask = tf.concat([tf.ones([3, 2], 'int32'), maskOf('right', 3, 5)], 1);
    const point: Params = {
      ...weights,
      prompt: drawn('prompt', [2, width], 0.5),
      ...Object.fromEntries(
        Array.from({ length: depth }, (_, block) => [`keys.${block}`, `values.${block}`].map((key) => [key, drawn(key, [3, keyWidth])])).flat(),
      ),
    };
    const wanted = drawn('wanted', [3, 7, vocabulary], 1 / vocabulary);
    const loss = (params: Params): Tensor => {
      const part = (key: string): Tensor => params[key] ?? assert.fail(key);
      const prompt = tf.tile(tf.expandDims(part('prompt'), 0), [3, 1, 1]);
      const logits = languageLogits(architecture, params, {
        tokens: tf.concat([prompt, architecture.embed(params, ids)], 1),
        mask,
        extra: Array.from({ length: depth }, (_, block) => [{ keys: part(`keys.${block}`), values: part(`values.${block}`) }]),
        firstPosition: 3,
      });
      return tf.sum(tf.mul(tf.mul(logits, tf.sigmoid(logits)), wanted));
    };
    const { value, gradients } = valueAndGradients(loss, point);
    assert.deepEqual(Object.keys(gradients).sort(), Object.keys(point).sort());
    const step = 2e-3;
    let compared = 0;
    for (const [key, gradient] of Object.entries(gradients)) {
      const direction = drawn(`towards ${key}`, gradient.shape);
      const at = (length: number): number =>
        loss({ ...point, [key]: tf.add(point[key] ?? direction, tf.mul(direction, length)) }).dataSync()[0] ?? NaN;
      const slope = (at(step) - at(-step)) / (2 * step);
      const ours = tf.sum(tf.mul(gradient, direction)).dataSync()[0] ?? NaN;
      assert.ok(Math.abs(ours - slope) <= 0.02 * Math.abs(slope) + 0.02, `${key}: ${ours} instead of ${slope}`);
      compared += 1;
    }
    assert.ok(compared > 10);
    value.dispose();
    disposeParams(gradients);
    disposeParams(weights);
  });
}

/** `{ states }` of a GPT-2 are what its tokens in front were at each block. */
test('attended states equal tokens in front, at every block', () => {
  const architecture = smallLanguageModels['GPT-2'];
  assert.ok(architecture);
  const weights = drawnWeights(architecture);
  const ids = drawnIds('ids', architecture, 2, 8);
  const places = placeTokens({ batch: 2, length: 8 });
  let state = architecture.enter(weights, architecture.embed(weights, ids), places);
  const extra: Attended[][] = [];
  for (const block of architecture.blocks(places)) {
    extra.push([{ states: from(state, 0, 3) }]);
    state = block(weights, state).state;
  }
  const whole = architecture.classify(weights, architecture.features(weights, state));
  const rest = languageLogits(architecture, weights, { tokens: tf.slice(ids, [0, 3], [2, 5]), extra, firstPosition: 3 });
  assert.ok(largest(rest, from(whole, 3)) <= 1e-5);
  disposeParams(weights);
});

/** One row through a Llama in double precision, one number after the other, neighbours of a key mixed. */
function llamaInNumbers(
  weights: Params,
  ids: readonly number[],
  { width, depth, heads, keyValueHeads, keyWidth }: LanguageArchitecture,
): number[][] {
  const w = (name: string): { at: (row: number, column?: number) => number; columns: number; has: boolean } => {
    const tensor = weights[name];
    const values = tensor?.dataSync() ?? [];
    const columns = tensor?.shape.at(-1) ?? 0;
    return { at: (row, column) => values[column === undefined ? row : row * columns + column] ?? NaN, columns, has: tensor !== undefined };
  };
  const headWidth = keyWidth / keyValueHeads;
  const times = (x: readonly number[], name: string): number[] => {
    const matrix = w(name);
    return Array.from({ length: matrix.columns }, (_, column) => x.reduce((sum, value, row) => sum + value * matrix.at(row, column), 0));
  };
  const norm = (x: readonly number[], name: string): number[] => {
    const scale = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + 1e-5);
    return x.map((value, i) => (value / scale) * w(name).at(i));
  };
  const turn = (x: readonly number[], position: number): number[] =>
    x.map((value, i) => {
      const [inside, half] = [i % headWidth, headWidth / 2];
      const angle = position / 10000 ** ((2 * (inside % half)) / headWidth);
      const other = inside < half ? -(x[i + half] ?? NaN) : (x[i - half] ?? NaN);
      return value * Math.cos(angle) + other * Math.sin(angle);
    });
  let states = ids.map((id) => Array.from({ length: width }, (_, i) => w('embed.token').at(id, i)));
  for (let block = 0; block < depth; block += 1) {
    const b = `blocks.${block}`;
    const projected = states.map((x) => times(norm(x, `${b}.norm1.gain`), `${b}.attention.qkv.weight`));
    const queryWidth = heads * headWidth;
    const plain = projected.map((x) => x.slice(queryWidth, queryWidth + keyWidth));
    const smear = w(`${b}.attention.smear`);
    const keys = plain.map((key, t) =>
      turn(
        key.map((value, i) => {
          const share = smear.has ? 1 / (1 + Math.exp(-smear.at(Math.floor(i / headWidth)))) : 1;
          return share * value + (1 - share) * (plain[Math.max(0, t - 1)]?.[i] ?? NaN);
        }),
        t,
      ),
    );
    states = states.map((x, t) => {
      const query = turn(projected[t]?.slice(0, queryWidth) ?? [], t);
      const attended = Array.from({ length: heads }, (_, head) => {
        const shared = Math.floor(head / (heads / keyValueHeads)) * headWidth;
        const scores = keys.slice(0, t + 1).map((key) => {
          let score = 0;
          for (let i = 0; i < headWidth; i += 1) score += (query[head * headWidth + i] ?? NaN) * (key[shared + i] ?? NaN);
          return Math.exp(score / Math.sqrt(headWidth));
        });
        const total = scores.reduce((sum, score) => sum + score, 0);
        return Array.from({ length: headWidth }, (__, i) =>
          scores.reduce((sum, score, s) => sum + (score / total) * (projected[s]?.[queryWidth + keyWidth + shared + i] ?? NaN), 0),
        );
      }).flat();
      const middle = times(attended, `${b}.attention.output.weight`).map((value, i) => value + (x[i] ?? NaN));
      const inner = norm(middle, `${b}.norm2.gain`);
      const up = times(inner, `${b}.mlp.in.weight`);
      const hidden = times(inner, `${b}.mlp.gate.weight`).map((gate, i) => (gate / (1 + Math.exp(-gate))) * (up[i] ?? NaN));
      return times(hidden, `${b}.mlp.out.weight`).map((value, i) => value + (middle[i] ?? NaN));
    });
  }
  return states.map((x) => {
    const features = norm(x, 'norm.gain');
    if (weights['head.weight']) return times(features, 'head.weight');
    const table = w('embed.token');
    return Array.from({ length: weights['embed.token']?.shape[0] ?? 0 }, (_, token) => features.reduce((sum, value, i) => sum + value * table.at(token, i), 0));
  });
}

for (const [name, architecture] of models.filter(([key]) => key.startsWith('Llama'))) {
  test(`${name} is what its equations say, number by number`, () => {
    const weights = drawnWeights(architecture);
    const ids = drawnIds('ids', architecture, 1, 7);
    const expected = tf.tensor3d([llamaInNumbers(weights, [...ids.dataSync()], architecture)]);
    assert.ok(largest(languageLogits(architecture, weights, { tokens: ids }), expected) <= 1e-5);
    disposeParams(weights);
  });
}

test('fresh weights have the shapes they promise and give finite logits, other ones from another seed', () => {
  const wanted = smallLlama({ vocabulary: 69, width: 128, depth: 4, heads: 8, keyValueHeads: 8, mlpWidth: 344, keySmear: true });
  assert.equal(countNumbers(wanted.initialise(createGenerator('a'))), 800_512 + 4 * 8);
  for (const [name, architecture] of models) {
    const [a, b, again] = ['a', 'b', 'a'].map((seed) => architecture.initialise(createGenerator(seed)));
    assert.ok(a && b && again);
    assert.deepEqual(Object.entries(a).map(([key, { shape }]) => [key, shape]), architecture.shapes.map(([key, shape]) => [key, [...shape]]), name);
    const tokens = drawnIds('ids', architecture, 2, 5);
    const [first, second, third] = [a, b, again].map((weights) => languageLogits(architecture, weights, { tokens }));
    assert.ok(first && second && third);
    assert.ok([...first.dataSync()].every(Number.isFinite), name);
    assert.ok(largest(first, second) > 1e-3 && largest(first, third) === 0, name);
    [a, b, again].forEach(disposeParams);
  }
});

test('what does not fit is refused in one sentence', () => {
  const architecture = smallLanguageModels['GPT-2'];
  assert.ok(architecture);
  const weights = drawnWeights(architecture);
  const tokens = drawnIds('ids', architecture, 2, 5);
  const refusals: readonly (readonly [Parameters<typeof languageLogits>[2], RegExp])[] = [
    [{ tokens: tf.tensor2d([[1, 23]], [1, 2], 'int32') }, /^Token 23 is none of the vocabulary's: its tokens are 0 to 22\.$/],
    [{ tokens: tf.tensor2d([[1, -1]], [1, 2], 'int32') }, /^Token -1 is none/],
    [{ tokens: tf.tensor2d([[1, 2]]) }, /^Token ids must be int32/],
    [{ tokens, firstPosition: 20 }, /^Position 24 was never learned: the model has positions 0 to 23\.$/],
    [{ tokens, mask: tf.ones([2, 6]) }, /^The attention mask of tokens \[2, 5\] must have their shape, but it is \[2,6\]\.$/],
    [{ tokens: drawn('x', [2, 5, 11]) }, /reads ids \[batch, length\] or embeddings \[batch, length, 12\], but was given \[2,5,11\]/],
    [{ tokens, positions: tf.tensor1d([0, 1], 'int32') }, /^Positions of tokens \[2, 5\] must be int32/],
    [{ tokens, extra: [[]] }, /given for 1 blocks, but the model has 2/],
    [{ tokens, extra: [[{ keys: drawn('k', [3, 12]), values: drawn('v', [2, 12]) }], []] }, /^Extra keys and values must both be \[prompts, 12\]/],
  ];
  for (const [input, message] of refusals) assert.throws(() => languageLogits(architecture, weights, input), { message });
  assert.throws(() => smallLlama({ heads: 4, keyValueHeads: 3 }), /4 heads can't share 3 heads of keys and values in equal groups/);
  disposeParams(weights);
});

test('a forward pass keeps no tensors but its logits', () => {
  for (const [name, architecture] of models) {
    const weights = drawnWeights(architecture);
    const [tokens, mask] = [drawnIds('ids', architecture, 2, 5), maskOf('left', 2, 5)];
    const before = tf.memory().numTensors;
    for (let pass = 0; pass < 3; pass += 1) languageLogits(architecture, weights, { tokens, mask }, 'last').dispose();
    assert.equal(tf.memory().numTensors, before, name);
    disposeParams(weights);
  }
});
