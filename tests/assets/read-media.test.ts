import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsv, readIdx, readPng, readWav } from '../../src/assets/index.ts';
import { big, idx, join, little, png, pngChunk, refusal, wav } from './fixtures.ts';

test('idx arrays keep bytes as they are and turn the others round', () => {
  assert.deepEqual(
    readIdx(idx(8, [2, 1, 2], join([1, 2, 3, 255])), 'x'),
    { dtype: 'uint8', shape: [2, 1, 2], values: Uint8Array.of(1, 2, 3, 255) },
  );
  assert.deepEqual(readIdx(idx(0x0b, [2], join(big(258, 2), big(65535, 2))), 'x').values, Int32Array.of(258, -1));
  assert.deepEqual(readIdx(idx(0x0d, [1], join(big(0x3fc00000, 4))), 'x').values, Float32Array.of(1.5));
  assert.deepEqual(readIdx(idx(8, [2], join([1, 2])), 'x', { bytes: 'int32' }).values, Int32Array.of(1, 2));
});

test('idx arrays are refused with the place of the mistake', async () => {
  const cases: readonly [Uint8Array, RegExp][] = [
    [join(1, 0, 8, 1), /byte 0: an idx array expected/],
    [idx(7, [1], join([1])), /byte 2: element type 7/],
    [join(0, 0, 8, 3, big(1, 4)), /ends inside size 1/],
    [idx(8, [5], join([1, 2])), /ends inside the 5 values/],
    [idx(8, [1], join([1, 2])), /1 bytes after the last value/],
    [idx(8, [2 ** 31, 2 ** 31], join([1])), /more elements than can be counted/],
    [join(0, 0, 8, 255, ...Array.from({ length: 255 }, () => big(1, 4)), 1), /at most 32/],
  ];
  for (const [file, says] of cases) assert.match(await refusal(() => readIdx(file, 'bad.idx')), says);
});

/** Filters rows in the way that the PNG specification defines them, to be undone by the reader. */
function filterRows(samples: Uint8Array, stride: number, step: number, filters: readonly number[]): Uint8Array {
  const at = (row: number, i: number): number => (row < 0 || i < 0 ? 0 : (samples[row * stride + i] ?? 0));
  const lines = filters.map((filter, row) => {
    const line = Array.from({ length: stride }, (_, i) => {
      const [left, above, corner] = [at(row, i - step), at(row - 1, i), at(row - 1, i - step)];
      const p = left + above - corner;
      const nearest = [left, above, corner].reduce(
        (best, value) => (Math.abs(p - value) < Math.abs(p - best) ? value : best),
      );
      return at(row, i) - ([0, left, above, Math.floor((left + above) / 2), nearest][filter] ?? 0);
    });
    return join(filter, Uint8Array.from(line));
  });
  return join(...lines);
}

test('PNG pictures come back whatever filters their rows have', async () => {
  let seen = 0;
  const colours = fc.constantFrom<readonly [number, number]>([0, 1], [2, 3], [4, 2], [6, 4]);
  const width = fc.integer({ min: 1, max: 9 });
  const rowFilters = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 });
  const bytes = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(colours, width, rowFilters, bytes, async ([colour, channels], columns, filters, stream) => {
      const rows = filters.length;
      const samples = Uint8Array.from({ length: rows * columns * channels }, () => stream.next().value);
      const lines = filterRows(samples, columns * channels, channels, filters);
      const picture = await readPng(png({ columns, rows, colour, lines }), 'x.png');
      assert.deepEqual(picture, { dtype: 'uint8', shape: [rows, columns, channels], values: samples });
      seen++;
    }),
    { numRuns: 60 },
  );
  assert.ok(seen >= 60);
});

test('palettes and few bits become full bytes', async () => {
  const palette = pngChunk('PLTE', join([10, 20, 30, 40, 50, 60]));
  const twoColours = { columns: 3, rows: 1, depth: 1, colour: 3, lines: join(0, 0b01000000) };
  assert.deepEqual(
    (await readPng(png({ ...twoColours, extra: [palette] }), 'x')).values,
    Uint8Array.of(10, 20, 30, 40, 50, 60, 10, 20, 30),
  );
  const clear = await readPng(png({ ...twoColours, extra: [palette, pngChunk('tRNS', join([7]))] }), 'x');
  assert.deepEqual(
    clear,
    { dtype: 'uint8', shape: [1, 3, 4], values: Uint8Array.of(10, 20, 30, 7, 40, 50, 60, 255, 10, 20, 30, 7) },
  );
  assert.deepEqual(
    (await readPng(png({ columns: 3, rows: 1, depth: 2, colour: 0, lines: join(0, 0b00011011) }), 'x')).values,
    Uint8Array.of(0, 85, 170),
  );
});

