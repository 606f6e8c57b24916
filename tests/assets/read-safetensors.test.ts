import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSafetensors, writeSafetensors } from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import { floats, join, little, refusal, safetensors } from './fixtures.ts';

const entry = (shape: unknown, begin: unknown, end: unknown, dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const six = floats(1, 2, 3, 4, 5, 6);
const good = entry([2, 3], 0, 24);

test('tensors are read by name, whatever the order of the header', () => {
  const header = {
    b: entry([1], 8, 12),
    a: entry([2, 1], 0, 8),
    none: entry([0, 3], 12, 12),
    __metadata__: { format: 'pt' },
  };
  const tensors = readSafetensors(safetensors(header, floats(1, 2, 3)), 'x');
  assert.deepEqual([...tensors.keys()], ['b', 'a', 'none']);
  assert.deepEqual(tensors.get('a'), { dtype: 'float32', shape: [2, 1], values: Float32Array.of(1, 2) });
  assert.deepEqual(tensors.get('b'), { dtype: 'float32', shape: [1], values: Float32Array.of(3) });
  assert.deepEqual(tensors.get('none')?.values, new Float32Array());
});

test('every element type becomes float32 or int32', () => {
  const cases: readonly [string, readonly number[], number, string][] = [
    ['F16', [0x00, 0xbc], -1, 'float32'],
    ['BF16', [0xc0, 0x3f], 1.5, 'float32'],
    ['F64', little(0, 6).concat([0xf0, 0x3f]), 1, 'float32'],
    ['BOOL', [1], 1, 'int32'],
    ['U8', [200], 200, 'int32'],
    ['I8', [200], -56, 'int32'],
    ['U16', [0xff, 0xff], 65535, 'int32'],
    ['I16', [0xff, 0xff], -1, 'int32'],
    ['U32', [1, 0, 0, 0], 1, 'int32'],
    ['I32', [0xfe, 0xff, 0xff, 0xff], -2, 'int32'],
    ['U64', little(7, 8), 7, 'int32'],
    ['I64', Array<number>(8).fill(255), -1, 'int32'],
  ];
  for (const [dtype, bytes, value, becomes] of cases) {
    const tensor = readSafetensors(safetensors({ x: entry([1], 0, bytes.length, dtype) }, join(bytes)), 'x').get('x');
    assert.equal(tensor?.dtype, becomes, dtype);
    assert.equal(tensor?.values[0], value, dtype);
  }
});

const wrong: Readonly<Record<string, { file: Uint8Array; says: RegExp }>> = {
  'cut in the length': { file: join([1, 2, 3]), says: /byte 0: the file ends inside the header length/ },
  'cut in the header': { file: safetensors({ w: good }, six).subarray(0, 20), says: /ends inside the header/ },
  'header of no bytes': { file: join(little(0, 8)), says: /does not start with '{'/ },
  'space before the header': {
    file: safetensors(` ${JSON.stringify({ w: good })}`, six),
    says: /does not start with '{'/,
  },
  'header too large': { file: join(little(2 ** 40, 8), '{}'), says: /at most 100000000/ },
  'not UTF-8': { file: join(little(9, 8), '{"', [0xff, 0xfe], '":{}}'), says: /not a valid JSON string/ },
  'text after the header': { file: safetensors(`${JSON.stringify({ w: good })} x`, six), says: /text after the JSON/ },
  'a comma too many': { file: safetensors('{"w":{},}', six), says: /start of a string/ },
  'a field twice': {
    file: safetensors('{"w":{"dtype":"F32","dtype":"I32","shape":[2,3],"data_offsets":[0,24]}}', six),
    says: /"dtype" stands here twice/,
  },
  'a name twice, once escaped': {
    file: safetensors(`{"w":${JSON.stringify(good)},"\\u0077":${JSON.stringify(good)}}`, six),
    says: /"w" stands here twice/,
  },
  'metadata of numbers': {
    file: safetensors({ w: good, __metadata__: { a: 1 } }, six),
    says: /metadata must be a string/,
  },
  'no dtype': {
    file: safetensors({ w: { shape: [2, 3], data_offsets: [0, 24] } }, six),
    says: /dtype must be a string/,
  },
  'no offsets': {
    file: safetensors({ w: { dtype: 'F32', shape: [2, 3] } }, six),
    says: /data_offsets must be a JSON array/,
  },
  'three offsets': { file: safetensors({ w: { ...good, data_offsets: [0, 12, 24] } }, six), says: /\[begin, end\]/ },
  'an unknown field': { file: safetensors({ w: { ...good, stride: [3, 1] } }, six), says: /unknown field "stride"/ },
  'an unknown dtype': { file: safetensors({ w: entry([2, 3], 0, 24, 'C32') }, six), says: /dtype "C32"/ },
  'a text as shape': { file: safetensors({ w: entry('2,3', 0, 24) }, six), says: /shape must be a JSON array/ },
  'a whole number with a point': {
    file: safetensors('{"w":{"dtype":"F32","shape":[2.0,3],"data_offsets":[0,24]}}', six),
    says: /whole number/,
  },
  'a negative offset': { file: safetensors({ w: entry([2, 3], -24, 0) }, six), says: /whole number/ },
  'more than the file': {
    file: safetensors({ w: entry([2, 4], 0, 32) }, six),
    says: /ends inside the data of tensor "w"/,
  },
  'sizes that disagree': {
    file: safetensors({ w: entry([2, 2], 0, 24) }, six),
    says: /takes 16 bytes, the offsets give 24/,
  },
  'an overflow hidden by a zero': {
    file: safetensors({ w: entry([2 ** 40, 2 ** 40, 0], 0, 0) }, floats()),
    says: /more elements than can be counted/,
  },
  'shared bytes': { file: safetensors({ a: good, b: good }, six), says: /shares bytes/ },
  'bytes before the first': { file: safetensors({ a: entry([5], 4, 24) }, six), says: /belong to no tensor/ },
  'bytes after the last': { file: safetensors({ a: entry([5], 0, 20) }, six), says: /4 bytes after the last tensor/ },
  'not a number': { file: safetensors({ w: good }, floats(1, 2, Number.NaN, 4, 5, 6)), says: /element 2 is NaN/ },
  'a number beyond float32': {
    file: safetensors({ w: entry([1], 0, 8, 'F64') }, new Uint8Array(Float64Array.of(1e300).buffer)),
    says: /element 0 is Infinity/,
  },
  'an integer beyond 32 bits': {
    file: safetensors({ w: entry([1], 0, 8, 'I64') }, join(little(2 ** 31, 8))),
    says: /beyond 32 bits/,
  },
  'a boolean that is two': { file: safetensors({ w: entry([1], 0, 1, 'BOOL') }, join([2])), says: /neither 0 nor 1/ },
};

for (const [what, { file, says }] of Object.entries(wrong)) {
  test(`safetensors are refused: ${what}`, async () => {
    const message = await refusal(() => readSafetensors(file, 'bad.safetensors'));
    assert.match(message, /^FormatError bad\.safetensors: byte \d+: /);
    assert.match(message, says);
  });
}

test('numbers that are not finite stay where that is asked for', () => {
  const tensor = readSafetensors(
    safetensors({ w: entry([1], 0, 4) }, floats(Number.NaN)),
    'x',
    { nonFinite: 'keep' },
  ).get('w');
  assert.ok(Number.isNaN(tensor?.values[0]));
});

test('what is written is read again, and the order of the tensors does not change the bytes', () => {
  const a: TensorData = { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, -0, 3.25, 65504) };
  const b: TensorData = { dtype: 'int32', shape: [], values: Int32Array.of(-7) };
  const c: TensorData = { dtype: 'uint8', shape: [3], values: Uint8Array.of(0, 128, 255) };
  const options = { metadata: { z: '1', a: '2' } };
  const bytes = writeSafetensors(new Map([['a', a], ['b', b], ['c', c]]), options);
  assert.deepEqual(writeSafetensors(new Map([['c', c], ['b', b], ['a', a]]), options), bytes);
  assert.deepEqual(readSafetensors(bytes, 'x', { bytes: 'uint8' }), new Map([['a', a], ['b', b], ['c', c]]));
  assert.equal(new DataView(bytes.buffer).getUint32(0, true) % 8, 0);
  const halves = writeSafetensors(new Map([['a', a]]), { floats: 'float16' });
  assert.deepEqual(readSafetensors(halves, 'x').get('a'), a);
  assert.throws(
    () => writeSafetensors(new Map([['a', { ...a, values: Float32Array.of(1, 2, 3, 65520) }]]), { floats: 'float16' }),
    /element 3 is 65520, which float16 cannot hold/,
  );
  assert.throws(
    () => writeSafetensors(new Map([['a', { ...a, values: Float32Array.of(1, 2, 3, Number.NaN) }]])),
    /element 3 is NaN/,
  );
});
