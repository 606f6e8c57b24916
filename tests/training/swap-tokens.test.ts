import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import { swapTokens } from '../../src/training/index.ts';
import type { SwappedTokens, TokenSwaps } from '../../src/training/index.ts';

const vocabulary = 14;
const width = 5;
const length = 3;

/** A loss of token embeddings over numbered examples. */
interface Problem {
  readonly embeddings: Float32Array;
  /** The mean over the batch. */
  readonly loss: (ids: Int32Array, batch: Int32Array) => number;
  readonly gradient: (ids: Int32Array, batch: Int32Array) => Float32Array;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Σ_p (slope_p · e_p + curvature/2 |e_p − target_p|² + coupling/2 (Σ_p e_p[0])²), where every example bends the slopes by `noise`.
 */
function problem(seed: number, { curvature = 0, coupling = 0, noise = 0 } = {}): Problem {
  const generator = createGenerator(seed);
  const embeddings = generator.normals(vocabulary * width);
  const slopes = generator.normals(length * width).map((slope) => (curvature > 0 ? 0 : slope));
  const targets = generator.normals(length * width);
  const bends = generator.normals(8 * length * width).map((bend) => bend * noise);
  const at = (ids: Int32Array, p: number, i: number): number => embeddings[(ids[p] ?? NaN) * width + i] ?? NaN;
  const shared = (ids: Int32Array): number => [...ids].reduce((sum, _, p) => sum + at(ids, p, 0), 0);
  const slope = (batch: Int32Array, k: number): number =>
    (slopes[k] ?? NaN) + mean([...batch].map((example) => bends[example * length * width + k] ?? NaN));
  return {
    embeddings,
    loss: (ids, batch) => {
      let loss = (coupling / 2) * shared(ids) * shared(ids);
      for (let k = 0; k < length * width; k++) {
        const value = at(ids, Math.floor(k / width), k % width);
        loss += slope(batch, k) * value + (curvature / 2) * (value - (targets[k] ?? NaN)) ** 2;
      }
      return loss;
    },
    gradient: (ids, batch) =>
      Float32Array.from({ length: length * width }, (_, k) => {
        const bent = slope(batch, k) + curvature * (at(ids, Math.floor(k / width), k % width) - (targets[k] ?? NaN));
        return bent + (k % width === 0 ? coupling * shared(ids) : 0);
      }),
  };
}

const everything = Int32Array.from({ length: vocabulary }, (_, id) => id);
const start = Int32Array.of(4, 4, 4);
const batches = (step: number): { gradient: Int32Array; evaluation: Int32Array } => ({
  gradient: Int32Array.of(step % 8, (step + 1) % 8),
  evaluation: Int32Array.of((step + 3) % 8, (step + 4) % 8, (step + 5) % 8),
});

const search = ({ embeddings, loss, gradient }: Problem, more: Partial<TokenSwaps> = {}): Promise<SwappedTokens> =>
  swapTokens({
    start,
    steps: 40,
    candidates: 4,
    allowed: everything,
    generator: createGenerator('search'),
    embeddings,
    width,
    gradient,
    loss: (prompts, batch) => prompts.map((prompt) => loss(prompt, batch)),
    batches,
    ...more,
  });

/** The best of all prompts of allowed tokens. */
function bestPrompt({ loss }: Problem, allowed: Int32Array): Int32Array {
  let best = start;
  let least = Infinity;
  for (const a of allowed) {
    for (const b of allowed) {
      for (const c of allowed) {
        const ids = Int32Array.of(a, b, c);
        const value = loss(ids, Int32Array.of(0));
        if (value < least) [best, least] = [ids, value];
      }
    }
  }
  return best;
}

test('where the loss is linear in the embeddings, one candidate a step finds the best prompt', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1e6 }),
      fc.uniqueArray(fc.integer({ min: 0, max: vocabulary - 1 }), { minLength: 1, maxLength: 8 }),
      async (seed, tokens) => {
        const linear = problem(seed);
        const allowed = Int32Array.from(tokens);
        const { ids } = await search(linear, { allowed, candidates: 1, start: Int32Array.of(tokens[0] ?? 0, tokens[0] ?? 0, tokens[0] ?? 0) });
        assert.deepEqual(ids, bestPrompt(linear, allowed));
      },
    ),
    { numRuns: 40 },
  );
});

