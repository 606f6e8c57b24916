import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { approaches } from '../../src/bench/approaches.ts';
import { languageSpecOf } from '../../src/bench/language/language-spec.ts';
import { adaptLanguage } from '../../src/bench/language/adapt-language.ts';
import { prepareLanguageRun, tokensOfClasses } from '../../src/bench/language/prepare-language-run.ts';
import { runCell, runTrial } from '../../src/bench/run-cell.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { canonicalJson, countBits, decodeBits } from '../../src/results/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { tf } from '../../src/tensor/index.ts';
import { doneRecord } from './cell-context.ts';
import { preparedRun, tinyLanguageContext, untrained } from './tiny-language-assets.ts';

let context: CellContext;

before(async () => {
  context = await tinyLanguageContext();
});

const forText = approaches.filter(({ adaptLanguage }) => adaptLanguage);

/** A task that a method takes, where it takes not just any. */
const taskFor: Readonly<Record<string, string>> = {
  instruction: 'words-reverse-upper',
  'contextual-calibration': 'letters-to-digits',
  'knn-prompting': 'letters-to-digits',
  cot: 'parity-6',
  'zero-shot-cot': 'parity-6',
  'self-consistency': 'parity-6',
  'least-to-most': 'parity-6',
  'linear-probe': 'sst2',
  'majority-class': 'sst2',
  'bag-of-words': 'sst2',
  autoprompt: 'sst2',
  'p-tuning-v2': 'sst2',
};

function requestFor(id: string): CellRequest {
  const method = forText.find((each) => each.id === id) ?? assert.fail(id);
  const common = { ...untrained, methodId: id, taskId: taskFor[id] ?? 'words-sort', split: { train: 8, test: 6 } };
  if (!method.recipe) return common;
  const [rate] = method.recipe.learningRates;
  return { ...common, epochs: 2, ...(rate === undefined ? {} : { learningRate: rate, learningRates: [rate] }) };
}

const run = (request: CellRequest): Promise<DoneRecord> => doneRecord(request, context);

test('every approach for text runs on a language model, twice with the same bits, and leaves no tensors and the frozen weights as they were', async () => {
  assert.ok(forText.length >= 20);
  await run(requestFor('instruction'));
  for (const { id, recipe } of forText) {
    const held = tf.memory().numTensors;
    const [one, two] = [await run(requestFor(id)), await run(requestFor(id))];
    assert.equal(tf.memory().numTensors, held, `${id} leaves tensors behind`);
    assert.equal(canonicalJson(one.spec), canonicalJson(two.spec), id);
    assert.equal(canonicalJson(one.drawn), canonicalJson(two.drawn), id);
    assert.equal(canonicalJson(one.result), canonicalJson(two.result), id);
    assert.equal(one.result.frozenBefore, one.result.frozenAfter);
    assert.equal(one.result.frozenBefore, one.spec.model.digest);
    const [accuracy] = one.result.metrics;
    assert.deepEqual([accuracy?.name, accuracy?.n], ['accuracy', 6]);
    assert.equal(countBits(decodeBits(one.result.correct ?? '', 6)), Math.round((accuracy?.value ?? NaN) * 6));
    assert.equal(one.result.trainedDigest !== null, recipe !== null, `${id} trained`);
    assert.equal(one.spec.recipe !== null, recipe !== null);
    if (recipe) assert.ok(one.result.curve.length > 0 && one.result.curve.every(({ loss }) => Number.isFinite(loss)), id);
    else assert.equal(one.params.trainable, 0);
  }
});

test('nothing in a spec varies with the seed, balanced wordings neither, and what the seed draws does', async () => {
  const request = { ...requestFor('few-shot-icl'), taskId: 'letters-to-digits', options: { shots: 2, wording: 'balanced' } };
  for (const changed of [request, requestFor('prompt-tuning'), { ...requestFor('zero-shot-cot'), control: 'random-net' as const }]) {
    const [one, two] = [await run(changed), await run({ ...changed, seed: 2 })];
    assert.equal(canonicalJson(one.spec), canonicalJson(two.spec));
    assert.notEqual(one.drawn.splitDigest, two.drawn.splitDigest);
  }
  const asked = await Promise.all([1, 2, 4].map(async (seed) => (await run({ ...request, seed })).drawn.asking));
  assert.deepEqual(asked, [{ wording: 0, order: 0 }, { wording: 1, order: 0 }, { wording: 0, order: 1 }]);
});

