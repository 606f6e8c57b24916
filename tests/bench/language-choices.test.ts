import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adaptLanguage } from '../../src/bench/language/adapt-language.ts';
import { triggerGradient } from '../../src/bench/language/search-by-swaps.ts';
import type { Lesson } from '../../src/bench/language/lessons.ts';
import { drawDemonstrations } from '../../src/bench/language/demonstrations.ts';
import { measureLanguage } from '../../src/bench/language/measure-language.ts';
import type { JudgedLanguage } from '../../src/bench/language/measure-language.ts';
import { tokensBehind, tokensOf } from '../../src/bench/language/prepare-language-run.ts';
import type { Drawn, PreparedLanguage } from '../../src/bench/language/prepare-language-run.ts';
import { languageLogits } from '../../src/models/index.ts';
import { promptText } from '../../src/tasks/index.ts';
import type { Question } from '../../src/tasks/index.ts';
import { disposeParams, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { preparedRun } from './tiny-language-assets.ts';

/** ln p of every next token behind a text read alone, token by token: `[length][vocabulary]`. */
function plainLogProbabilities({ model }: PreparedLanguage, ids: readonly number[]): readonly (readonly number[])[] {
  return tf.tidy(() => {
    const tokens = tf.tensor2d([[...ids]], [1, ids.length], 'int32');
    const [rows = []] = languageLogits(model.architecture, model.weights, { tokens }).arraySync() as number[][][];
    return rows.map((logits) => {
      const norm = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      return logits.map((logit) => logit - norm);
    });
  });
}

const promptOf = ({ asking }: PreparedLanguage, question: string, demonstrations: readonly Question[]): string =>
  promptText(asking.wording, question, { instruction: false, steps: false, demonstrations });

/** The log-probability of each class's words behind a prompt, each word read with the prompt. */
function plainScores(prepared: PreparedLanguage, prompt: string): number[] {
  const words = prepared.asking.wording.classWords ?? prepared.task.classes;
  const before = tokensOf(prepared.model, prompt);
  return words.map((word) => {
    const behind = tokensBehind(prepared.model, prompt, `${prepared.asking.wording.delimiter}${word}`);
    assert.ok(behind.length > 0);
    const logs = plainLogProbabilities(prepared, [...before, ...behind]);
    return behind.reduce((sum, token, place) => sum + (logs[before.length - 1 + place]?.[token] ?? NaN), 0);
  });
}

const shownTo = (prepared: PreparedLanguage, asked: Drawn): readonly Question[] => {
  const wanted = prepared.adapted.words.flatMap((words) => (words.kind === 'demonstrations' ? [words] : []))[0];
  return wanted ? drawDemonstrations(prepared, wanted).of(asked) : [];
};

const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
const shareOf = ({ shares }: JudgedLanguage, name: string): number => shares.find(([known]) => known === name)?.[1] ?? assert.fail(name);
const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;

/** Sentences with classes of several tokens, digits with classes of one; with shots and without. */
const asked = [
  { taskId: 'sst2', options: { shots: 0 } },
  { taskId: 'sst2', options: { shots: 2 } },
  { taskId: 'letters-to-digits', options: { shots: 3, wording: 1 } },
] as const;

test('the likeliest class by the sum over its tokens is answered, and the accuracy by length divides by characters', async () => {
  for (const request of asked) {
    const prepared = await preparedRun({ methodId: 'few-shot-icl', ...request });
    const judged = measureLanguage(prepared, {});
    const scores = prepared.measured.map((each) => plainScores(prepared, promptOf(prepared, each.question.question, shownTo(prepared, each))));
    assert.deepEqual(judged.predictions, scores.map(largest));
    const right = (predictions: readonly number[]): number => share(prepared.measured.map(({ label }, at) => predictions[at] === label));
    assert.equal(shareOf(judged, 'accuracy'), right(scores.map(largest)));
    const words = prepared.asking.wording.classWords ?? prepared.task.classes;
    const byLength = scores.map((each) => largest(each.map((score, k) => score / (words[k] ?? '').length)));
    assert.equal(shareOf(judged, 'accuracy, scores by length'), right(byLength));
  }
});

test('calibration divides class probabilities by those behind a question without content', async () => {
  let moved = 0;
  for (const request of asked) {
    const prepared = await preparedRun({ methodId: 'contextual-calibration', ...request });
    const { contentFree } = prepared.asking.wording;
    assert.ok(contentFree !== undefined);
    const shares = (prompt: string): number[] => {
      const masses = plainScores(prepared, prompt).map(Math.exp);
      return masses.map((mass) => mass / masses.reduce((sum, other) => sum + other, 0));
    };
    const plain = prepared.measured.map((each) => shares(promptOf(prepared, each.question.question, shownTo(prepared, each))));
    const expected = prepared.measured.map((each, at) => {
      const empty = shares(promptOf(prepared, contentFree, shownTo(prepared, each)));
      return largest((plain[at] ?? []).map((p, k) => p / (empty[k] ?? NaN)));
    });
    assert.deepEqual(measureLanguage(prepared, {}).predictions, expected);
    moved += expected.filter((prediction, at) => prediction !== largest(plain[at] ?? [])).length;
  }
  assert.ok(moved > 0, 'calibration changes some answers');
});

/** The class of most of the nearest anchors by KL(anchor ‖ question); of equals that of the nearest. */
function votedPlainly(prepared: PreparedLanguage, each: Drawn, neighbours: number): { readonly voted: number; readonly tied: boolean; readonly anchors: number } {
  const shown = shownTo(prepared, each);
  const names = new Set(shown.map(({ question }) => question));
  const pool = prepared.pool.demonstrations?.(each.index) ?? prepared.train.map(({ question }) => question);
  const anchors = pool.filter(({ question }) => !names.has(question));
  const logs = (question: string): readonly number[] => plainLogProbabilities(prepared, tokensOf(prepared.model, promptOf(prepared, question, shown))).at(-1) ?? [];
  const own = logs(each.question.question);
  const distances = anchors.map(({ question }) => logs(question).reduce((sum, log, token) => sum + Math.exp(log) * (log - (own[token] ?? NaN)), 0));
  const nearest = [...anchors.keys()].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0)).slice(0, neighbours);
  const classes = nearest.map((anchor) => prepared.task.classes.indexOf(anchors[anchor]?.answer ?? ''));
  const counts = classes.map((k) => classes.filter((other) => other === k).length);
  const most = Math.max(...counts);
  return { voted: classes[counts.indexOf(most)] ?? -1, tied: new Set(classes.filter((_, at) => counts[at] === most)).size > 1, anchors: anchors.length };
}

