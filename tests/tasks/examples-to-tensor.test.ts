import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { examplesToTensor, loadTask, picturesToTensor } from '../../src/tasks/index.ts';
import type { ExampleSet, Fit, WaveSet } from '../../src/tasks/index.ts';
import { peakOf } from '../../src/tasks/wave-set.ts';
import { upsample } from '../../src/tasks/upsample.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import { noAssets, picturesOf, smallSet } from './fixtures.ts';

before(() => useBackend('cpu'));

const waveSet = (waves: readonly (readonly number[])[], sampleRate: number | null, peak?: number): WaveSet => {
  const lengths = new Set(waves.map(({ length }) => length));
  return {
    waves: (index) => Float32Array.from(waves[index] ?? []),
    sampleRate,
    length: lengths.size === 1 ? (waves[0]?.length ?? 0) : null,
    labels: new Int32Array(waves.length),
    count: waves.length,
    ...(peak === undefined ? {} : { peak }),
  };
};
const names = { task: 'spoken-digits', model: 'kwt1' };
const pictureInput = { rows: 32, columns: 32, channels: 3 };
const waveInput = { samples: 12, sampleRate: 16000 };

/** The rows of a tensor, which is disposed. */
function rows(set: ExampleSet, indices: readonly number[], input: typeof waveInput, fit: Fit): number[][] {
  const x = examplesToTensor(set, indices, input, fit, names);
  assert.equal(x.dtype, 'float32');
  const [count = 0, length = 0] = x.shape;
  const values = [...x.dataSync()];
  x.dispose();
  return Array.from({ length: count }, (_, i) => values.slice(i * length, (i + 1) * length));
}

const step = 1 / 32768;

/** Equal but for the noise that lies over a clip: within one step of 16-bit sound, and not all zero. */
function assertUnderNoise(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  assert.deepEqual(actual.map((row) => row.length), expected.map((row) => row.length));
  const noise = actual.flatMap((row, i) => row.map((value, j) => value - (expected[i]?.[j] ?? NaN)));
  assert.ok(noise.every((value) => Math.abs(value) <= step + 1e-7), `${Math.max(...noise.map(Math.abs))}`);
  assert.ok(noise.filter((value) => value !== 0).length > noise.length / 2, 'there is no noise');
}

test('pictures are to the bit what picturesToTensor makes of them', async () => {
  const { train } = await loadTask('world-digits', noAssets);
  const input = { rows: 28, columns: 28, channels: 1 };
  const [ours, theirs] = [examplesToTensor(train, [3, 1], input, { size: 20 }, names), picturesToTensor(picturesOf(train), [3, 1], input, { size: 20 })];
  assert.deepEqual(ours.shape, theirs.shape);
  assert.deepEqual(ours.dataSync(), theirs.dataSync());
  tf.dispose([ours, theirs]);
});

test('a clip is scaled to 0.5 and laid in the middle once, whatever repeats are asked for', () => {
  const set = waveSet([[0.1, -0.2], [0.3, 0.3, 0.3], [0, 0]], 16000);
  assertUnderNoise(rows(set, [0, 1, 2], waveInput, { repeats: 'fill' }), [
    [0, 0, 0, 0, 0, 0.25, -0.5, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0],
    new Array(12).fill(0),
  ]);
  assert.deepEqual(rows(set, [0], waveInput, { repeats: 3 }), rows(set, [0], waveInput, { repeats: 'fill' }), 'a clip has one noise of its own');
  assert.notDeepEqual(rows(set, [2], waveInput, { repeats: 1 }), rows(waveSet([[0, 0]], 16000), [0], waveInput, { repeats: 1 }), 'another clip has another');
});

test('a clip that is longer is cut evenly at both ends, after it is scaled', () => {
  const set = waveSet([[1, ...Array.from({ length: 14 }, (_, i) => i / 100), 1]], 16000);
  assertUnderNoise(rows(set, [0], waveInput, { repeats: 1 }), [Array.from({ length: 12 }, (_, i) => ((i + 1) / 100) * 0.5)]);
});

test('a clip at half the rate takes twice as many values, as upsampling makes them', () => {
  const wave = [0.1, 0.4, -0.3, 0.2];
  const [row = []] = rows(waveSet([wave], 8000), [0], waveInput, { repeats: 'fill' });
  const fine = upsample(Float32Array.from(wave), 2);
  const peak = fine.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assertUnderNoise([row], [[0, 0, ...fine.map((value) => (value * 0.5) / peak), 0, 0]]);
});

