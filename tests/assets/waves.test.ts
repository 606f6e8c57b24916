import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipsFromNpy, seriesFromNpz, seriesFromTexts } from '../../src/assets/converters.ts';
import { floats, join, little, npy, zip } from './fixtures.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const int16 = (...values: readonly number[]): Uint8Array => join(...values.map((value) => little(value & 0xffff, 2)));

const index = (...rows: readonly string[]): Uint8Array => text(['name,digit,speaker,take,offset,length', ...rows, ''].join('\n'));
const spoken = ['a,1,zoe,0,0,2', 'b,0,ann,0,2,3', 'c,1,bob,0,5,1'];
const convert = clipsFromNpy({ samples: 's.npy', index: 'i.csv', sampleRate: 8000, heldOutSpeakers: 1 }, ['zero', 'one']);
const files = (list: Uint8Array, samples = npy('<i2', '(6,)', int16(-32768, 16384, 1, 2, 3, 32767))): ReadonlyMap<string, Uint8Array> =>
  new Map([['s.npy', samples], ['i.csv', list]]);

test('clips are parted by speaker, in the order of their list, at full scale', async () => {
  const { tensors, text: texts } = await convert(files(index(...spoken)));
  const values = (name: string): number[] => [...(tensors.get(name)?.values ?? [])];
  assert.deepEqual(values('test-waves'), [-1, 0.5]);
  assert.deepEqual(values('train-waves'), [1, 2, 3, 32767].map((value) => value / 32768));
  assert.deepEqual([values('train-lengths'), values('test-lengths')], [[3, 1], [2]]);
  assert.deepEqual([values('train-labels'), values('test-labels')], [[0, 1], [1]]);
  assert.deepEqual([values('train-speakers'), values('test-speakers'), values('sample-rate')], [[0, 1], [2], [8000]]);
  assert.deepEqual(Object.fromEntries(texts), { classes: 'zero\none\n', speakers: 'ann\nbob\nzoe\n' });
});

test('a list or an array of clips that does not hold together is refused', async (t) => {
  const cases: readonly (readonly [ReadonlyMap<string, Uint8Array>, RegExp])[] = [
    [files(index('a,2,zoe,0,0,2', ...spoken)), /i\.csv: .*digit 2; there are 2 classes/],
    [files(index(...spoken, 'd,1,ann,0,5,2')), /row 4: 2 values from 5 on, of 6/],
    [files(index(...spoken, 'd,1,ann,0,5,0')), /row 4: 0 values from 5 on, of 6/],
    [files(index('a,1,zoe,0,-1,2')), /row 1: '-1' is no whole number/],
    [files(index('a,1,zoe,0,0,2')), /1 speakers, and 1 to hold out/],
    [files(text('digit,speaker,offset\n1,ann,0\n')), /there is no column length/],
    [files(index(...spoken), npy('<f4', '(2, 3)', floats(1, 2, 3, 4, 5, 6))), /s\.npy: .*one list of 16-bit values expected/],
    [files(index(...spoken), npy('<i4', '(1,)', join(little(70000, 4)))), /one list of 16-bit values expected/],
    [new Map(), /the file is missing/],
  ];
  for (const [given, message] of cases) await assert.rejects(convert(given), message);
  t.diagnostic(`${cases.length} cases`);
});

const classes = { labels: [-1, 1], classes: ['down', 'up'] };

const archive = (labels: Uint8Array, values = npy('<f4', '(2, 2)', floats(1, 2, 3, 4))): ReadonlyMap<string, Uint8Array> =>
  new Map([
    [
      'x.npz',
      zip([
        { name: 'train_x.npy', content: values },
        { name: 'train_y.npy', content: npy('<i2', '(2,)', labels) },
        { name: 'test_x.npy', content: npy('<f4', '(1, 2)', floats(5, 6)) },
        { name: 'test_y.npy', content: npy('<i2', '(1,)', int16(1)) },
      ]),
    ],
  ]);

test('series keep their values, and the archive’s labels become places among the classes', async () => {
  const { tensors, text: texts } = await seriesFromNpz('x.npz', classes)(archive(int16(1, -1)));
  assert.deepEqual(tensors.get('train-waves'), { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) });
  assert.deepEqual([...(tensors.get('train-labels')?.values ?? [])], [1, 0]);
  assert.deepEqual([...(tensors.get('test-labels')?.values ?? [])], [1]);
  assert.equal(texts.get('classes'), 'down\nup\n');
  await assert.rejects(seriesFromNpz('x.npz', classes)(archive(int16(1, 0))), /train: label 1 is 0; the labels are -1, 1/);
  await assert.rejects(
    seriesFromNpz('x.npz', classes)(archive(int16(1, 1), npy('<f4', '(4,)', floats(1, 2, 3, 4)))),
    /train: series of real numbers expected/,
  );
});

test('texts of numbers give series, and what is no number or of another length is refused by its line', async () => {
  const read = seriesFromTexts({ train: 'a.txt', test: 'b.txt' }, classes);
  const given = (train: string): ReadonlyMap<string, Uint8Array> => new Map([['a.txt', text(train)], ['b.txt', text('1 5 6\n')]]);
  const { tensors } = await read(given('   1.0e+00  1.5\t-2\r\n  -1 3 4e0  \n\n'));
  assert.deepEqual(tensors.get('train-waves'), { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1.5, -2, 3, 4) });
  assert.deepEqual([...(tensors.get('train-labels')?.values ?? [])], [1, 0]);
  await assert.rejects(read(given('1 2 3\n1 2\n')), /a\.txt: .*line 2: a label and 2 values expected/);
  await assert.rejects(read(given('1 2 3\n1 2 NaN\n')), /line 2: 'NaN' is no number/);
  await assert.rejects(read(given('1 2 3\n2 2 3\n')), /train: label 1 is 2; the labels are -1, 1/);
});