test('kNN prompting answers the class of most of the nearest anchors, of equals that of the nearest, with and without demonstrations', async () => {
  let tied = 0;
  for (const { taskId, shots, neighbours } of [
    { taskId: 'sst2', shots: 2, neighbours: 3 },
    { taskId: 'sst2', shots: 0, neighbours: 4 },
    { taskId: 'letters-to-digits', shots: 3, neighbours: 6 },
    { taskId: 'letters-to-digits', shots: 0, neighbours: 3 },
  ]) {
    const prepared = await preparedRun({ methodId: 'knn-prompting', taskId, options: { shots, neighbours } });
    const plainly = prepared.measured.map((each) => votedPlainly(prepared, each, neighbours));
    assert.deepEqual(measureLanguage(prepared, {}).predictions, plainly.map(({ voted }) => voted), `${taskId}, ${shots} shots`);
    const all = taskId === 'sst2' ? prepared.train.length : 11;
    assert.ok(plainly.every(({ anchors }) => anchors === all - shots));
    tied += plainly.filter((each) => each.tied).length;
  }
  assert.ok(tied > 0, 'some votes are tied');
});

test('a judge without the model answers as it is told by the training examples', async () => {
  const majority = await preparedRun({ methodId: 'majority-class', taskId: 'sst2' });
  const lopsided = { ...majority, train: majority.train.filter(({ label }, at) => label === 1 || at < 2) };
  assert.deepEqual(measureLanguage(lopsided, {}).predictions, majority.measured.map(() => 1));
  const bag = measureLanguage(await preparedRun({ methodId: 'bag-of-words', taskId: 'sst2' }), {});
  assert.equal(shareOf(bag, 'accuracy'), 1, 'one word tells the classes apart');
});

const trainedOnce = { learningRate: 1e-9, learningRates: [1e-9], epochs: 1, batch: 12 } as const;

test('what is trained on classes is trained on the first tokens of their words, and read by them', async () => {
  const made = await preparedRun({ methodId: 'full-fine-tuning', taskId: 'sst2', ...trainedOnce });
  const [[sad = -1] = [], [happy = -1] = []] = made.classTokens ?? [];
  // the class whose first token is the likelier one has more tokens behind it than the other
  const words = [[sad, 300, 310, 320], [happy]];
  const prepared = { ...made, classTokens: words };
  const { params, curve, steps } = await adaptLanguage(prepared);
  assert.equal(steps, 1);
  const firsts = ({ question }: Drawn): readonly number[] => {
    const logs = plainLogProbabilities(prepared, tokensOf(prepared.model, promptOf(prepared, question.question, []))).at(-1) ?? [];
    return words.map(([token = -1]) => logs[token] ?? NaN);
  };
  const losses = prepared.train.map((each) => {
    const scores = firsts(each);
    return Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - (scores[each.label] ?? NaN);
  });
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  assert.ok(Math.abs((curve[0]?.loss ?? NaN) - mean) <= 1e-5, `${curve[0]?.loss} instead of ${mean}`);
  const byFirst = prepared.measured.map((each) => largest(firsts(each)));
  const byAll = measureLanguage({ ...prepared, method: { ...prepared.method, recipe: null } }, params);
  assert.notDeepEqual(byAll.predictions, byFirst, 'it makes a difference here');
  const judged = measureLanguage(prepared, params);
  assert.deepEqual(judged.predictions, byFirst);
  assert.ok(!judged.shares.some(([name]) => name.includes('by length')));
  disposeParams(params);
});

