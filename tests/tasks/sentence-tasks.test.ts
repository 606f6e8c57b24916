import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { AssetUnavailable } from '../../src/assets/index.ts';
import type { OpenedAsset, TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { createGenerator } from '../../src/random/index.ts';
import { asked, drawSplit, kindOf, loadTask, taskRows } from '../../src/tasks/index.ts';
import type { ExampleSet, Task, TextSet } from '../../src/tasks/index.ts';
import { sentenceTasks } from '../../src/tasks/sentence-tasks.ts';
import { readTokenizerBin } from '../../src/text/index.ts';
import type { Tokenizer } from '../../src/text/index.ts';
import { bytes, oneAsset } from './fixtures.ts';

const source = nodeAssetSource({ offline: true });

async function openOrSkip(id: string, t: TestContext): Promise<OpenedAsset | undefined> {
  try {
    return await source.open(id);
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    t.skip(`1 asset not here: ${error.message}`);
    return undefined;
  }
}

function textsOf(set: ExampleSet): TextSet {
  if (!('questions' in set)) throw new Error(`the set holds ${kindOf(set)}`);
  return set;
}

const asset = (changes: Record<string, TensorData | undefined> = {}, texts: Record<string, string | undefined> = {}): OpenedAsset => {
  const tensors = { 'train-labels': bytes([3], (i) => i % 2), 'test-labels': bytes([1], () => 1), ...changes };
  const text = { classes: 'negative\npositive\n', 'train-sentences': 'one\ntwo , three\nfour\n', 'test-sentences': 'five\n', ...texts };
  const present = <T>(all: Record<string, T | undefined>): Map<string, T> =>
    new Map(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  return { id: 'sst2', digest: 'the digest of the asset', tensors: present(tensors), text: present(text) };
};

test('a task of sentences asks them, and the names of their classes are the answers', async () => {
  const task = await loadTask('sst2', oneAsset(asset()));
  assert.deepEqual([task.id, task.digest, task.generated, kindOf(task.train)], ['sst2', 'the digest of the asset', false, 'texts']);
  const { count, questions, labels } = textsOf(task.train);
  assert.equal(count, 3);
  assert.deepEqual([...labels], [0, 1, 0]);
  assert.deepEqual(questions(1), { question: 'two , three', answer: 'positive' });
  assert.deepEqual(textsOf(task.test).questions(0), { question: 'five', answer: 'positive' });
  assert.throws(() => questions(3), /no sentence 3 in a set of 3/);
});

test('an asset of sentences that is not what the catalogue says is refused with what is wrong', async () => {
  const cases: readonly (readonly [OpenedAsset, RegExp])[] = [
    [asset({ 'train-labels': undefined }), /asset sst2: there is no tensor train-labels/],
    [asset({}, { 'test-sentences': undefined }), /asset sst2: there is no text test-sentences/],
    [asset({ 'train-labels': bytes([2], () => 0) }), /3 sentences but 2 labels in part train/],
    [asset({ 'test-labels': bytes([1], () => 2) }), /test-labels: number 0 is 2, the classes are 0 to 1/],
    [asset({}, { classes: 'bad\ngood\n' }), /asset sst2 names the classes bad, good; the catalogue of tasks has negative, positive/],
  ];
  for (const [opened, message] of cases) await assert.rejects(loadTask('sst2', oneAsset(opened)), message);
});

test('every wording of a task of sentences has one slot, a word for each class and something to calibrate with', () => {
  assert.ok(sentenceTasks.length >= 2);
  for (const { id, classes, wordings } of sentenceTasks) {
    assert.ok(wordings.length >= 3, id);
    for (const { ask, classWords = [], contentFree, instruction } of wordings) {
      assert.ok(asked(ask, 'dull film').startsWith('dull film\n'));
      assert.equal(new Set(classWords).size, classes.length);
      assert.ok(contentFree === 'N/A' && (instruction ?? '').length > 10);
    }
  }
});

/** Of each pool: how many sentences each class has. */
const counts: Readonly<Record<string, readonly [train: readonly number[], test: readonly number[]]>> = {
  sst2: [[3310, 3610], [912, 909]],
  trec: [[1162, 1250, 86, 1223, 835, 896], [138, 94, 9, 65, 81, 113]],
};

/** Sentences of the training pool that repeat an earlier one, and those of the test pool that stand in the training pool. */
const repeats: Readonly<Record<string, readonly [within: number, across: number]>> = { sst2: [9, 2], trec: [71, 10] };

for (const { id, classes } of sentenceTasks) {
  test(`${id} has the pools that its page states, and splits are drawn from them`, async (t) => {
    const opened = await openOrSkip(id, t);
    if (!opened) return;
    const task: Task = await loadTask(id, oneAsset(opened));
    for (const [at, part] of (['train', 'test'] as const).entries()) {
      const set = textsOf(task[part]);
      assert.deepEqual(classes.map((_, k) => set.labels.filter((label) => label === k).length), counts[id]?.[at]);
    }
    const sentences = (set: TextSet): string[] => Array.from({ length: set.count }, (_, index) => set.questions(index).question);
    const known = new Set(sentences(textsOf(task.train)));
    const across = sentences(textsOf(task.test)).filter((sentence) => known.has(sentence)).length;
    assert.deepEqual([task.train.count - known.size, across], repeats[id]);
    const split = drawSplit(task, { train: 60, validation: 12, test: 50 }, createGenerator(1));
    assert.equal(split.train.length + split.validation.length + split.test.length, 122);
    t.diagnostic(`${task.train.count} and ${task.test.count} sentences`);
  });
}

/** Token ids of a continuation behind an asked question. */
function continuation({ encode }: Tokenizer, prompt: string, answer: string): readonly number[] {
  const [before, whole] = [encode(prompt), encode(prompt + answer)];
  assert.deepEqual(whole.slice(0, before.length), before, `${prompt} and its answer share a token`);
  return whole.slice(before.length);
}

/** What stands in `sentence-tasks.ts`. */
const tokensOfClassWords: Readonly<Record<string, readonly (readonly number[])[]>> = {
  sst2: [[2, 1], [2, 2], [1, 1], [2, 2]],
  trec: [[3, 2, 2, 1, 3, 5], [2, 2, 3, 1, 3, 1], [1, 1, 1, 1, 1, 1]],
};

test('class words have as many tokens as stated, no two of a wording begin alike, and every question fits the context', async (t) => {
  const stories = await openOrSkip('stories260k', t);
  if (!stories) return;
  const file = stories.tensors.get('tokenizer.bin')?.values;
  assert.ok(file instanceof Uint8Array);
  const tokenizer = readTokenizerBin(file);
  let checked = 0;
  for (const { id, wordings } of sentenceTasks) {
    const found = wordings.map(({ ask, delimiter, classWords = [] }) => {
      const answers = classWords.map((word) => continuation(tokenizer, asked(ask, 'N/A'), delimiter + word));
      assert.equal(new Set(answers.map(([first]) => first)).size, classWords.length, `${id}: ${classWords.join(', ')}`);
      return answers.map((ids) => ids.length);
    });
    assert.deepEqual(found, tokensOfClassWords[id]);
    const opened = await openOrSkip(id, t);
    if (!opened) continue;
    const task = await loadTask(id, oneAsset(opened));
    for (const part of ['train', 'test'] as const) {
      const { count, questions } = textsOf(task[part]);
      const lengths = Array.from({ length: count }, (_, index) => tokenizer.encode(questions(index).question, { specials: false }).length).sort((a, b) => a - b);
      const longest = lengths.at(-1) ?? 0;
      t.diagnostic(`${id} ${part}: median ${lengths[Math.floor(count / 2)]}, 95 % ${lengths[Math.floor(0.95 * count)]}, longest ${longest} tokens`);
      assert.ok(longest > 20 && longest < 512 / 2);
      checked += count;
    }
  }
  t.diagnostic(`${checked} sentences`);
});

test('tasks of sentences stand in the catalogue without leave to show samples', () => {
  const rows = taskRows.filter(({ id }) => sentenceTasks.some((task) => task.id === id));
  assert.equal(rows.length, sentenceTasks.length);
  for (const { kind, samples, generated } of rows) assert.deepEqual([kind, samples, generated], ['texts', undefined, false]);
});