test('the spec says how it is asked and how the answer is read', async () => {
  const spec = async (methodId: string, taskId: string, options: CellRequest['options'] = {}) => languageSpecOf(await preparedRun({ methodId, taskId, options }), 0);
  assert.deepEqual((await spec('few-shot-icl', 'words-sort', { shots: 3, redrawn: 0.25 })).asking, {
    wording: 0, instruction: false, steps: false, parts: false, shots: 3, choice: 'random', redrawn: 0.25,
  });
  assert.deepEqual((await spec('cot', 'parity-6', { shots: 0 })).asking, { wording: 0, instruction: false, steps: true, parts: false, shots: 0 });
  const rules = [
    await spec('few-shot-icl', 'sst2'),
    await spec('contextual-calibration', 'sst2'),
    await spec('knn-prompting', 'sst2'),
    await spec('self-consistency', 'parity-6'),
  ].map(({ labelMap }) => labelMap?.rule);
  assert.equal(new Set(rules).size, 4);
  assert.ok(!rules.includes(undefined));
  for (const none of [await spec('few-shot-icl', 'words-sort'), await spec('majority-class', 'sst2'), await spec('p-tuning-v2', 'sst2')]) assert.equal(none.labelMap, null);
});

test('what is searched without gradients counts its queries and records how it searched', async () => {
  const swaps = await run(requestFor('autoprompt'));
  // 2 epochs of 2 batches are 12 passes forward: a step takes a gradient (3), the prompt and 8 candidates
  assert.deepEqual(swaps.spec.recipe?.optimiser, { name: 'swap-tokens', candidates: 8 });
  assert.equal(swaps.params.trainable, 0);
  assert.equal(swaps.result.curve.length, 1);
  const strategy = await run(requestFor('bbt'));
  assert.deepEqual(strategy.spec.recipe?.optimiser, { name: 'cma-es', population: 12 });
  assert.equal(strategy.cost?.queries, 12 * 4);
  assert.equal(strategy.params.trainable, 32);
});

test('an untrained program keeps its initial values, and a random network answers with drawn weights', async () => {
  const idle = await run({ ...requestFor('prompt-tuning'), control: 'untrained-program' });
  assert.deepEqual([idle.spec.recipe, idle.params.trainable, idle.result.curve.length, idle.result.trainedDigest], [null, 0, 0, null]);
  const drawn = await run({ ...requestFor('few-shot-icl'), control: 'random-net' });
  assert.notEqual(drawn.result.frozenBefore, drawn.spec.model.digest);
});

test('a trial measures on held-out training questions, and a training that diverges is a null there and a failed record', async () => {
  const request = { ...requestFor('prompt-tuning'), taskId: 'sst2', split: { train: 16, test: 6 }, learningRate: 0.01, learningRates: [0.01] };
  const { value } = await runTrial({ ...request, heldOut: 4 }, context);
  assert.ok(value !== null && Number.isInteger(value * 4), `${value}`);
  const wild = { ...requestFor('full-fine-tuning'), epochs: 6, learningRate: 1e30, learningRates: [1e30] };
  assert.deepEqual(await runTrial({ ...wild, heldOut: 2 }, context), { value: null });
  const record = await runCell(wild, context);
  assert.equal(record.status, 'failed');
  assert.match(record.status === 'failed' ? record.result.error : '', /diverged/);
});

