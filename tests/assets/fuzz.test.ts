import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  FormatError,
  gunzip,
  parseJson,
  readCsv,
  readIdx,
  readNpy,
  readNpz,
  readPng,
  readSafetensors,
  readTfjsLayers,
  readTflite,
  readTorch,
  readWav,
  writeSafetensors,
} from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import {
  floats,
  idx,
  join,
  npy,
  pickle,
  pickledDictionary,
  pickledTensor,
  png,
  sixFloats,
  torchLegacy,
  torchZip,
  wav,
  zip,
} from './fixtures.ts';
import { tflite } from './tflite-file.ts';

const tensors = new Map<string, TensorData>([
  ['a', { dtype: 'float32', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['b', { dtype: 'int32', shape: [2], values: Int32Array.of(1, 2) }],
]);
const state = join(
  pickle.emptyDictionary,
  pickle.mark,
  pickle.text('w'),
  pickledTensor({ offset: 1, shape: [2], strides: [2] }),
  pickle.setItems,
);
const checkpoint = pickledDictionary(
  { epoch: pickle.int(3), state, list: join(pickle.emptyList, pickle.mark, pickledTensor(), pickle.appends) },
);
const array = npy('<f4', '(2, 3)', sixFloats);
const model = join(
  JSON.stringify({ weightsManifest: [{ paths: ['a'], weights: [{ name: 'w', shape: [2, 3], dtype: 'float32' }] }] }),
);
const lines = join(0, 1, 2, 3, 1, 4, 5, 6, 2, 7, 8, 9);

/** A good file, what reads it, and how many bytes of numbers may come out of a damaged one. */
interface Subject {
  readonly good: Uint8Array;
  readonly read: (bytes: Uint8Array) => unknown;
}
const subjects: Readonly<Record<string, Subject>> = {
  safetensors: {
    good: writeSafetensors(tensors, { metadata: { a: 'b' } }),
    read: (bytes) => readSafetensors(bytes, 'x'),
  },
  idx: { good: idx(8, [2, 3], join([1, 2, 3, 4, 5, 6])), read: (bytes) => readIdx(bytes, 'x') },
  npy: { good: array, read: (bytes) => readNpy(bytes, 'x') },
  npz: {
    good: zip([{ name: 'a.npy', content: array, deflated: true }, { name: 'b.npy', content: array }]),
    read: (bytes) => readNpz(bytes, 'x'),
  },
  'an array inside an archive': {
    good: array,
    read: (bytes) => readNpz(zip([{ name: 'a.npy', content: bytes, deflated: true }]), 'x'),
  },
  'torch archive': { good: torchZip(checkpoint), read: (bytes) => readTorch(bytes, 'x') },
  'a pickle inside a torch archive': { good: checkpoint, read: (bytes) => readTorch(torchZip(bytes), 'x') },
  'torch legacy': {
    good: torchLegacy(pickledDictionary({ w: pickledTensor({ legacy: true }) })),
    read: (bytes) => readTorch(bytes, 'x'),
  },
  'model.json': { good: model, read: (bytes) => readTfjsLayers(bytes, new Map([['a', sixFloats]]), 'x') },
  tflite: {
    good: tflite([{ name: 'a', shape: [2, 3], buffer: 1 }, { name: 'b', shape: [], buffer: 0, scale: [] }], [new Uint8Array(), sixFloats]),
    read: (bytes) => readTflite(bytes, 'x'),
  },
  json: {
    good: join('{"a": [1, -2.5e3, "\\u00e9\\n", true, null, {"b": {}}], "c": []}'),
    read: (bytes) => parseJson(bytes, 'x'),
  },
  png: { good: png({ columns: 3, rows: 3, colour: 0, lines }), read: (bytes) => readPng(bytes, 'x') },
  'the rows of a picture': {
    good: lines,
    read: (bytes) => readPng(png({ columns: 3, rows: 3, colour: 0, lines: bytes }), 'x'),
  },
  wav: { good: wav(1, 16, 2, join([1, 2, 3, 4, 5, 6, 7, 8])), read: (bytes) => readWav(bytes, 'x') },
  csv: { good: join('name,value\n"a ""b""",1\nc,"2,\n3"\n'), read: (bytes) => readCsv(bytes, 'x') },
  gzip: { good: new Uint8Array(gzipSync(sixFloats)), read: (bytes) => gunzip(bytes, 'x', 1000) },
};

type Damage = (bytes: Uint8Array) => Uint8Array;
const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const interesting = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x2d, 0x2e, 0x30, 0x52, 0x7b),
);
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(position, interesting).map(
    ([at, value]): Damage => (bytes) => bytes.map((byte, i) => (i === Math.floor(at * bytes.length) ? value : byte)),
  ),
  fc.tuple(position, fc.integer({ min: 0, max: 7 })).map(
    ([at, bit]): Damage => (bytes) => bytes.map(
      (byte, i) => (i === Math.floor(at * bytes.length) ? byte ^ (1 << bit) : byte),
    ),
  ),
  position.map((at): Damage => (bytes) => bytes.subarray(0, Math.floor(at * bytes.length))),
  fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 9 })).map(([at, extra]): Damage => (bytes) => {
    const cut = Math.floor(at * (bytes.length + 1));
    return join(bytes.subarray(0, cut), extra, bytes.subarray(cut));
  }),
  fc.tuple(position, position, fc.integer({ min: 1, max: 12 })).map(([from, to, length]): Damage => (bytes) => {
    const copy = Uint8Array.from(bytes);
    const start = Math.floor(from * bytes.length);
    copy.copyWithin(Math.floor(to * bytes.length), start, start + length);
    return copy;
  }),
);