test('the gradient that ranks the tokens of a trigger is that of the lessons\' loss at their embeddings behind the start token', async () => {
  for (const taskId of ['sst2', 'words-sort']) {
    const prepared = await preparedRun({ methodId: 'autoprompt', taskId });
    const { model, classTokens } = prepared;
    const { architecture, weights } = model;
    const lessons = prepared.train.slice(0, 3).map(({ question, label }): Lesson => {
      const prompt = promptOf(prepared, question.question, []);
      return { prompt: tokensOf(model, prompt), answer: classTokens ? [] : tokensBehind(model, prompt, ` ${question.answer} ;`), label };
    });
    const trigger = [300, 310];
    const embedded = (ids: readonly number[]): Tensor => tf.squeeze(architecture.embed(weights, tf.tensor2d([[...ids]], [1, ids.length], 'int32')), [0]);
    const { gradients } = valueAndGradients(({ vectors }) => {
      assert.ok(vectors);
      const losses = lessons.map(({ prompt: [start = -1, ...prompt], answer, label }) => {
        const tokens = tf.expandDims(tf.concat([embedded([start]), vectors, embedded([...prompt, ...answer])], 0), 0);
        const places = Math.max(1, answer.length);
        const logits = tf.slice(languageLogits(architecture, weights, { tokens }), [0, trigger.length + prompt.length, 0], [1, places, -1]);
        const logs = tf.squeeze(tf.logSoftmax(logits), [0]);
        const firstTokens = (classTokens ?? []).map(([token = -1]) => token);
        const own = (classTokens ? [firstTokens[label] ?? -1] : answer).map((token, place) => tf.reshape(tf.slice(logs, [place, token], [1, 1]), []));
        const first = classTokens ? [tf.logSumExp(tf.gather(logs, tf.tensor1d(firstTokens, 'int32'), 1))] : [];
        return tf.sub(tf.addN([tf.scalar(0), ...first]), tf.addN(own));
      });
      const count = classTokens ? lessons.length : lessons.reduce((sum, { answer }) => sum + answer.length, 0);
      return tf.div(tf.addN(losses), count).asScalar();
    }, { vectors: embedded(trigger) });
    const [found, expected] = [triggerGradient(prepared, lessons, trigger, 1), [...(gradients['vectors']?.dataSync() ?? [])]];
    const size = Math.max(...expected.map(Math.abs));
    assert.ok(size > 0 && found.length === expected.length);
    expected.forEach((value, at) => assert.ok(Math.abs(value - (found[at] ?? NaN)) <= 1e-4 * size, `${taskId}, ${at}: ${found[at]} instead of ${value}`));
  }
});

test('open answers are trained on every token of the answer and its end', async () => {
  const prepared = await preparedRun({ methodId: 'full-fine-tuning', taskId: 'words-sort', ...trainedOnce });
  const { params, curve } = await adaptLanguage(prepared);
  disposeParams(params);
  const losses = prepared.train.flatMap(({ question }) => {
    const before = tokensOf(prepared.model, promptOf(prepared, question.question, []));
    const answer = tokensBehind(prepared.model, promptOf(prepared, question.question, []), ` ${question.answer} ;`);
    assert.equal(answer.length, 4);
    const logs = plainLogProbabilities(prepared, [...before, ...answer]);
    return answer.map((token, place) => -(logs[before.length - 1 + place]?.[token] ?? NaN));
  });
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  assert.ok(Math.abs((curve[0]?.loss ?? NaN) - mean) <= 1e-4, `${curve[0]?.loss} instead of ${mean}`);
});

test('a head alone is trained on features that are computed once, from even odds on', async () => {
  const prepared = await preparedRun({ methodId: 'linear-probe', taskId: 'sst2', learningRate: 0.05, learningRates: [0.05], epochs: 30, batch: 12 });
  const { params, curve, queries } = await adaptLanguage(prepared);
  assert.equal(queries, prepared.train.length);
  assert.ok(Math.abs((curve[0]?.loss ?? NaN) - Math.log(2)) <= 1e-6);
  assert.ok((curve.at(-1)?.loss ?? NaN) < 0.69);
  const { predictions } = measureLanguage(prepared, params);
  assert.ok(predictions.every((prediction) => prediction === 0 || prediction === 1));
  disposeParams(params);
});