const refusals: readonly (readonly [what: string, request: Partial<CellRequest> & { methodId: string; taskId: string }, message: RegExp])[] = [
  ['an instruction where there is none', { methodId: 'instruction', taskId: 'words-sort' }, /^The task has no instruction in words: choose a method that shows or learns\.$/],
  ['steps where there are none', { methodId: 'cot', taskId: 'words-sort' }, /^The task has no steps to its answers: choose a method without steps\.$/],
  ['parts where nobody wrote them', { methodId: 'least-to-most', taskId: 'words-sort' }, /^Nobody wrote down how the questions of words-sort are split into easier ones\.$/],
  ['calibration where answers are open', { methodId: 'contextual-calibration', taskId: 'words-sort' }, /^Contextual calibration chooses among classes; the answers of words-sort are open\.$/i],
  ['neighbours where answers are open', { methodId: 'knn-prompting', taskId: 'words-sort' }, /^kNN prompting chooses among classes; the answers of words-sort are open\.$/i],
  ['a judge where answers are open', { methodId: 'bag-of-words', taskId: 'words-sort' }, /^bag of words chooses among classes; the answers of words-sort are open\.$/i],
  ['a probe where answers are open', { methodId: 'linear-probe', taskId: 'words-sort' }, /^A linear probe chooses among classes; the answers of this task are open\.$/],
  ['text from an instruction where there is none', { methodId: 'prompt-tuning', taskId: 'words-sort', options: { start: 'text' } }, /the task has none: choose start random or vocabulary\.$/],
  ['an unknown wording', { methodId: 'few-shot-icl', taskId: 'words-sort', options: { wording: 7 } }, /^Option "wording" is 7; words-sort has wordings 0 to 0, or balanced\.$/],
  ['a wording that is none', { methodId: 'few-shot-icl', taskId: 'words-sort', options: { wording: 'plain' } }, /^Option "wording" is "plain"; words-sort has wordings 0 to 0, or balanced\.$/],
  ['a share that is none', { methodId: 'few-shot-icl', taskId: 'words-sort', options: { redrawn: 1.5 } }, /^Option "redrawn" is 1\.5; it must be a share, from 0 to 1\.$/],
  ['an unknown option', { methodId: 'few-shot-icl', taskId: 'words-sort', options: { shot: 1 } }, /^few-shot-icl has no option "shot"; its options: shots, wording, redrawn, instruction\.$/],
  ['no temperature', { methodId: 'self-consistency', taskId: 'parity-6', options: { temperature: 0 } }, /^Option "temperature" is 0; it must be a number above 0\.$/],
  ['more demonstrations than the context holds', { methodId: 'few-shot-icl', taskId: 'words-sort', options: { shots: 30 } }, /^Text 1 has \d+ tokens; the model's context holds 160, so ask with fewer or shorter demonstrations\.$/],
  ['a method for pictures', { methodId: 'vpt-deep', taskId: 'words-sort' }, /has no meaning for text; stories260k is a language model, so choose another model or method\.$/],
  ['pictures', { methodId: 'few-shot-icl', taskId: 'world-digits' }, /^The task world-digits holds no texts; stories260k reads text, so choose another task or model\.$/],
  ['a method for text on a picture model', { methodId: 'prompt-tuning', taskId: 'world-digits', modelId: 'world-vit' }, /^Prompt tuning needs a language model; world-vit writes no text, so choose another model\.$/i],
  ['more questions than there are', { methodId: 'few-shot-icl', taskId: 'sst2', split: { train: 61, test: 1 } }, /^a split asks for 61 training questions; the training pool of sst2 has 60$/],
];

for (const [what, request, message] of refusals) {
  test(`refused in one sentence: ${what}`, async () => {
    const own = request.modelId === 'world-vit' ? { ...context, assets: nodeAssetSource({ offline: true }) } : context;
    await assert.rejects(runCell({ ...untrained, epochs: 1, learningRate: 0.01, learningRates: [0.01], ...request }, own), (error) => {
      assert.ok(error instanceof RangeError, String(error));
      assert.match(error.message, message);
      return true;
    });
  });
}

test('classes without words, of the same words, or whose first tokens are the same where these are trained on, are refused', async () => {
  const request = { ...untrained, methodId: 'few-shot-icl', taskId: 'sst2', options: { shots: 0 } };
  const prepared = await prepareLanguageRun(request, context, null);
  const named = (...classWords: readonly string[]) => () => tokensOfClasses(prepared.model, prepared.task, { ...prepared.asking.wording, classWords });
  assert.deepEqual(named('a', 'b c')()?.map(({ length }) => length), [1, 2]);
  assert.throws(named('sad', 'sad'), /^RangeError: Two classes of sst2 have the same words, "sad": no answer could tell them apart\.$/);
  assert.throws(named('sad', ''), /^RangeError: The class positive of sst2 has no words: a class needs at least one token\.$/);
  assert.throws(named('sad'), /^RangeError: sst2 has 2 classes and words for 1\.$/);
  assert.equal(tokensOfClasses(prepared.model, { ...prepared.task, classes: [] }, prepared.asking.wording), null);
  const trained = await preparedRun({ ...requestFor('prompt-tuning'), taskId: 'sst2' });
  await assert.rejects(
    adaptLanguage({ ...trained, classTokens: [[5, 6], [5, 7]] }),
    /^RangeError: Prompt tuning trains on the first token of each class's words, and two classes of sst2 share theirs: choose other words\.$/i,
  );
});
