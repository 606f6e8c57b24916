import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { adaptToTask } from '../../src/bench/adapt-to-task.ts';
import { approaches } from '../../src/bench/approaches.ts';
import { prepareRun, releaseRun } from '../../src/bench/prepare-run.ts';
import { runCell, runTrial } from '../../src/bench/run-cell.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { argmaxRows } from '../../src/reprogramming/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { canonicalJson, countBits, decodeBits, parseRecordLine } from '../../src/results/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { disposeParams, entry, tf } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { cellContext, doneRecord } from './cell-context.ts';

let context: CellContext;

before(async () => {
  context = await cellContext();
});

const train = 20;
const small: CellRequest = {
  methodId: 'coop',
  options: { vectors: 2 },
  modelId: 'world-pair',
  taskId: 'world-tinted',
  split: { train, test: 40 },
  epochs: 2,
  batch: 10,
  learningRate: 0.03,
  learningRates: [0.03],
  seed: 1,
};

/** The request of a method with its own options, trained where it has something to train. */
function requestFor(methodId: string, options: CellRequest['options'] = {}): CellRequest {
  const { recipe } = approaches.find(({ id }) => id === methodId) ?? assert.fail(methodId);
  const [rate] = recipe?.learningRates ?? [];
  const { learningRate: _, learningRates: __, ...rest } = small;
  return { ...rest, methodId, options, ...(rate === undefined ? { epochs: 0 } : { learningRate: rate, learningRates: [rate] }) };
}

const done = (request: CellRequest): Promise<DoneRecord> => doneRecord(request, context);

const metricOf = ({ result }: DoneRecord, name: string): { readonly value: number; readonly n: number } =>
  result.metrics.find((metric) => metric.name === name) ?? assert.fail(`no ${name}`);

const forPairs = approaches.filter(({ adaptPair }) => adaptPair);

test('every approach for pairs runs, twice with the same bits, gives a valid record, and leaves no tensors and the frozen weights as they were', async (t) => {
  assert.ok(forPairs.length >= 15, `${forPairs.length}`);
  await done(small);
  for (const { id, recipe } of forPairs) {
    const held = tf.memory().numTensors;
    const [one, two] = [await done(requestFor(id)), await done(requestFor(id))];
    assert.equal(tf.memory().numTensors, held, `${id} leaves tensors behind`);
    assert.deepEqual(parseRecordLine(JSON.stringify(one), id, 1), one, id);
    for (const part of ['spec', 'drawn', 'params', 'result'] as const) assert.equal(canonicalJson(one[part]), canonicalJson(two[part]), `${id}: ${part}`);
    assert.equal(one.result.frozenBefore, one.result.frozenAfter, id);
    assert.equal(one.result.frozenBefore, one.spec.model.digest, id);
    const accuracy = metricOf(one, 'accuracy');
    assert.deepEqual([one.result.metrics.length, accuracy.n], [1, 40]);
    assert.equal(countBits(decodeBits(one.result.correct ?? '', 40)), Math.round(accuracy.value * 40), id);
    assert.equal(one.spec.asking?.texts, 'a photo of a {}', id);
    assert.equal(one.spec.recipe !== null, recipe !== null, `${id} trained`);
    if (recipe) assert.ok(one.result.curve.length === 2 && one.result.curve.every(({ loss }) => Number.isFinite(loss)), id);
    else assert.deepEqual([one.params.trainable, one.result.curve], [0, []], id);
  }
  t.diagnostic(`${forPairs.length} approaches`);
});

test('a method without a road of its own for pairs runs on the image tower', async () => {
  const [bitfit, additive] = [await done(requestFor('bitfit')), await done(requestFor('additive-program'))];
  for (const record of [bitfit, additive]) {
    assert.equal(record.spec.model.id, 'world-pair');
    assert.equal(record.result.frozenBefore, record.result.frozenAfter);
    assert.equal(record.result.frozenBefore, record.spec.model.digest);
  }
  assert.deepEqual(additive.spec.taxonomy?.location, ['input']);
});

test('what learns in texts alone sees each training picture once, what learns in the image tower sees it in every epoch', async () => {
  const queries = async (methodId: string, options: CellRequest['options'] = {}): Promise<number | undefined> => (await done(requestFor(methodId, options))).cost?.queries;
  for (const id of ['coop', 'cocoop', 'kgcoop']) assert.equal(await queries(id), train, id);
  for (const id of ['maple', 'vpt-shallow', 'attrvr', 'lora']) assert.equal(await queries(id), 2 * train, id);
  assert.equal(await queries('tip-adapter'), train);
  for (const id of ['clip-prompt-ensembling', 'cupl', 'red-circle']) assert.equal(await queries(id), 0, id);
});

