import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { lora } from '../../src/adaptation/lora.ts';
import { commonStart, inBatches, nextTokenDistributions, scoreByHead, scoreChoices, writeBehind } from '../../src/bench/language/read-batch.ts';
import type { Measured } from '../../src/bench/language/read-batch.ts';
import { instruction } from '../../src/methods/instruction.ts';
import { pTuningV2 } from '../../src/methods/p-tuning-v2.ts';
import { prefixTuning } from '../../src/methods/prefix-tuning.ts';
import { promptTuning } from '../../src/methods/prompt-tuning.ts';
import { warp } from '../../src/methods/warp.ts';
import { languageLogits } from '../../src/models/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import type { Method, Rows } from '../../src/reprogramming/index.ts';
import { disposeParams, entry, tf, useBackend } from '../../src/tensor/index.ts';
import { drawn } from '../models/drawn-tensors.ts';
import { smallLlama } from '../models/small-language-models.ts';
import { drawnRows, frozenLanguage, languageNets } from '../reprogramming/frozen-language.ts';

before(() => useBackend('wasm'));

const nets = Object.entries(languageNets);

/** An adapted model with parameters of the size of trained ones. */
function measuredOf(method: Method, model: FrozenLanguageModel, classTokens: readonly (readonly number[])[] | null = null): Measured {
  const options = { ...method.options, ...('tokens' in method.options ? { tokens: 3 } : {}) };
  const adapted = method.adaptLanguage?.({ model, options, classTokens, instructionTokens: null }) ?? assert.fail();
  const params = Object.fromEntries(
    Object.entries(adapted.initialise(createGenerator('start'))).map(([name, { shape }]) => [name, drawn(name, shape, 0.3)]),
  );
  return { model, adapted, params };
}

/** Logits of every token of one row, `[length, vocabulary]`, read alone and at once. */
function plainLogits({ model, adapted, params }: Measured, row: readonly number[]): number[][] {
  const { architecture } = model;
  return tf.tidy(() => {
    const { weights, unread, extra } = adapted.begin(params, { plain: true });
    const text = architecture.embed(weights, tf.tensor2d([[...row]], [1, row.length], 'int32'));
    const tokens = unread ? tf.concat([tf.expandDims(unread, 0), text], 1) : text;
    const source = extra?.[0]?.[0];
    const front = source && 'keys' in source ? (source.keys.shape.at(-2) ?? 0) : 0;
    const logits = languageLogits(architecture, weights, { tokens, ...(extra ? { extra, firstPosition: front } : {}) });
    const [all = []] = tf.slice(logits, [0, unread?.shape[0] ?? 0, 0], [1, row.length, -1]).arraySync() as number[][][];
    return all;
  });
}

const logSoftmax = (logits: readonly number[]): number[] => {
  const most = Math.max(...logits);
  const norm = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return logits.map((logit) => logit - norm);
};

/** Rows that begin alike, of different lengths, the longest first. */
function rowsThatBeginAlike(name: string, model: FrozenLanguageModel, lengths: readonly number[] = [9, 4, 6, 6, 1]): number[][] {
  const [start = []] = drawnRows(`${name}, start`, model, [5]);
  return drawnRows(name, model, lengths).map((row) => [...start, ...row]);
}

const choices = [[3], [4, 5], [6, 7, 8], [4, 9]];

test('the tokens that rows begin with in common leave at least one of each', () => {
  assert.deepEqual(commonStart([[1, 2, 3], [1, 2, 4]]), [1, 2]);
  assert.deepEqual(commonStart([[1, 2, 3], [1, 2]]), [1]);
  assert.deepEqual(commonStart([[1, 2], [1, 2], [1, 2]]), [1]);
  assert.deepEqual(commonStart([[1], [1, 2]]), []);
  assert.deepEqual(commonStart([[2, 1], [3, 1]]), []);
  assert.deepEqual(commonStart([[1, 2, 3]]), [1, 2]);
  assert.deepEqual(commonStart([]), []);
});

