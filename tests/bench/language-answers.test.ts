import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { measureLanguage } from '../../src/bench/language/measure-language.ts';
import type { JudgedLanguage } from '../../src/bench/language/measure-language.ts';
import type { PreparedLanguage } from '../../src/bench/language/prepare-language-run.ts';
import { writeBehind } from '../../src/bench/language/read-batch.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import type { Options } from '../../src/reprogramming/index.ts';
import { promptText, readAnswer } from '../../src/tasks/index.ts';
import { useBackend } from '../../src/tensor/index.ts';
import { bigrams, drawnBigrams, withModel } from './bigram-model.ts';
import { preparedRun } from './tiny-language-assets.ts';

before(() => useBackend('wasm'));

const run = async (methodId: string, taskId: string, model: FrozenLanguageModel, options: Options = {}): Promise<PreparedLanguage> =>
  withModel(await preparedRun({ methodId, taskId, options }), model);

const shareOf = ({ shares }: JudgedLanguage, name: string): number => shares.find(([known]) => known === name)?.[1] ?? assert.fail(name);

/** The share of the measured questions that a constant answer gets right. */
const rightFor = ({ measured }: PreparedLanguage, answer: string): number => measured.filter(({ question }) => question.answer === answer).length / measured.length;

interface Expected {
  readonly strict: string | null;
  readonly lenient: string | null;
}

/** Holds what a model that always writes the same is judged to have answered to what it should be. */
function assertAnswers(prepared: PreparedLanguage, { strict, lenient }: Expected): void {
  const judged = measureLanguage(prepared, {});
  assert.deepEqual(judged.predictions, prepared.measured.map(() => strict));
  const [right, forgiven] = [strict, lenient].map((answer) => (answer === null ? 0 : rightFor(prepared, answer)));
  assert.equal(judged.shares[0]?.[0], 'accuracy');
  assert.equal(shareOf(judged, 'accuracy'), right);
  assert.equal(shareOf(judged, 'accuracy, lenient reader'), forgiven);
  assert.equal(shareOf(judged, 'no answer read'), strict === null ? 1 : 0);
  assert.deepEqual([...judged.correct], prepared.measured.map(({ question }) => (strict !== null && question.answer === strict ? 1 : 0)));
}

test('an answer is read where it is written, and one that no reader reads counts as wrong and is reported', async () => {
  const direct = (follows: Record<string, string>) => run('few-shot-icl', 'parity-6', bigrams(follows), { shots: 0 });
  const plain = await direct({ '=': '1', '1': ';' });
  assert.ok(rightFor(plain, '1') > 0 && rightFor(plain, '1') < 1);
  assertAnswers(plain, { strict: '1', lenient: '1' });
  assertAnswers(await direct({ '=': '1', '1': '1' }), { strict: null, lenient: '1 1 1 1' });
  assertAnswers(await direct({ '=': ';', ';': '1' }), { strict: null, lenient: null });
});

test('the answer behind steps is read, strictly only behind the word for therefore', async () => {
  for (const [methodId, options] of [['zero-shot-cot', {}], ['cot', { shots: 2 }]] as const) {
    const steps = (follows: Record<string, string>) => run(methodId, 'parity-6', bigrams(follows), options);
    assertAnswers(await steps({ '=': '0', '0': 'so', so: '1', '1': ';' }), { strict: '1', lenient: '1' });
    assertAnswers(await steps({ '=': '1', '1': ';' }), { strict: null, lenient: '1' });
  }
});

test('a question that is split is composed of the answers to its parts; a part that makes no sense, or that nobody reads, leaves it unread', async () => {
  const split = (taskId: string, follows: Record<string, string>, shots = 0) => run('least-to-most', taskId, bigrams(follows), { shots });
  for (const shots of [0, 1]) {
    assertAnswers(await split('parity-6', { '=': '1', '1': ';' }, shots), { strict: '1', lenient: '1' });
    assertAnswers(await split('parity-10', { '=': '0', '0': ';' }, shots), { strict: '0', lenient: '0' });
  }
  assertAnswers(await split('addition-2', { '=': '0', '0': '7', '7': ';' }), { strict: '0 7 7', lenient: '0 7 7' });
  assertAnswers(await split('parity-6', { '=': '5', '5': ';' }), { strict: null, lenient: null });
  assertAnswers(await split('parity-6', { '=': '1', '1': '1' }), { strict: null, lenient: null });
  assertAnswers(await split('addition-2', { '=': '3', '3': ';' }), { strict: null, lenient: null });
});

test('most samples decide, the earliest of equals, and samples that nobody reads have no vote', async () => {
  let [ties, silent, unread] = [0, 0, 0];
  const model = drawnBigrams('samples', ['0', '1', 'so', ';'], { '=': ['so', '0'], so: ['0', '1'], '0': [';', '1'], '1': [';'] });
  for (const temperature of [0.7, 2, 8]) {
    const prepared = await run('self-consistency', 'parity-6', model, { shots: 0, samples: 5, temperature });
    const { adapted, asking, measured, generator } = prepared;
    const prompts = measured.map(({ question }) => promptText(asking.wording, question.question, { instruction: false, steps: true, demonstrations: [] }));
    const rows = prompts.map((prompt) => [...model.tokenizer.encode(prompt)]);
    const judged = measureLanguage(prepared, {});
    // six steps, therefore, one bit, the end, and two more
    const stream = (row: number, sample: number) => generator.split('samples').split(row).split(sample);
    const end = model.tokenizer.idOf(';') ?? -1;
    const written = writeBehind({ model, adapted, params: {} }, rows, { newTokens: 11, end, samples: { count: 5, temperature, generator: stream } });
    const expected = written.map((texts) => {
      const answers = texts.map((ids) => readAnswer(asking.wording, model.tokenizer.decode(ids), 'strict', true));
      const votes = answers.map((answer) => (answer === null ? 0 : answers.filter((other) => other === answer).length));
      const most = Math.max(...votes);
      ties += new Set(answers.filter((_, at) => votes[at] === most)).size > 1 && most > 0 ? 1 : 0;
      silent += answers.includes(null) && most > 0 ? 1 : 0;
      unread += most === 0 ? 1 : 0;
      return most === 0 ? null : answers[votes.indexOf(most)];
    });
    assert.deepEqual(judged.predictions, expected);
    assert.equal(shareOf(judged, 'no answer read'), expected.filter((answer) => answer === null).length / expected.length);
    assert.deepEqual(measureLanguage(prepared, {}).predictions, expected);
  }
  assert.ok(ties > 0 && silent > 0 && unread > 0, `${ties} ties, ${silent} with silent samples, ${unread} unread`);
});

test('a greedy answer in steps is that of self-consistency at a temperature near zero', async () => {
  const model = drawnBigrams('greedy', ['0', '1', 'so', ';']);
  const [greedy, sampled] = [await run('zero-shot-cot', 'parity-6', model), await run('self-consistency', 'parity-6', model, { shots: 0, samples: 3, temperature: 1e-3 })];
  assert.deepEqual(measureLanguage(sampled, {}).predictions, measureLanguage(greedy, {}).predictions);
});
