import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { approaches } from '../../src/bench/approaches.ts';
import { compareAttempts, everyTrial, judge, relativeDifference } from '../../src/bench/index.ts';
import type { Attempt } from '../../src/bench/index.ts';
import { agreementProblems, agreementSchema } from '../../src/results/index.ts';
import { useBackend } from '../../src/tensor/index.ts';
import { projectRoot, start } from './command.ts';

const finite = fc.float({ noNaN: true, min: -1000, max: 1000 });
const lists = fc.array(finite, { minLength: 1, maxLength: 40 });
const bounds = { losses: 1e-3, outputs: 1e-3, equal: 0.9 };

test('the relative difference is 0 for equal lists alone, and the planted difference over the largest size elsewhere', () => {
  let examined = 0;
  fc.assert(
    fc.property(lists, fc.nat(), fc.double({ min: 0.25, max: 4, noNaN: true }), (values, place, by) => {
      assert.equal(relativeDifference(values, [...values]), 0);
      const at = place % values.length;
      const other = values.map((value, index) => (index === at ? value + by : value));
      const added = Math.abs((other[at] ?? NaN) - (values[at] ?? NaN));
      const size = Math.max(...values.map(Math.abs));
      assert.equal(relativeDifference(values, other), added === 0 ? 0 : added / size);
      examined += 1;
    }),
  );
  assert.ok(examined >= 100);
});

test('what is no finite number, has another length or stands against nothing but zeros is infinitely far', () => {
  const pairs: readonly (readonly [readonly number[], readonly number[]])[] = [
    [[1, NaN], [1, NaN]],
    [[1, 2], [1, Infinity]],
    [[Infinity], [Infinity]],
    [[1, 2], [1]],
    [[0, 0], [0, 1e-30]],
    [[1], []],
  ];
  for (const [a, b] of pairs) assert.equal(relativeDifference(a, b), Infinity, `${a} and ${b}`);
  assert.equal(relativeDifference([0, 0], [0, -0]), 0);
});

const attempt: Attempt = {
  modelId: 'some-model',
  taskId: 'some-task',
  steps: 10,
  learningRate: 0.1,
  losses: [2, 1, 0.5],
  parameters: { prompt: Float32Array.of(1, -4, 2), head: Float32Array.of(0.5, 0) },
  outputs: Float32Array.of(3, 1, 0, 2),
  predictions: [0, 1, null, 'B A'],
};

test('an attempt agrees with itself: every difference is 0 and every answer equal', () => {
  const same = compareAttempts(attempt, structuredClone(attempt));
  assert.equal(same.losses, 0);
  assert.equal(same.outputs, 0);
  assert.equal(same.parameters?.difference, 0);
  assert.deepEqual([same.equal, same.of], [4, 4]);
  assert.equal(judge(same, bounds, 1), 'agrees');
});

test('a planted difference is found where it was planted, and breaks agreement where it counts', () => {
  const changed = compareAttempts(attempt, { ...attempt, parameters: { ...attempt.parameters, head: Float32Array.of(0.5, 0.25) } });
  assert.deepEqual(changed.parameters, { tensor: 'head', difference: 0.5 });
  assert.equal(changed.losses, 0);
  assert.equal(judge(changed, bounds, 1), 'agrees', 'parameters are shown and not judged');

  const worse = compareAttempts(attempt, { ...attempt, losses: [2, 1, 0.51] });
  assert.ok(Math.abs((worse.losses ?? NaN) - 0.005) < 1e-12);
  assert.equal(judge(worse, bounds, 1), 'disagrees');
  assert.equal(judge(worse, bounds, 100), 'agrees');
  const nudged = { losses: 0.001, outputs: 0, equal: 4, of: 4 };
  assert.equal(judge(worse, bounds, 1, nudged), 'unsettled', 'no farther than ten nudges');
  assert.equal(judge(worse, bounds, 1, { ...nudged, losses: 1e-4 }), 'disagrees');

  const answers = compareAttempts(attempt, { ...attempt, predictions: [0, 1, 'A', 'B A'] });
  assert.equal(answers.equal, 3);
  assert.equal(judge(answers, bounds, 100), 'disagrees', 'no factor widens the share of equal answers');
});