test('training moves the loss down and does better than the texts it started from', async () => {
  const request = { ...small, split: { train: 160, test: 200 }, epochs: 10, batch: 20 };
  const [trained, untrained] = [await done(request), await done({ ...request, control: 'untrained-program' })];
  const losses = trained.result.curve.map(({ loss }) => loss);
  assert.ok((losses.at(-1) ?? NaN) < (losses[0] ?? NaN), losses.join());
  assert.ok(metricOf(trained, 'accuracy').value > metricOf(untrained, 'accuracy').value);
  assert.deepEqual([untrained.spec.recipe, untrained.params.trainable, untrained.result.trainedDigest], [null, 0, null]);
});

test('nothing in a spec varies with the seed, and what the seed draws does', async () => {
  for (const more of [{}, { control: 'random-net' as const }]) {
    const [one, two] = [await done({ ...small, ...more }), await done({ ...small, ...more, seed: 2 })];
    assert.equal(canonicalJson(one.spec), canonicalJson(two.spec));
    assert.notEqual(one.drawn.splitDigest, two.drawn.splitDigest);
    assert.notEqual(one.result.trainedDigest, two.result.trainedDigest);
  }
});

test('a pair with freshly drawn towers is the control: other weights, other answers, the same question', async () => {
  for (const methodId of ['coop', 'clip-prompt-ensembling', 'linear-probe', 'vpt-shallow']) {
    const request = { ...requestFor(methodId), split: { train, test: 200 } };
    const [real, control] = [await done(request), await done({ ...request, control: 'random-net' })];
    assert.equal(control.spec.control, 'random-net');
    assert.equal(control.spec.model.digest, real.spec.model.digest);
    assert.notEqual(control.result.frozenBefore, real.result.frozenBefore, methodId);
    assert.equal(control.result.frozenBefore, control.result.frozenAfter);
    assert.notEqual(control.result.predictionsDigest, real.result.predictionsDigest, methodId);
    assert.ok(metricOf(control, 'accuracy').value < metricOf(real, 'accuracy').value, methodId);
  }
});

/** The answer of one half of the classes to every measured picture, counted from the first class of all. */
function answersOf(adapted: Adapted, params: Params, x: Tensor, first: number): Int32Array {
  const logits = tf.tidy(() => Float32Array.from(adapted.align(params, adapted.outputs(params, x), null).dataSync()));
  return argmaxRows(logits, adapted.targets).map((answer) => answer + first);
}

const halves = [
  { taskId: 'world-tinted-unseen', classes: 10 },
  { taskId: 'world-pastel-unseen', classes: 8 },
] as const;

for (const { taskId, classes } of halves) {
  test(`${taskId}: pictures of trained classes are judged among those, the others among the others, and their numbers agree with what was right`, async () => {
    for (const methodId of ['coop', 'maple', 'clip-prompt-ensembling']) {
      const request = { ...requestFor(methodId), taskId, split: { train, test: 100 } };
      const record = await done(request);
      assert.deepEqual(record.result.metrics.map(({ name }) => name), ['accuracy', 'harmonic mean', 'trained classes', 'unseen classes']);
      assert.deepEqual(parseRecordLine(JSON.stringify(record), methodId, 1), record);
      const prepared = await prepareRun(request, context, null);
      const { labels, x } = prepared.drawing.measured;
      const { unseen } = prepared;
      assert.ok(unseen);
      assert.deepEqual([prepared.adapted.targets, unseen.targets], [classes / 2, classes / 2]);
      assert.ok(prepared.drawing.train.labels.every((label) => label < classes / 2), 'a picture of an unseen class was trained on');
      const { params } = await adaptToTask(prepared);
      const [ofTrained, ofUnseen] = [answersOf(prepared.adapted, params, x, 0), answersOf(unseen, params, x, classes / 2)];
      const byHand = [...labels].map((label, i) => ((label < classes / 2 ? ofTrained : ofUnseen)[i] === label ? 1 : 0));
      assert.deepEqual([...decodeBits(record.result.correct ?? '', 100)], byHand, methodId);
      const share = (isOf: (label: number) => boolean): readonly [value: number, n: number] => {
        const own = byHand.filter((_, i) => isOf(labels[i] ?? -1));
        return [own.filter((right) => right === 1).length / own.length, own.length];
      };
      const [trained, nTrained] = share((label) => label < classes / 2);
      const [others, nOthers] = share((label) => label >= classes / 2);
      assert.equal(nTrained + nOthers, 100);
      assert.ok(nTrained > 20 && nOthers > 20 && others > 0, `${nTrained} and ${nOthers}`);
      const expected = { accuracy: [share(() => true)[0], 100], 'harmonic mean': [2 / (1 / trained + 1 / others), 100], 'trained classes': [trained, nTrained], 'unseen classes': [others, nOthers] };
      for (const [name, [value = NaN, n]] of Object.entries(expected)) {
        assert.ok(Math.abs(metricOf(record, name).value - value) < 1e-9, `${methodId}: ${name}`);
        assert.equal(metricOf(record, name).n, n);
      }
      disposeParams(params);
      releaseRun(prepared);
    }
  });
}