test('PNG pictures are refused with the place of the mistake', async () => {
  const lines = join(0, 1, 2, 0, 3, 4);
  const good = { columns: 2, rows: 2, colour: 0, lines };
  const flipped = png(good);
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  const cases: readonly [Uint8Array, RegExp][] = [
    [join('GIF89a..'), /a PNG picture expected/],
    [png(good).subarray(0, -5), /ends inside/],
    [join(png(good), 0), /1 bytes after the last chunk/],
    [flipped, /chunk IHDR is damaged/],
    [png({ ...good, depth: 16 }), /16-bit samples/],
    [png({ ...good, colour: 5 }), /colour type 5/],
    [png({ ...good, interlace: 1 }), /interlaced/],
    [png({ ...good, columns: 2 ** 30, rows: 2 ** 30 }), /a picture of/],
    [png({ ...good, columns: 10000, rows: 10000 }), /cannot hold 10000 × 10000/],
    [png({ ...good, rows: 1 }), /more than the 3 bytes/],
    [png({ ...good, rows: 3 }), /6 bytes of pixels/],
    [png({ ...good, lines: join(9, 1, 2, 0, 3, 4) }), /row 0 has filter 9/],
    [png({ ...good, colour: 3 }), /a palette is missing/],
    [png({ ...good, colour: 3, extra: [pngChunk('PLTE', join([1, 2, 3]))] }), /colour 1 of a palette of 1/],
    [png({ ...good, extra: [pngChunk('ABCD', join([1]))] }), /chunk ABCD is needed/],
  ];
  for (const [file, says] of cases) assert.match(await refusal(() => readPng(file, 'bad.png')), says);
});

test('sound of every sample format is read between −1 and 1', () => {
  const cases: readonly [number, number, Uint8Array, readonly number[]][] = [
    [1, 8, join([0, 128, 255]), [-1, 0, 127 / 128]],
    [1, 16, join(little(32768, 2), little(16384, 2)), [-1, 0.5]],
    [1, 24, join([0, 0, 0x80], [0, 0, 0x40], [0xff, 0xff, 0xff]), [-1, 0.5, -1 / 8388608]],
    [1, 32, join(little(2 ** 31, 4), little(2 ** 30, 4)), [-1, 0.5]],
    [3, 32, new Uint8Array(Float32Array.of(0.25, -0.75).buffer), [0.25, -0.75]],
    [3, 64, new Uint8Array(Float64Array.of(0.25, -0.75).buffer), [0.25, -0.75]],
  ];
  for (const [code, bits, data, values] of cases) {
    const { sampleRate, samples } = readWav(wav(code, bits, 1, data), 'x.wav');
    assert.equal(sampleRate, 8000);
    assert.deepEqual(
      samples,
      { dtype: 'float32', shape: [values.length, 1], values: Float32Array.from(values) },
      `${code}/${bits}`,
    );
  }
  assert.deepEqual(readWav(wav(1, 16, 2, join(little(0, 8))), 'x.wav').samples.shape, [2, 2]);
});

test('sound is refused with the place of the mistake', async () => {
  const good = wav(1, 16, 1, join(little(0, 4)));
  const cases: readonly [Uint8Array, RegExp][] = [
    [join('OggS', little(0, 40)), /a RIFF file expected/],
    [good.subarray(0, -2), /the file states/],
    [wav(1, 12, 1, join(little(0, 3))), /12 bits in format 1/],
    [wav(2, 16, 1, join(little(0, 4))), /16 bits in format 2/],
    [wav(1, 16, 2, join(little(0, 6))), /no whole number of frames/],
    [wav(1, 16, 0, join(little(0, 4))), /0 channels/],
    [wav(3, 32, 1, new Uint8Array(Float32Array.of(Number.NaN).buffer)), /sample 0 is NaN/],
  ];
  for (const [file, says] of cases) assert.match(await refusal(() => readWav(file, 'bad.wav')), says);
});

test('a table comes back from its comma-separated text', () => {
  let seen = 0;
  const field = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r\n'), maxLength: 5 });
  const table = fc.integer({ min: 1, max: 4 }).chain((width) => {
    const row = fc.array(field, { minLength: width, maxLength: width });
    return fc.array(row, { minLength: 1, maxLength: 5 });
  });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, closed) => {
      const needsQuotes = (text: string): boolean => /[",\n\r]/.test(text) || text === '';
      const quoted = (text: string): string => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const text = rows.map((row) => row.map(quoted).join(',')).join(end) + (closed ? end : '');
      const { header, rows: body } = readCsv(new TextEncoder().encode(text), 'x.csv');
      assert.deepEqual([header, ...body], rows);
      seen++;
    }),
    { numRuns: 300 },
  );
  assert.equal(seen, 300);
  assert.deepEqual(
    readCsv(join('\xef\xbb\xbfa\tb\n1\t\n'), 'x.tsv', { separator: '\t' }),
    { header: ['a', 'b'], rows: [['1', '']] },
  );
});

test('a table is refused with the place of the mistake', async () => {
  const cases: readonly [string | Uint8Array, RegExp][] = [
    ['', /the file is empty/],
    ['a,b\n1\n', /byte 4: row 1 has 1 fields, the header 2/],
    ['a,b\n1,"2', /byte 6: a quote that is never closed/],
    ['a,b\n1,"2"3\n', /byte 9: text after a closing quote/],
    ['a,b\n1,2"3\n', /byte 7: a quote inside/],
    [join([0xff, 0xfe]), /not UTF-8/],
  ];
  for (const [text, says] of cases) assert.match(await refusal(() => readCsv(join(text), 'bad.csv')), says);
});