test('where it is curved and the positions act on each other, the search ends where no single swap helps, most often at the best prompt', async () => {
  const batch = Int32Array.of(0);
  const found = { all: 0, few: 0 };
  for (let seed = 0; seed < 20; seed++) {
    const curved = problem(seed, { curvature: 1, coupling: 0.2 });
    const best = bestPrompt(curved, everything);
    const { ids } = await search(curved, { steps: 60, candidates: vocabulary });
    for (const id of everything) {
      for (let p = 0; p < length; p++) assert.ok(curved.loss(ids, batch) <= curved.loss(ids.map((old, i) => (i === p ? id : old)), batch));
    }
    if (ids.join() === best.join()) found.all += 1;
    if ((await search(curved, { steps: 60, candidates: 6 })).ids.join() === best.join()) found.few += 1;
  }
  assert.equal(found.all, 20, 'with all tokens tried, the best prompt every time');
  assert.ok(found.few >= 12 && found.few <= 20, `with 6 tokens of ${vocabulary} tried, the best prompt ${found.few} times of 20`);
});

test('only allowed tokens are put in, one position a step, and the start may be of others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 20 }), async (seed, candidates) => {
      const allowed = Int32Array.of(11, 2, 7, 2);
      const noisy = problem(seed, { curvature: 1, noise: 1 });
      const { ids } = await search(noisy, {
        allowed,
        candidates,
        loss: (prompts, batch) => {
          const [first, ...others] = prompts;
          assert.ok(first && others.length <= Math.min(candidates, 3));
          const changed = others.map((prompt) => [...prompt].flatMap((id, p) => (id === first[p] ? [] : [p])));
          assert.ok(changed.every((places) => places.length === 1 && places[0] === changed[0]?.[0]), 'one position, the same for all');
          for (const prompt of prompts) prompt.forEach((id, p) => assert.ok(allowed.includes(id) || id === start[p]));
          return prompts.map((prompt) => noisy.loss(prompt, batch));
        },
      });
      ids.forEach((id) => assert.ok(allowed.includes(id) || id === 4));
    }),
    { numRuns: 30 },
  );
});

test('no step makes the loss on its evaluation batch larger, and the curve holds that loss', async () => {
  let steps = 0;
  let swaps = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
      const noisy = problem(seed, { curvature: 1, noise: 2 });
      const kept: Int32Array[] = [];
      const result = await search(noisy, {
        loss: (prompts, batch) => {
          kept.push(Int32Array.from(prompts[0] ?? []));
          return prompts.map((prompt) => noisy.loss(prompt, batch));
        },
      });
      kept.push(result.ids);
      result.curve.forEach(({ loss }, step) => {
        const { evaluation } = batches(step);
        const [before = start, after = start] = kept.slice(step, step + 2);
        assert.ok(noisy.loss(after, evaluation) <= noisy.loss(before, evaluation));
        assert.equal(loss, noisy.loss(after, evaluation));
        steps += 1;
      });
      assert.equal(result.swaps, kept.filter((ids, i) => i > 0 && ids.join() !== kept[i - 1]?.join()).length);
      swaps += result.swaps;
    }),
    { numRuns: 25 },
  );
  assert.equal(steps, 25 * 40);
  assert.ok(swaps > 25);
});

test('the gradient and the candidates see the batches of their step, and every example is counted once a prompt', async () => {
  const noisy = problem(8, { curvature: 1, noise: 1 });
  const seen: { gradient: number[]; evaluation: number[] }[] = [];
  let asked = 0;
  let gradients = 0;
  const reports: number[] = [];
  const result = await search(noisy, {
    steps: 12,
    gradient: async (ids, batch) => {
      seen.push({ gradient: [...batch], evaluation: [] });
      gradients += batch.length;
      return noisy.gradient(ids, batch);
    },
    loss: async (prompts, batch) => {
      seen.at(-1)?.evaluation.push(...batch);
      asked += prompts.length * batch.length;
      return prompts.map((prompt) => noisy.loss(prompt, batch));
    },
    report: (done, total) => reports.push(done / total),
  });
  assert.deepEqual(seen, Array.from({ length: 12 }, (_, step) => ({ gradient: [...batches(step).gradient], evaluation: [...batches(step).evaluation] })));
  assert.equal(result.gradients, gradients);
  assert.equal(result.evaluations, asked + gradients);
  assert.equal(result.curve.at(-1)?.evaluations, result.evaluations);
  assert.deepEqual(reports, Array.from({ length: 12 }, (_, step) => (step + 1) / 12));
});