test('a series is divided by the training pool’s peak, halved, and repeated from the first sample', () => {
  const set = waveSet([[1, -2, 0, 4, 0], [8, 0, 0, 0, -1]], null, 16);
  const [first, second] = [[1, -2, 0, 4, 0], [8, 0, 0, 0, -1]].map((series) => series.map((value) => value / 32));
  assert.deepEqual(rows(set, [0, 1], waveInput, { repeats: 'fill' }), [
    [...(first ?? []), ...(first ?? []), 0, 0],
    [...(second ?? []), ...(second ?? []), 0, 0],
  ]);
  assert.deepEqual(rows(set, [1], waveInput, { repeats: 1 }), [[...(second ?? []), 0, 0, 0, 0, 0, 0, 0]]);
  assert.equal(peakOf(waveSet([[1, -2], [0, 1]], null)), 2);
  assert.deepEqual(rows(waveSet([[0, 0]], null), [0], { samples: 3, sampleRate: 1 }, { repeats: 'fill' }), [[0, 0, 0]]);
});

test('the series themselves are asked for without a network', () => {
  const set = waveSet([[1, -2, 0], [8, 0, 5]], null, 16);
  assert.deepEqual(rows(set, [1, 0], waveInput, { as: 'series' }), [[8, 0, 5], [1, -2, 0]]);
});

test('what does not go together is refused in one sentence that says what to do', (t) => {
  const clips = waveSet([[1, 2], []], 8000);
  const series = waveSet([[1, 2, 3, 4, 5]], null, 5);
  const pictures = smallSet([0]);
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => examplesToTensor(clips, [0], pictureInput, { size: 32 }, { task: 'spoken-digits', model: 'world-vit' }),
      'The task spoken-digits holds sound; world-vit takes pictures of 32 × 32, so choose another model or task.',
    ],
    [
      () => examplesToTensor(series, [0], pictureInput, { size: 32 }, { task: 'ucr-worms', model: 'world-vit' }),
      'The task ucr-worms holds series; world-vit takes pictures of 32 × 32, so choose another model or task.',
    ],
    [
      () => examplesToTensor(pictures, [0], waveInput, { repeats: 'fill' }, { task: 'mnist', model: 'kwt1' }),
      'The task mnist holds pictures; kwt1 takes waves of 12 samples, so choose another model or task.',
    ],
    [
      () => examplesToTensor(pictures, [0], waveInput, { repeats: 'fill' }),
      'The task holds pictures; the model takes waves of 12 samples, so choose another model or task.',
    ],
    [
      () => examplesToTensor(pictures, [0], pictureInput, { as: 'series' }, { task: 'mnist', model: 'world-vit' }),
      'The task mnist holds pictures, which this method does not read, so choose another method or task.',
    ],
    [
      () => examplesToTensor(clips, [0], waveInput, { size: 3 }, names),
      'The task spoken-digits holds sound, which this method does not read, so choose another method or task.',
    ],
    [
      () => examplesToTensor(clips, [0], waveInput, { as: 'series' }, names),
      'The task spoken-digits holds waves of different lengths; this method compares waves of one length, so choose another method or task.',
    ],
    [
      () => examplesToTensor(clips, [0], { ...waveInput, sampleRate: 22050 }, { repeats: 1 }, names),
      'The task spoken-digits holds clips at 8000 Hz; kwt1 takes 22050 Hz, which is no whole multiple of it, so choose another model or convert the clips to a rate that divides it.',
    ],
    [
      () => examplesToTensor(clips, [0, 1], waveInput, { repeats: 1 }, names),
      'The task spoken-digits holds a clip without a value, number 1; take it out of the data, or check how they are converted.',
    ],
    [
      () => examplesToTensor(series, [0], { samples: 4, sampleRate: 1 }, { repeats: 'fill' }, { task: 'ucr-worms', model: 'kwt1' }),
      'The task ucr-worms holds series of 5 values; kwt1 takes 4, so choose a model with a longer input.',
    ],
    [
      () => examplesToTensor(series, [0], waveInput, { repeats: 3 }, { task: 'ucr-worms', model: 'kwt1' }),
      'The task ucr-worms holds series of 5 values, which kwt1 with its 12 cannot take 3 times; ask for 1 to 2 repeats.',
    ],
  ];
  for (const [make, message] of cases) assert.throws(make, { name: 'RangeError', message });
  for (const repeats of [0, 1.5, -1]) {
    assert.throws(() => examplesToTensor(series, [0], waveInput, { repeats }, names), /ask for 1 to 2 repeats/);
  }
  t.diagnostic(`${cases.length} cases`);
  assert.equal(tf.memory().numTensors, 0);
});