for (const [net, architecture] of nets) {
  test(`${net}: choices scored behind a shared cache are sums of log-probabilities of plain reading`, () => {
    const model = frozenLanguage(architecture);
    let compared = 0;
    for (const method of [instruction, promptTuning, prefixTuning, lora, warp]) {
      const measured = measuredOf(method, model);
      const plainOf = (row: readonly number[], choice: readonly number[]): number => {
        if (method !== warp) {
          const logits = plainLogits(measured, [...row, ...choice]);
          return choice.reduce((sum, token, place) => sum + (logSoftmax(logits[row.length - 1 + place] ?? [])[token] ?? NaN), 0);
        }
        return NaN;
      };
      for (const rows of [rowsThatBeginAlike(method.id, model), drawnRows(method.id, model, [4, 4, 4]), drawnRows('one', model, [6])]) {
        const held = tf.memory().numTensors;
        const shared = scoreChoices(measured, rows, choices);
        const apart = scoreChoices(measured, rows, choices, { shared: false });
        assert.equal(tf.memory().numTensors, held, `${method.id} keeps tensors`);
        assert.equal(shared.length, rows.length * choices.length);
        rows.forEach((row, at) =>
          choices.forEach((choice, k) => {
            const found = shared[at * choices.length + k] ?? NaN;
            const gap = Math.abs(found - (apart[at * choices.length + k] ?? NaN));
            assert.ok(gap <= 1e-4, `${method.id}: shared and not are ${gap} apart`);
            const expected = plainOf(row, choice);
            if (!Number.isNaN(expected)) assert.ok(Math.abs(found - expected) <= 1e-4, `${method.id}, row ${at}, choice ${k}: ${found} instead of ${expected}`);
            compared += 1;
          }),
        );
      }
      disposeParams(measured.params);
    }
    assert.equal(compared, 5 * (5 + 3 + 1) * choices.length);
    disposeParams(model.weights);
  });

  test(`${net}: what is written greedily is what reading everything again for each token writes`, () => {
    const model = frozenLanguage(architecture);
    let [tokens, ended] = [0, 0];
    for (const method of [instruction, promptTuning, prefixTuning]) {
      const measured = measuredOf(method, model);
      const rows = rowsThatBeginAlike(`${method.id}, written`, model);
      const plainly = (row: readonly number[], end: number): number[] => {
        const text: number[] = [];
        while (text.length < 6 && text.at(-1) !== end) {
          const next = plainLogits(measured, [...row, ...text]).at(-1) ?? [];
          text.push(next.indexOf(Math.max(...next)));
        }
        return text;
      };
      const [free] = [rows.map((row) => plainly(row, -1))];
      // a token that stands inside some of the texts ends them
      const end = free[0]?.[2] ?? -1;
      const held = tf.memory().numTensors;
      for (const asked of [-1, end]) {
        const written = writeBehind(measured, rows, { newTokens: 6, end: asked });
        assert.deepEqual(written, rows.map((row) => [plainly(row, asked)]), method.id);
        ended += written.flat().filter((text) => text.length < 6).length;
        tokens += written.flat(2).length;
      }
      assert.equal(tf.memory().numTensors, held, `${method.id} keeps tensors`);
      disposeParams(measured.params);
    }
    assert.ok(tokens > 100 && ended > 0, `${tokens} tokens, ${ended} ended`);
    disposeParams(model.weights);
  });

  test(`${net}: many samples of one reading are those drawn one at a time, and those of plain reading`, () => {
    const model = frozenLanguage(architecture);
    const measured = measuredOf(promptTuning, model);
    const rows = rowsThatBeginAlike('samples', model, [7, 3, 5]);
    const end = 2;
    const temperature = 1.5;
    const stream = (row: number, sample: number) => createGenerator('samples').split(row).split(sample);
    const together = writeBehind(measured, rows, { newTokens: 5, end, samples: { count: 4, temperature, generator: stream } });
    assert.deepEqual(together.map((texts) => texts.length), [4, 4, 4]);
    const alone = rows.map((row, at) =>
      Array.from({ length: 4 }, (_, sample) => {
        const generator = () => stream(at, sample);
        return writeBehind(measured, [row], { newTokens: 5, end, samples: { count: 1, temperature, generator } })[0]?.[0];
      }),
    );
    assert.deepEqual(together, alone);
    const plainly = rows.map((row, at) =>
      Array.from({ length: 4 }, (_, sample) => {
        const draws = stream(at, sample);
        const text: number[] = [];
        while (text.length < 5 && text.at(-1) !== end) {
          const shares = logSoftmax((plainLogits(measured, [...row, ...text]).at(-1) ?? []).map((logit) => logit / temperature));
          let left = draws.uniform();
          const token = shares.findIndex((share) => (left -= Math.exp(share)) < 0);
          text.push(token);
        }
        return text;
      }),
    );
    assert.deepEqual(together, plainly);
    assert.ok(new Set(together.flat().map(String)).size > 6, 'samples differ');
    disposeParams(model.weights);
  });
}