test('a trial on a task with unseen classes measures trained classes alone', async () => {
  const { value } = await runTrial({ ...small, taskId: 'world-pastel-unseen', learningRate: 0.03, heldOut: 8 }, context);
  assert.ok(value !== null && Number.isInteger(value * 8), `${value}`);
});

const refusals: readonly (readonly [what: string, request: Partial<CellRequest>, message: RegExp])[] = [
  ['vectors of each class on classes without training pictures', { options: { context: 'class-specific' } }, /^CoOp learns something for each class, so it can't answer with classes that it wasn't trained on; leave its row out of world-pastel-unseen\.$/],
  ...(['linear-probe', 'tip-adapter', 'ilm-vp', 'vp', 'bitfit'] as const).map(
    (methodId) => [`${methodId} on classes without training pictures`, { methodId, options: {} }, /learns something for each class, so it can't answer with classes that it wasn't trained on; leave its row out of world-pastel-unseen\.$/] as const,
  ),
  ['a network on such a task', { modelId: 'world-vit', methodId: 'linear-probe', options: {} }, /^world-pastel-unseen asks for classes without training examples, which only a model that reads their names can answer; choose a pair such as world-pair\.$/],
  ['a method for pairs on a network', { modelId: 'world-vit', taskId: 'world-outlines' }, /^CoOp compares pictures with texts; world-vit reads no text, so choose a pair such as world-pair\.$/],
  ['a method for language models', { taskId: 'world-tinted', methodId: 'prompt-tuning', options: {} }, /^Prompt tuning needs a language model; .* choose another model\.$/i],
  ['a task whose classes nobody named', { taskId: 'world-digits' }, /^Nobody has written what the classes of world-digits are called for world-pair(, which knows few words)?; add a row to src\/tasks\/class-wording\.ts\.$/],
  ['too few test pictures for both halves', { split: { train, test: 1 } }, /^No measured example is of the (trained|unseen) classes; ask for more test examples\.$/],
  ['an unknown option', { options: { vector: 1 } }, /^coop has no option "vector"; its options: vectors, context\.$/],
  ['an unknown choice', { taskId: 'world-tinted', options: { context: 'shared' } }, /^Option "context" is "shared"; choose one of unified, class-specific\.$/],
  ['more vectors than the text tower has places', { taskId: 'world-tinted', options: { vectors: 19 } }, /^The class name "circle" makes a text of 3 tokens with the template "\{\}", and at most 1 fit the text tower: shorten the name, or take fewer than 19 vectors\.$/],
];

for (const [what, request, message] of refusals) {
  test(`refused in one sentence: ${what}`, async () => {
    const asked = { ...small, taskId: 'world-pastel-unseen', ...request };
    const refused = (): Promise<void> =>
      assert.rejects(runCell(asked, context), (error: Error) => {
        assert.match(error.message, message);
        return error instanceof RangeError || assert.fail(String(error));
      });
    await refused();
    const held = tf.memory().numTensors;
    await refused();
    // what only the measured pictures show is refused after training
    if (!/measured/.test(message.source)) assert.equal(tf.memory().numTensors, held, 'a refused request leaves tensors behind');
  });
}

/** Rows of numbers, each of length 1. */
const atUnitLength = (values: Float32Array, width: number): readonly (readonly number[])[] =>
  Array.from({ length: values.length / width }, (_, row) => {
    const numbers = [...values.subarray(row * width, (row + 1) * width)];
    const length = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
    return numbers.map((value) => value / length);
  });

