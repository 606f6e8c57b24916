import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { disposeCache, extendCache, forkCache, generate, languageLogits } from '../../src/models/index.ts';
import type { LanguageArchitecture, LanguageInput } from '../../src/models/index.ts';
import { disposeParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from './drawn-tensors.ts';
import { drawnIds, drawnWeights, maskOf, smallLanguageModels } from './small-language-models.ts';

before(() => useBackend('wasm'));

const models = Object.entries(smallLanguageModels);

/** Prompts of several shapes: with padding on either side, a prefix, a soft prompt. */
function prompts(architecture: LanguageArchitecture, weights: Params): Readonly<Record<string, Omit<LanguageInput, 'positions'>>> {
  const { keyWidth, depth, width } = architecture;
  const prefix = (batch: number[]) =>
    Array.from({ length: depth }, (_, block) => [{ keys: drawn(`keys ${block}`, [...batch, 2, keyWidth]), values: drawn(`values ${block}`, [...batch, 2, keyWidth]) }]);
  const ids = (batch: number, length: number): Tensor => drawnIds('prompt', architecture, batch, length);
  const soft = (batch: number): Tensor => tf.tile(drawn('soft', [1, 3, width], 0.5), [batch, 1, 1]);
  return {
    'one token': { tokens: ids(1, 1) },
    'three rows': { tokens: ids(3, 6) },
    'padding on the left': { tokens: ids(4, 6), mask: maskOf('left', 4, 6) },
    'padding on the right': { tokens: ids(4, 6), mask: maskOf('right', 4, 6) },
    'a prefix': { tokens: ids(2, 5), extra: prefix([]), firstPosition: 2 },
    'a prefix for each row, before padding': { tokens: ids(3, 5), extra: prefix([3]), mask: maskOf('left', 3, 5) },
    'a soft prompt': { tokens: tf.concat([soft(2), architecture.embed(weights, ids(2, 4))], 1) },
  };
}

for (const [name, architecture] of models) {
  test(`${name}: a cache gives the tokens and logits of reading everything again`, () => {
    const weights = drawnWeights(architecture);
    let compared = 0;
    for (const [what, prompt] of Object.entries(prompts(architecture, weights))) {
      for (const positions of ['visible', 'places'] as const) {
        const seen: Tensor[][] = [[], []];
        const run = (cached: boolean): number[][] =>
          generate(architecture, weights, { ...prompt, positions }, {
            newTokens: 6,
            cached,
            observe: (_, logits) => seen[cached ? 0 : 1]?.push(logits.clone()),
          });
        const before = tf.memory().numTensors;
        const [quick, plain] = [run(true), run(false)];
        assert.equal(tf.memory().numTensors, before + seen.flat().length, `${what} keeps tensors`);
        assert.deepEqual(quick, plain, what);
        assert.ok(quick.every((row) => row.length === 6));
        seen[0]?.forEach((logits, step) => {
          const error = largest(logits, seen[1]?.[step] ?? assert.fail('no step'));
          assert.ok(error <= 1e-5, `${what}, step ${step}: ${error}`);
          compared += 1;
        });
      }
    }
    assert.equal(compared, 7 * 2 * 6);
    disposeParams(weights);
  });

  test(`${name}: what is read in parts equals what is read at once, padding between the parts too`, () => {
    const weights = drawnWeights(architecture);
    const ids = drawnIds('ids', architecture, 3, 9);
    const padding = tf.concat([maskOf('right', 3, 4), maskOf('left', 3, 5)], 1);
    for (const mask of [undefined, padding]) {
      const masked = mask ? { mask } : {};
      const whole = languageLogits(architecture, weights, { tokens: ids, ...masked });
      const part = (start: number, count: number): LanguageInput => ({
        tokens: tf.slice(ids, [0, start], [3, count]),
        ...(mask ? { mask: tf.slice(mask, [0, start], [3, count]) } : {}),
      });
      const first = extendCache(architecture, weights, part(0, 4), undefined, 'all');
      const second = extendCache(architecture, weights, part(4, 1), first.cache, 'all');
      const third = extendCache(architecture, weights, part(5, 4), second.cache, 'all');
      const joined = tf.concat([first.logits, second.logits, third.logits], 1);
      const visible = mask ? tf.expandDims(mask, 2) : tf.ones([3, 9, 1]);
      assert.ok(largest(tf.mul(joined, visible), tf.mul(whole, visible)) <= 1e-5);
      [first, second, third].forEach(({ cache }) => disposeCache(cache));
    }
    disposeParams(weights);
  });

  test(`${name}: one prefill has many continuations and stays as it was`, () => {
    const weights = drawnWeights(architecture);
    const context = drawnIds('context', architecture, 2, 5);
    const mask = maskOf('left', 2, 5);
    const { logits, cache } = extendCache(architecture, weights, { tokens: context, mask });
    const rows = [0, 0, 1, 0, 1];
    const choices = drawnIds('choices', architecture, 5, 3);
    const forked = forkCache(cache, rows);
    const after = extendCache(architecture, weights, { tokens: choices, mask: maskOf('right', 5, 3) }, forked, 'all');
    rows.forEach((row, index) => {
      const count = Math.max(1, 3 - index);
      const start = row === 0 ? 0 : 1;
      const alone = languageLogits(architecture, weights, {
        tokens: tf.concat([tf.slice(context, [row, start], [1, 5 - start]), tf.slice(choices, [index, 0], [1, count])], 1),
      });
      const wanted = tf.slice(alone, [0, 5 - start, 0], [1, count, architecture.vocabulary]);
      assert.ok(largest(tf.slice(after.logits, [index, 0, 0], [1, count, architecture.vocabulary]), wanted) <= 1e-5, `row ${index}`);
    });
    [forked, after.cache].forEach(disposeCache);
    const again = forkCache(cache, [1]);
    const [token, plain] = [tf.tensor2d([[2]], [1, 1], 'int32'), tf.slice(context, [1, 1], [1, 4])];
    const last = extendCache(architecture, weights, { tokens: token }, again);
    assert.ok(largest(last.logits, languageLogits(architecture, weights, { tokens: tf.concat([plain, token], 1) }, 'last')) <= 1e-5);
    [again, last.cache, cache].forEach(disposeCache);
    tf.dispose([logits, after.logits, last.logits]);
    disposeParams(weights);
  });
}

for (const [name, architecture] of models) {
  test(`${name}: a prompt that is read once for all rows has the logits and gradients of one in front of each`, () => {
    const weights = drawnWeights(architecture);
    const { width } = architecture;
    const [ids, mask] = [drawnIds('ids', architecture, 4, 5), maskOf('right', 4, 5)];
    const wanted = drawn('wanted', [4, 5, architecture.vocabulary]);
    const visible = tf.expandDims(mask, 2);
    const inFront = (prompt: Tensor): Tensor => {
      const tokens = tf.concat([tf.tile(tf.expandDims(prompt, 0), [4, 1, 1]), architecture.embed(weights, ids)], 1);
      const logits = languageLogits(architecture, weights, { tokens, mask: tf.concat([tf.ones([4, 3], 'int32'), mask], 1) });
      return tf.slice(logits, [0, 3, 0], [4, 5, architecture.vocabulary]);
    };
    const once = (prompt: Tensor): Tensor => {
      const { cache } = extendCache(architecture, weights, { tokens: tf.expandDims(prompt, 0) });
      return extendCache(architecture, weights, { tokens: ids, mask }, forkCache(cache, [0, 0, 0, 0]), 'all').logits;
    };
    const start = drawn('prompt', [3, width], 0.5);
    assert.ok(largest(tf.mul(once(start), visible), tf.mul(inFront(start), visible)) <= 1e-5);
    const before = tf.memory().numTensors;
    const [quick, plain] = [once, inFront].map((road) =>
      valueAndGradients(({ prompt = start }) => tf.sum(tf.mul(tf.mul(road(prompt), wanted), visible)), { prompt: start }),
    );
    assert.equal(tf.memory().numTensors, before + 4);
    assert.ok(quick?.gradients['prompt'] && plain?.gradients['prompt']);
    assert.ok(largest(quick.gradients['prompt'], plain.gradients['prompt']) <= 1e-4);
    disposeParams(weights);
  });
}

test('a row ends at its end token, and decoding when all rows have ended', () => {
  const architecture = smallLanguageModels['Llama'];
  assert.ok(architecture);
  const weights = drawnWeights(architecture);
  const prompt = { tokens: drawnIds('prompt', architecture, 2, 3) };
  const script = [[4, 5], [7, 6], [1, 7], [2, 2]];
  let steps = 0;
  const choose = (): number[] => script[steps++] ?? assert.fail('asked after the end');
  assert.deepEqual(generate(architecture, weights, prompt, { newTokens: 9, end: 7, choose }), [[4], [5, 6]]);
  assert.equal(steps, 3);
  assert.throws(() => generate(architecture, weights, prompt, { newTokens: 2, choose: () => [1] }), /1 tokens were chosen for 2 rows/);
  disposeParams(weights);
});

test('a cache refuses what does not follow it', () => {
  const architecture = smallLanguageModels['Llama'];
  assert.ok(architecture);
  const weights = drawnWeights(architecture);
  const { logits, cache } = extendCache(architecture, weights, { tokens: drawnIds('ids', architecture, 2, 3) });
  const next = drawnIds('next', architecture, 3, 1);
  assert.throws(() => extendCache(architecture, weights, { tokens: next }, cache), /holds 2 rows, the tokens that follow 3: fork it/);
  assert.throws(() => forkCache(cache, [0, 2]), /^RangeError: The cache has rows 0 to 1, no row 2\.$/);
  const extra = Array.from({ length: architecture.depth }, () => [{ keys: drawn('k', [1, 16]), values: drawn('v', [1, 16]) }]);
  assert.throws(
    () => extendCache(architecture, weights, { tokens: tf.slice(next, [0, 0], [2, 1]), extra }, cache),
    /stand before the first token: give them with it/,
  );
  logits.dispose();
  disposeCache(cache);
  disposeParams(weights);
});