test('equal seeds give equal searches; the order of the allowed tokens and the scale of the gradient do not matter', async () => {
  const noisy = problem(21, { curvature: 1, noise: 1 });
  const one = await search(noisy);
  const generator = createGenerator('search');
  generator.normals(5);
  assert.deepEqual(await search(noisy, { generator }), one);
  assert.deepEqual(await search(noisy, { allowed: Int32Array.from([...everything, ...everything].reverse()) }), one);
  assert.deepEqual(await search(noisy, { gradient: (ids, batch) => noisy.gradient(ids, batch).map((value) => 8 * value) }), one);
  const other = await search(noisy, { generator: createGenerator('another'), steps: 2 });
  assert.notDeepEqual(other.curve, one.curve.slice(0, 2));
  assert.deepEqual(start, Int32Array.of(4, 4, 4), 'the start is left as it is');
});

test('of equal candidates the lower id is taken, by the ranking and by the loss', async () => {
  const flat: Problem = { embeddings: new Float32Array(vocabulary * width), loss: () => 0, gradient: () => new Float32Array(length * width).fill(1) };
  const asked: number[][] = [];
  await search(flat, {
    steps: 1,
    allowed: Int32Array.of(9, 3, 12, 6),
    candidates: 2,
    loss: (prompts) => {
      asked.push(prompts.slice(1).map((prompt) => prompt.find((id) => id !== 4) ?? NaN));
      return prompts.map(() => 0);
    },
  });
  assert.deepEqual(asked, [[3, 6]], 'equal ranks: the lowest ids are tried');
  // the higher the id, the better by the gradient; all losses but the prompt's are equal
  const rising: Problem = { ...flat, embeddings: Float32Array.from({ length: vocabulary * width }, (_, k) => -Math.floor(k / width)) };
  const { ids } = await search(rising, { steps: 1, candidates: 3, loss: (prompts) => prompts.map((_, i) => (i === 0 ? 1 : 0)) });
  assert.deepEqual([...ids].filter((id) => id !== 4), [11]);
  // equal to the prompt is not better
  assert.deepEqual((await search(rising, { loss: (prompts) => prompts.map(() => 1) })).ids, start);
});

test('a candidate without a finite loss is never taken, and any with one beats a prompt without', async () => {
  const linear = problem(2);
  for (const wrong of [NaN, Infinity, -Infinity]) {
    const stays = await search(linear, { loss: (prompts) => prompts.map((_, i) => (i === 0 ? 5 : wrong)) });
    assert.deepEqual(stays.ids, start);
    const leaves = await search(linear, { steps: 1, loss: (prompts) => prompts.map((_, i) => (i === 0 ? wrong : 5)) });
    assert.equal(leaves.swaps, 1);
    assert.equal(leaves.curve[0]?.loss, 5);
  }
});

test('held-out examples choose among the prompts of the search, the start included', async () => {
  const noisy = problem(13, { curvature: 1, noise: 3 });
  const validation = Int32Array.of(6, 7);
  const compared: Int32Array[] = [];
  const chosen = await search(noisy, {
    validation,
    loss: (prompts, batch) => {
      if (batch === validation) compared.push(...prompts);
      return prompts.map((prompt) => noisy.loss(prompt, batch));
    },
  });
  assert.deepEqual(compared[0], start);
  assert.equal(compared.length, chosen.swaps + 1);
  assert.equal(noisy.loss(chosen.ids, validation), Math.min(...compared.map((ids) => noisy.loss(ids, validation))));
  const last = await search(noisy);
  assert.deepEqual(compared.at(-1), last.ids, 'the search itself does not look at them');
  assert.equal(chosen.evaluations, last.evaluations + compared.length * validation.length);
});

test('no steps leave the start, and what cannot be searched is refused', async () => {
  const linear = problem(1);
  const none = await search(linear, { steps: 0 });
  assert.deepEqual(none, { ids: start, curve: [], swaps: 0, evaluations: 0, gradients: 0 });
  const cases: readonly (readonly [Partial<TokenSwaps>, RegExp])[] = [
    [{ start: new Int32Array(0) }, /at least one token/],
    [{ allowed: new Int32Array(0) }, /at least one token that may stand/],
    [{ allowed: Int32Array.of(3, vocabulary) }, /Token 14 may stand in the prompt but has no embedding: there are 14/],
    [{ allowed: Int32Array.of(-1) }, /Token -1/],
    [{ steps: -1 }, /found -1/],
    [{ candidates: 0 }, /at least 1, found 0/],
    [{ width: 3 }, /70 numbers are no table of embeddings of width 3/],
    [{ gradient: () => new Float32Array(2) }, /gradient of 3 tokens of width 5 has 2 numbers/],
    [{ gradient: () => new Float32Array(length * width).fill(NaN) }, /not finite, at step 0/],
    [{ loss: () => [1] }, /5 candidates came back as 1 numbers/],
  ];
  for (const [more, message] of cases) await assert.rejects(search(linear, more), message);
});