/** Bytes of all numbers in what a reader returned. */
function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Map) return [...value.values()].reduce<number>((sum, item) => sum + sizeOf(item), 0);
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 0)
    : 0;
}

const mostBytes = 1 << 23;
for (const [name, { good, read }] of Object.entries(subjects)) {
  test(`damaged bytes are read or refused, never anything else: ${name}`, async (t) => {
    assert.ok(await read(good), 'the good file is read');
    let refused = 0;
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        const bytes = damages.reduce((now, change) => change(now), good);
        try {
          assert.ok(sizeOf(await read(bytes)) <= mostBytes);
          accepted++;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          assert.ok(error.reason !== '' && error.offset >= 0 && error.file !== '');
          refused++;
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(refused > 20, `${refused} of ${refused + accepted} were refused`);
    t.diagnostic(`${refused} refused, ${accepted} read`);
  });
}

test('random pickles never do anything but fail or read', async (t) => {
  const opcode = fc.constantFrom(
    ...join(
      '(.012NQR]abcdehjlqrst}u)XUTCBGJKM',
      [0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x93, 0x94, 0x95],
    ),
  );
  const global = fc.constantFrom(
    pickle.global('torch._utils', '_rebuild_tensor_v2'),
    pickle.global('torch._utils', '_rebuild_parameter'),
    pickle.global('collections', 'OrderedDict'),
    pickle.global('torch', 'Size'),
    pickle.global('torch', 'FloatStorage'),
  );
  const part = fc.oneof(
    { weight: 6, arbitrary: opcode.map((code) => join(code)) },
    { weight: 2, arbitrary: global.map((code) => join(code)) },
    { weight: 1, arbitrary: fc.constant(pickledTensor()) },
    { weight: 1, arbitrary: fc.nat(9).map(pickle.int) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
  );
  let refused = 0;
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
      try {
        await readTorch(torchZip(join(pickle.proto, ...parts, pickle.stop)), 'x');
        accepted++;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        refused++;
      }
    }),
    { numRuns: 3000 },
  );
  assert.equal(refused + accepted, 3000);
  t.diagnostic(`${refused} refused, ${accepted} read`);
});

test('small files that would unfold to much are refused', async () => {
  const zeros = new Uint8Array(1 << 20);
  const bomb = zip([{ name: 'a.npy', content: zeros, deflated: true, size: 200 }]);
  await assert.rejects(readNpz(bomb, 'x'), FormatError);
  const picture = png({ columns: 3, rows: 3, colour: 0, lines: zeros });
  assert.ok(deflateSync(zeros).length < 2000);
  await assert.rejects(readPng(picture, 'x'), FormatError);
  const view = pickledTensor({ shape: [40000, 40000], strides: [0, 0] });
  await assert.rejects(readTorch(torchZip(pickledDictionary({ view })), 'x'), FormatError);
  assert.throws(() => readSafetensors(join([255, 255, 255, 255, 0, 0, 0, 0], '{'), 'x'), FormatError);
  assert.throws(() => readNpy(npy('<f4', '(4000000000,)', floats(1)), 'x'), FormatError);
});
