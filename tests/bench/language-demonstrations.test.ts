import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawDemonstrations } from '../../src/bench/language/demonstrations.ts';
import { measureLanguage } from '../../src/bench/language/measure-language.ts';
import { withTrigger } from '../../src/bench/language/prompts.ts';
import type { PreparedLanguage } from '../../src/bench/language/prepare-language-run.ts';
import { extendCache } from '../../src/models/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import type { Words } from '../../src/reprogramming/index.ts';
import type { Question } from '../../src/tasks/index.ts';
import { tf } from '../../src/tensor/index.ts';
import { preparedRun } from './tiny-language-assets.ts';

type Shown = Extract<Words, { kind: 'demonstrations' }>;

const wanted = (count: number, change: Partial<Shown> = {}): Shown => ({ kind: 'demonstrations', count, choice: 'random', redrawn: 0, ...change });
const inWorlds = (seed = 1): Promise<PreparedLanguage> => preparedRun({ methodId: 'few-shot-icl', taskId: 'letters-to-digits', options: { shots: 4, wording: 'balanced' }, seed });
const shared = (seed = 1): Promise<PreparedLanguage> => preparedRun({ methodId: 'few-shot-icl', taskId: 'words-sort', options: { shots: 4 }, seed });

const texts = (questions: readonly Question[]): readonly string[] => questions.map(({ question, answer }) => `${question} → ${answer}`);
const inOrder = (prepared: PreparedLanguage, order: number): PreparedLanguage => ({ ...prepared, asking: { ...prepared.asking, order } });

/** The demonstrations of every measured question. */
const allOf = (prepared: PreparedLanguage, shown: Shown): readonly (readonly Question[])[] => {
  const { of } = drawDemonstrations(prepared, shown);
  return prepared.measured.map(of);
};

test('nine seeds have each pair of wording and order once, and the tenth begins again', async () => {
  const pairs: string[] = [];
  for (let seed = 1; seed <= 10; seed += 1) {
    const { asking, task } = await inWorlds(seed);
    assert.equal(asking.wording, task.wordings?.[asking.number]);
    pairs.push(`${asking.number} ${asking.order}`);
  }
  assert.equal(new Set(pairs.slice(0, 9)).size, 9);
  assert.equal(pairs[9], pairs[0]);
  const { asking } = await preparedRun({ methodId: 'few-shot-icl', taskId: 'letters-to-digits', options: { wording: 2 }, seed: 7 });
  assert.deepEqual([asking.number, asking.order], [2, 0]);
});

test('the three orders are as drawn, reversed, and the second half first, of the same demonstrations', async () => {
  for (const prepared of [await inWorlds(), await shared()]) {
    for (const count of [1, 4, 5]) {
      const [drawn = [], reversed, turned] = [0, 1, 2].map((order) => texts(allOf(inOrder(prepared, order), wanted(count))[0] ?? []));
      assert.equal(drawn.length, count);
      assert.deepEqual(reversed, drawn.toReversed());
      const half = Math.floor(count / 2);
      assert.deepEqual(turned, [...drawn.slice(half), ...drawn.slice(0, half)]);
    }
  }
});

test('fewer shots are the first of more, seeds draw other ones, and all are answered as the task answers', async () => {
  for (const make of [inWorlds, shared]) {
    const prepared = inOrder(await make(), 0);
    const [few, many] = [allOf(prepared, wanted(2)), allOf(prepared, wanted(8))];
    few.forEach((questions, at) => assert.deepEqual(questions, many[at]?.slice(0, 2)));
    assert.equal(new Set(texts(many[0] ?? [])).size, 8);
    assert.notDeepEqual(allOf(inOrder(await make(2), 0), wanted(8)), many);
    const pool = make === shared ? prepared.train.map(({ question }) => question) : null;
    prepared.measured.forEach((asked, at) => {
      const right = texts(pool ?? prepared.pool.demonstrations?.(asked.index) ?? []);
      for (const text of texts(many[at] ?? [])) assert.ok(right.includes(text), text);
    });
  }
});

test('a question never demonstrates itself', async () => {
  let [questions, demonstrated] = [0, 0];
  for (const prepared of [await inWorlds(), await shared()]) {
    for (const choice of ['random', 'similar'] as const) {
      allOf(prepared, wanted(16, { choice })).forEach((shown, at) => {
        const own = prepared.measured[at]?.question.question;
        assert.ok(own !== undefined && shown.length > 0 && shown.every(({ question }) => question !== own));
        questions += 1;
        demonstrated += shown.length;
      });
    }
  }
  assert.ok(questions === 40 && demonstrated > 400, `${demonstrated}`);
});

test('more shots than there are begin again with the first', async () => {
  const [world = []] = allOf(inOrder(await inWorlds(), 0), wanted(16));
  assert.equal(world.length, 16);
  assert.equal(new Set(texts(world.slice(0, 11))).size, 11);
  assert.equal(new Set(texts(world.slice(11))).size, 5);
  const [few = []] = allOf({ ...(await shared()), train: (await shared()).train.slice(0, 3) }, wanted(7));
  assert.deepEqual([few.slice(0, 3), few.slice(3, 6)].map((part) => new Set(texts(part)).size), [3, 3]);
  assert.equal(few.length, 7);
  const without = { ...(await shared()), train: [] };
  assert.throws(() => drawDemonstrations(without, wanted(1)), /There is no answered question to demonstrate with: draw at least one training example\.$/);
});