test("Tip-Adapter's constants are those under which the most training pictures are answered rightly by texts and all the others", async () => {
  const chosen = new Set<string>();
  for (const [taskId, seed] of [['world-tinted', 1], ['world-inverted', 1], ['world-outlines', 2], ['world-pastel', 3]] as const) {
    const prepared = await prepareRun({ ...requestFor('tip-adapter'), taskId, seed, split: { train: 40, test: 60 } }, context, null);
    const { adapted, drawing } = prepared;
    const { labels, x } = drawing.train;
    const { params } = await adaptToTask(prepared);
    const zeroShot = (await prepareRun({ ...requestFor('clip-prompt-ensembling', { templates: 'one' }), taskId, seed, split: { train: 40, test: 60 } }, context, null));
    const texts = tf.tidy(() => zeroShot.adapted.align({}, zeroShot.adapted.outputs({}, x), null).arraySync()) as number[][];
    const pictures = atUnitLength(tf.tidy(() => Float32Array.from(adapted.outputs({}, x).dataSync())), adapted.outputWidth);
    const answer = (votesOf: readonly number[], at: number, share: number): number => {
      const scores = votesOf.map((votes, k) => (texts[at]?.[k] ?? NaN) + share * votes);
      return scores.indexOf(Math.max(...scores));
    };
    let best = { right: -1, sharpness: NaN, share: NaN };
    for (const sharpness of [1, 2, 3, 5.5, 8, 12]) {
      for (const share of [0.5, 1, 2, 4, 8, 16]) {
        const right = pictures.filter((picture, at) => {
          const votes = Array.from({ length: adapted.targets }, () => 0);
          pictures.forEach((other, i) => {
            if (i === at) return;
            const affinity = picture.reduce((sum, value, d) => sum + value * (other[d] ?? NaN), 0);
            votes[labels[i] ?? -1] = (votes[labels[i] ?? -1] ?? NaN) + Math.exp(-sharpness * (1 - affinity));
          });
          return answer(votes, at, share) === labels[at];
        }).length;
        if (right > best.right) best = { right, sharpness, share };
      }
    }
    const found = ['cache.sharpness', 'cache.share'].map((name) => entry(params, name).dataSync()[0]);
    assert.deepEqual(found, [best.sharpness, best.share], `${taskId}: ${best.right} right`);
    chosen.add(found.join());
    // and its answers: votes of all stored pictures, by their distance
    const seen = atUnitLength(tf.tidy(() => Float32Array.from(adapted.outputs({}, drawing.measured.x).dataSync())), adapted.outputWidth);
    const said = tf.tidy(() => adapted.align(params, adapted.outputs({}, drawing.measured.x), null).arraySync()) as number[][];
    const spoken = tf.tidy(() => zeroShot.adapted.align({}, zeroShot.adapted.outputs({}, drawing.measured.x), null).arraySync()) as number[][];
    seen.forEach((picture, at) => {
      const scores = [...(spoken[at] ?? [])];
      pictures.forEach((other, i) => {
        const affinity = picture.reduce((sum, value, d) => sum + value * (other[d] ?? NaN), 0);
        const label = labels[i] ?? -1;
        scores[label] = (scores[label] ?? NaN) + best.share * Math.exp(-best.sharpness * (1 - affinity));
      });
      scores.forEach((score, k) => assert.ok(Math.abs(score - (said[at]?.[k] ?? NaN)) <= 1e-3 * Math.max(1, Math.abs(score)), `picture ${at}, class ${k}`));
    });
    disposeParams(params);
    releaseRun(prepared);
    releaseRun(zeroShot);
  }
  assert.ok(chosen.size > 1, `always the same constants: ${[...chosen].join(' ')}`);
});

test('remembered embeddings of pictures are those of the same pair and draw alone', async () => {
  const coop = await done(small);
  const other = await done({ ...small, taskId: 'world-inverted' });
  assert.equal(other.drawn.splitDigest, coop.drawn.splitDigest);
  assert.notEqual(other.result.trainedDigest, coop.result.trainedDigest);
  const circled = await done(requestFor('red-circle'));
  const plain = await done(requestFor('clip-prompt-ensembling', { templates: 'one' }));
  assert.notEqual(circled.result.predictionsDigest, plain.result.predictionsDigest, 'a circle changes nothing');
  assert.equal((await done(requestFor('cupl'))).result.predictionsDigest, (await done(requestFor('cupl'))).result.predictionsDigest);
});