test('batches hold every row once, of one length each where more is read behind them', () => {
  const model = frozenLanguage(smallLlama({ contextLength: 64, width: 4, heads: 2, depth: 1 }));
  const measured = measuredOf(instruction, model);
  const lengths = Array.from({ length: 250 }, (_, at) => 2 + (at % 7));
  const rows = drawnRows('batches', model, lengths);
  for (const continued of [false, true]) {
    const seen: number[] = [];
    let batches = 0;
    inBatches(
      measured,
      rows,
      (_, batch, numbers) => {
        batches += 1;
        assert.ok(batch.length <= 100);
        if (continued) assert.equal(new Set(batch.map(({ length }) => length)).size, 1);
        batch.forEach((row, at) => assert.deepEqual([0, ...row], rows[numbers[at] ?? -1]));
        seen.push(...numbers);
      },
      { continued },
    );
    assert.deepEqual(seen.sort((a, b) => a - b), [...rows.keys()]);
    assert.equal(batches, continued ? 7 : 3);
  }
});

test('nothing is written behind the end of the context', () => {
  const model = frozenLanguage(smallLlama({ contextLength: 12 }));
  const measured = measuredOf(promptTuning, model);
  const rows = drawnRows('full', model, [9, 6]);
  const written = writeBehind(measured, rows, { newTokens: 20, end: -1 });
  // three vectors and nine tokens fill the context: one more token can be read off it
  assert.deepEqual(written.map(([text]) => text?.length), [1, 4]);
  assert.throws(() => writeBehind(measured, drawnRows('over', model, [10]), { newTokens: 1, end: -1 }), /Text 1 has 13 tokens; the model's context holds 12/);
});

test('distributions and scores of a head are those of plain reading, row by row', () => {
  for (const [net, architecture] of nets) {
    const model = frozenLanguage(architecture);
    const { vocabulary } = architecture;
    const rows: Rows = rowsThatBeginAlike(net, model);
    const measured = measuredOf(promptTuning, model);
    const found = nextTokenDistributions(measured, rows);
    rows.forEach((row, at) => {
      const expected = logSoftmax(plainLogits(measured, row).at(-1) ?? []).map(Math.exp);
      const own = found.subarray(at * vocabulary, (at + 1) * vocabulary);
      assert.ok(Math.abs(own.reduce((sum, p) => sum + p, 0) - 1) < 1e-5);
      expected.forEach((p, token) => assert.ok(Math.abs(p - (own[token] ?? NaN)) <= 1e-5, `${net}: ${p} and ${own[token]}`));
    });
    const head = measuredOf(pTuningV2, model, [[1], [2], [3]]);
    const scores = scoreByHead(head, rows, 3);
    const alone = rows.flatMap((row) => [...scoreByHead(head, [row], 3)]);
    scores.forEach((score, at) => assert.ok(Math.abs(score - (alone[at] ?? NaN)) <= 1e-4));
    const bias = entry(head.params, 'alignment.bias');
    const moved = { ...head, params: { ...head.params, 'alignment.bias': tf.add(bias, 1) } };
    scoreByHead(moved, rows, 3).forEach((score, at) => assert.ok(Math.abs(score - 1 - (scores[at] ?? NaN)) <= 1e-4));
    disposeParams(model.weights);
  }
});
