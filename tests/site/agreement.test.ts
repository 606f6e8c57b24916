import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreementSchema } from '../../src/results/index.ts';
import type { Agreement } from '../../src/results/index.ts';
import { inWords, kindsByFactor, methodsByDifference, plainDifference, plainFactor, plainSeconds, summaries } from '../../src/site/data/agreement-view.ts';

const backend = (name: string, toleranceFactor: number): Agreement['backends'][number] => ({
  name,
  status: 'tried',
  kernels: 'stock',
  engine: 'node 24',
  versions: { tfjs: '4.22.0' },
  commit: 'abc',
  dirty: false,
  architecture: 'x64',
  platform: 'linux',
  cpu: 'a processor',
  device: null,
  toleranceFactor,
  detours: [],
  created: '2026-01-01T00:00:00.000Z',
  seconds: 90,
});
const tried = (id: string, losses: number | null, equal: number, agrees: boolean): Agreement['methods'][number] => ({
  id: `${id}@network`,
  method: id,
  road: 'network',
  model: 'm',
  task: 't',
  steps: 10,
  learningRate: 0.1,
  numbers: 3,
  seconds: 1,
  on: [{ backend: 'webgpu', status: 'compared', losses, outputs: 0, equal, of: 16, verdict: agrees ? 'agrees' : 'disagrees', seconds: 2 }],
});
const kind = (name: string, wasm: number | null, webgpu: number | null): Agreement['parity'][number] => ({
  kind: name,
  on: [
    { backend: 'wasm', cases: 2, passed: 2, worst: { case: 'c', tensor: 'expect.logits', factor: wasm }, reason: null, seconds: 1 },
    { backend: 'webgpu', cases: 2, passed: webgpu === null ? 1 : 2, worst: { case: 'c', tensor: 'expect.logits', factor: webgpu }, reason: null, seconds: 1 },
  ],
});
const agreement = (parts: Partial<Agreement> = {}): Agreement =>
  agreementSchema.parse({
    version: 1,
    created: '2026-01-01T00:00:00.000Z',
    reference: 'wasm',
    nudge: 1e-6,
    draw: { train: 4, test: 16, batch: 2, epochs: 5, seed: 1 },
    bounds: { losses: 1e-3, outputs: 1e-3, equal: 0.9 },
    backends: [backend('wasm', 1), backend('webgpu', 100)],
    parity: [kind('a', 0.5, 3), kind('b', 0.2, 20)],
    methods: [tried('near', 1e-5, 16, true), tried('far', 2e-3, 15, true)],
    lacking: [],
    ...parts,
  });

test('numbers are plain: per cent, tolerances and seconds without powers of ten', () => {
  const shown = [0, 1e-9, 3.4e-6, 2e-3, 1, null, undefined].map(plainDifference);
  assert.deepEqual(shown, ['equal', '< 0.0001 %', '0.00034 %', '0.20 %', '100 %', 'no number', '–']);
  assert.deepEqual([0, 0.001, 0.12, 1.5, 43.2, 1234, null].map(plainFactor), ['no error', '< 0.01 ×', '0.12 ×', '1.5 ×', '43 ×', '1,234 ×', 'no number']);
  assert.deepEqual([0.04, 9.96, 65, 600].map(plainSeconds), ['0.0 s', '10 s', '65 s', '10 min']);
});

test('a back-end is summed up in words: cases, methods, the farthest losses, equal answers', () => {
  const [wasm, webgpu] = summaries(agreement());
  assert.ok(wasm && webgpu);
  assert.equal(inWords(wasm, 'wasm'), 'all 4 stored cases are within their stated tolerances; the largest error is 0.50 × its tolerance.');
  assert.equal(
    inWords(webgpu, 'wasm'),
    'all 4 stored cases are within 100 × their stated tolerances; the largest error is 20 × its tolerance. ' +
      'Over ten steps all 2 methods agree with wasm: their losses are at most 0.20 % apart. Of all answers 31 of 32 are equal.',
  );
});

test('one value that is no number shows in the summary, and a failure counts as a method that does not agree', () => {
  const [, webgpu] = summaries(
    agreement({
      parity: [kind('a', 0.5, null)],
      methods: [tried('near', null, 16, false), { ...tried('lost', 0, 16, true), on: [{ backend: 'webgpu', status: 'failed', reason: 'lost' }] }],
    }),
  );
  assert.ok(webgpu);
  assert.deepEqual([webgpu.worstFactor, webgpu.casesPassed, webgpu.methods, webgpu.methodsAgree, webgpu.losses], [null, 1, 2, 0, null]);
});

test('what is farthest apart stands first, by the share of what it may use', () => {
  assert.deepEqual(methodsByDifference(agreement()).map(({ method }) => method), ['far', 'near']);
  assert.deepEqual(kindsByFactor(agreement()).map((each) => each.kind), ['a', 'b']);
  assert.deepEqual(kindsByFactor(agreement({ parity: [kind('a', 0.1, 3), kind('b', 0.2, null)] })).map((each) => each.kind), ['b', 'a']);
});

test('a back-end that is missing has no row, and its reason stays in the account', () => {
  const without = agreement({ backends: [backend('wasm', 1), { name: 'webgpu', status: 'missing', reason: 'No graphics adapter was found.' }] });
  assert.deepEqual(summaries(without).map((each) => each.backend.name), ['wasm']);
});