test('a share of the labels is drawn again among the answers that occur, and no more than that share changes', async () => {
  const prepared = inOrder(await inWorlds(), 0);
  const right = allOf(prepared, wanted(8));
  assert.deepEqual(allOf(prepared, wanted(8, { redrawn: 0 })), right);
  let changedByAll = 0;
  for (const [redrawn, most] of [[0.25, 2], [0.5, 4], [1, 8]] as const) {
    let changed = 0;
    allOf(prepared, wanted(8, { redrawn })).forEach((questions, at) => {
      const world = new Set((prepared.pool.demonstrations?.(prepared.measured[at]?.index ?? -1) ?? []).map(({ answer }) => answer));
      const wrong = questions.filter(({ question, answer }, place) => {
        assert.equal(question, right[at]?.[place]?.question);
        assert.ok(world.has(answer), `${answer} is no answer of this world`);
        return answer !== right[at]?.[place]?.answer;
      });
      assert.ok(wrong.length <= most, `${wrong.length} of 8 at ${redrawn}`);
      changed += wrong.length;
    });
    assert.ok(changed > 0);
    changedByAll = changed;
  }
  // one of three answers is right by chance
  assert.ok(changedByAll > 0.4 * 80 && changedByAll < 0.9 * 80, `${changedByAll} of 80`);
});

/** The mean of plain features over the tokens of a question behind the start token, at unit length. */
function meanOf({ architecture, weights, tokenizer, start }: FrozenLanguageModel, question: string): readonly number[] {
  return tf.tidy(() => {
    const ids = [...(start === null ? [] : [start]), ...tokenizer.encode(question, { specials: false })];
    const { logits } = extendCache(architecture, weights, { tokens: tf.tensor2d([ids], [1, ids.length], 'int32') }, undefined, 'all', 'features');
    const mean = [...tf.mean(tf.reshape(logits, [ids.length, -1]), 0).dataSync()];
    const length = Math.hypot(...mean);
    return mean.map((value) => value / length);
  });
}

test('similar demonstrations are the most similar ones, the most similar last, in worlds of their own too, in every order', async () => {
  for (const plain of [await inWorlds(), await shared()]) {
    for (const order of [0, 1]) {
      const prepared = inOrder(plain, order);
      const shown = allOf(prepared, wanted(4, { choice: 'similar' }));
      const { shared: exemplars } = drawDemonstrations(prepared, wanted(4, { choice: 'similar' }));
      assert.equal(exemplars, null);
      prepared.measured.forEach((asked, at) => {
        const pool = prepared.pool.demonstrations?.(asked.index) ?? prepared.train.map(({ question }) => question);
        const own = meanOf(prepared.model, asked.question.question);
        const cosine = ({ question }: Question): number => meanOf(prepared.model, question).reduce((sum, value, i) => sum + value * (own[i] ?? NaN), 0);
        const scores = (shown[at] ?? []).map(cosine);
        assert.equal(scores.length, 4);
        scores.forEach((score, place) => assert.ok(place === 0 || score >= (scores[place - 1] ?? NaN) - 1e-6, 'the most similar is last'));
        const better = pool.map(cosine).filter((score) => score > (scores[0] ?? NaN) + 1e-6);
        assert.ok(better.length <= 3, 'others are more similar');
      });
    }
  }
});

test('shared demonstrations are recorded as exemplars, in the order in which they are shown; own ones are not', async () => {
  for (const order of [0, 1, 2]) {
    const prepared = inOrder(await shared(), order);
    const { of, shared: exemplars } = drawDemonstrations(prepared, wanted(4));
    const [first] = prepared.measured;
    assert.ok(first && exemplars);
    const { train } = prepared.task;
    assert.ok('questions' in train);
    assert.deepEqual(texts(of(first)), texts(exemplars.map((index) => train.questions(index))));
    assert.deepEqual(measureLanguage(prepared, {}).exemplars, exemplars);
  }
  assert.equal(measureLanguage(await inWorlds(), {}).exemplars, null);
});

test('the words that stand for a class are what a demonstration shows, and the rest demonstrates nothing', async () => {
  const prepared = await preparedRun({ methodId: 'few-shot-icl', taskId: 'sst2', options: { shots: 5 } });
  const { of, restOf } = drawDemonstrations(prepared, wanted(5));
  const [first] = prepared.measured;
  assert.ok(first);
  for (const { question, answer } of of(first)) assert.equal(answer, question.startsWith('dull') ? 'sad' : 'happy');
  const [shown, rest] = [of(first), restOf(first)].map((questions) => questions.map(({ question }) => question));
  assert.deepEqual([...(shown ?? []), ...(rest ?? [])].sort(), prepared.train.map(({ question }) => question.question).sort());
  assert.ok(restOf(first).every(({ answer }) => prepared.task.classes.includes(answer)));
});

test('searched tokens stand behind the start token, or first where there is none', async () => {
  const prepared = await shared();
  assert.deepEqual(withTrigger(prepared, [7, 8], [1, 20, 21]), [1, 7, 8, 20, 21]);
  const startless = { ...prepared, model: { ...prepared.model, start: null } };
  assert.deepEqual(withTrigger(startless, [7, 8], [20, 21]), [7, 8, 20, 21]);
});