test('a value that is no number, a tensor that is missing and outputs on one side alone disagree, whatever the factor', () => {
  const others: readonly Partial<Attempt>[] = [
    { losses: [2, NaN, 0.5] },
    { losses: [] },
    { outputs: null },
    { outputs: Float32Array.of(3, 1, 0, NaN) },
    { parameters: { prompt: Float32Array.of(1, -4, 2) } },
    { parameters: { ...attempt.parameters, head: Float32Array.of(NaN, 0) } },
    { parameters: { ...attempt.parameters, more: Float32Array.of(1) } },
  ];
  for (const other of others) {
    const differences = compareAttempts(attempt, { ...attempt, ...other });
    assert.equal(judge(differences, bounds, 1e9, { losses: 1, outputs: 1, equal: 0, of: 4 }), 'disagrees', JSON.stringify(other));
  }
});

test('every method and rival is tried somewhere, and on texts and pairs wherever it has a way', async () => {
  await useBackend('wasm');
  const trials = everyTrial();
  assert.equal(new Set(trials.map(({ id }) => id)).size, trials.length);
  for (const { id, adaptLanguage, adaptPair } of approaches) {
    const roads = trials.filter(({ methodId }) => methodId === id).map(({ road }) => road);
    assert.ok(roads.length > 0, `${id} is tried nowhere`);
    assert.equal(roads.includes('language'), adaptLanguage !== undefined, id);
    assert.equal(roads.includes('pair'), adaptPair !== undefined, id);
  }
});

const agree = (...words: readonly string[]) => start('bench.ts', ['agree', ...words]).finished;

test('what is asked wrongly is answered with a sentence and exit code 2', async () => {
  for (const [words, sentence] of [
    [['--backends', 'wasm,abacus'], /back-end "abacus"/],
    [['--backends', 'wasm'], /at least two/],
    [['--backends', 'cpu,wasm,cpu'], /"cpu" twice/],
    [['--backends', 'wasm,cpu', '--only', 'linear-prob@language'], /Did you mean "?linear-probe@language|linear-probe@language/],
  ] as const) {
    const { code, out, error } = await agree(...words);
    assert.equal(code, 2, error);
    assert.equal(out, '');
    assert.match(error, sentence);
    assert.doesNotMatch(error, /\n\s+at /);
  }
});

test('two methods and a kind of stored cases on two back-ends: they agree, and what was tried is kept', async () => {
  const out = mkdtempSync(join(tmpdir(), 'atlas-agree-'));
  const words = ['--backends', 'wasm,cpu', '--only', 'linear-probe@language', '--only', 'majority-class@*', '--only', 'parity/alignment', '--out', out, '--json'];
  try {
    const first = await agree(...words);
    assert.equal(first.code, 0, first.error);
    const agreement = agreementSchema.parse(JSON.parse(first.out));
    assert.deepEqual(agreement, agreementSchema.parse(JSON.parse(readFileSync(join(out, 'agreement.json'), 'utf8'))));
    assert.deepEqual(agreementProblems(agreement), []);
    assert.deepEqual(agreement.backends.map(({ name, status }) => [name, status]), [['wasm', 'tried'], ['cpu', 'tried']]);
    assert.deepEqual(agreement.methods.map(({ id }) => id), ['linear-probe@language', 'majority-class@network', 'majority-class@language']);
    const [probe] = agreement.methods;
    const [compared] = probe?.on ?? [];
    assert.equal(probe?.steps, 10);
    assert.ok(probe.numbers > 0);
    assert.ok(compared?.status === 'compared' && compared.of === agreement.draw.test && compared.parameters);
    assert.deepEqual(agreement.parity.map(({ kind, on }) => [kind, on.length]), [['alignment', 2]]);
    assert.match(first.error, /cpu linear-probe@language: 10 steps/);

    const again = await agree(...words, '--resume');
    assert.equal(again.code, 0, again.error);
    assert.equal(again.error, '', 'nothing was tried a second time');
    assert.deepEqual(agreementSchema.parse(JSON.parse(again.out)).methods, agreement.methods);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test('the committed account has every method and rival on three back-ends, and no path of a machine', () => {
  const text = readFileSync(join(projectRoot, 'benchmarks', 'agreement.json'), 'utf8');
  const agreement = agreementSchema.parse(JSON.parse(text));
  assert.equal(agreement.reference, 'wasm');
  assert.deepEqual(agreement.backends.map(({ name }) => name).toSorted(), ['cpu', 'wasm', 'webgpu']);
  const there = new Set([...agreement.methods, ...agreement.lacking].map(({ method }) => method));
  for (const { id } of approaches) assert.ok(there.has(id), `${id} is missing: npm run bench -- agree --resume`);
  assert.ok(agreement.parity.length > 0);
  for (const { on } of agreement.parity) assert.ok(on.every(({ cases }) => cases > 0));
  assert.doesNotMatch(text, /"[^"]*(\/(home|root|tmp|work|Users)\/|[A-Z]:\\)/);
});
