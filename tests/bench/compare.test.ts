import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRecords, drawSample, readSampleSize, requestKey, requestKeyOf, requestOf } from '../../src/bench/index.ts';
import type { CellRequest } from '../../src/bench/index.ts';
import { recordOf } from './fake-runner.ts';

const request: CellRequest = {
  methodId: 'ilm-vp',
  options: { program: 'padding', tokens: 1 },
  modelId: 'doodlenet',
  taskId: 'mnist',
  split: { train: 100, test: 50 },
  epochs: 2,
  batch: 10,
  learningRate: 0.03,
  seed: 1,
};
const bits = (right: number): Uint8Array => Uint8Array.from({ length: 50 }, (_, i) => (i < right ? 1 : 0));
const record = recordOf(request, { bits: bits(30) });

test('a record answers the request it was made from, and no other', () => {
  const engine = { backend: 'wasm', kernels: 'fake/1' };
  assert.equal(requestKeyOf(record), requestKey(request, engine));
  assert.deepEqual(requestOf(record), request);
  const others: readonly CellRequest[] = [
    { ...request, seed: 2 },
    { ...request, learningRate: 0.1 },
    { ...request, batch: 20 },
    { ...request, epochs: 3 },
    { ...request, control: 'random-net' },
    { ...request, options: { program: 'none', tokens: 1 } },
    { ...request, split: { train: 101, test: 50 } },
  ];
  for (const other of others) assert.notEqual(requestKey(other, engine), requestKeyOf(record));
  assert.notEqual(requestKey(request, { ...engine, kernels: 'stock' }), requestKeyOf(record));
});

test('equal digests are the same bits, whenever they were computed', () => {
  const again = recordOf(request, { bits: bits(30) });
  const comparison = compareRecords(record, again);
  assert.equal(comparison.verdict, 'same bits');
  assert.equal(comparison.accuracyDifference, 0);
  assert.equal(comparison.agreement, 1);
});

test('other digests are different on the same kernels and may be within tolerance on others', () => {
  const other = (kernels: string, right: number) => recordOf(request, { bits: bits(right), kernels, trained: 'f'.repeat(24) });
  assert.equal(compareRecords(record, other('fake/1', 30)).verdict, 'different');
  const near = compareRecords(record, other('stock', 31));
  assert.equal(near.verdict, 'within tolerance');
  assert.ok(Math.abs((near.accuracyDifference ?? 0) - 0.02) < 1e-9);
  assert.equal(near.agreement, 49 / 50);
  assert.match(near.reason, /kernels fake\/1 there, stock here/);
  assert.equal(compareRecords(record, other('stock', 33)).verdict, 'different');
});

test('a sample is the same for the same seed, in order, and never empty', () => {
  const items = Array.from({ length: 640 }, (_, i) => i);
  const ten = drawSample(items, readSampleSize('10'), 7);
  assert.equal(ten.length, 10);
  assert.deepEqual(ten, drawSample(items, readSampleSize('10'), 7));
  assert.notDeepEqual(ten, drawSample(items, readSampleSize('10'), 8));
  assert.deepEqual([...ten].sort((a, b) => a - b), ten);
  assert.equal(drawSample(items, readSampleSize('5%'), 1).length, 32);
  assert.equal(drawSample([1, 2], readSampleSize('1%'), 1).length, 1);
  assert.equal(drawSample([1, 2], readSampleSize('10'), 1).length, 2);
  for (const wrong of ['', '0', '0%', '101%', '-3', 'ten', '1.5']) assert.throws(() => readSampleSize(wrong), /write a share/);
});
