import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNpy, readNpz } from '../../src/assets/index.ts';
import { big, floats, join, little, npy, refusal, zip } from './fixtures.ts';

const six = floats(1, 2, 3, 4, 5, 6);

test('arrays are read in either order of memory and of bytes', () => {
  assert.deepEqual(readNpy(npy('<f4', '(2, 3)', six), 'x').values, Float32Array.of(1, 2, 3, 4, 5, 6));
  assert.deepEqual(readNpy(npy('<f4', '(2, 3)', six, 'True'), 'x').values, Float32Array.of(1, 3, 5, 2, 4, 6));
  assert.deepEqual(
    readNpy(npy('>i2', '(2,)', join(big(513, 2), big(65535, 2))), 'x'),
    { dtype: 'int32', shape: [2], values: Int32Array.of(513, -1) },
  );
  assert.deepEqual(readNpy(npy('|u1', '()', join([7])), 'x'), { dtype: 'int32', shape: [], values: Int32Array.of(7) });
  assert.deepEqual(
    readNpy(npy('|u1', '(2, 1)', join([7, 255])), 'x', { bytes: 'uint8' }).values,
    Uint8Array.of(7, 255),
  );
  assert.deepEqual(readNpy(npy('<f4', '(0, 5)', new Uint8Array()), 'x').shape, [0, 5]);
});

test('versions 2 and 3 have a longer header length', () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n";
  for (const version of [2, 3]) {
    const file = join(0x93, 'NUMPY', version, 0, little(header.length, 4), header, floats(5));
    assert.deepEqual(readNpy(file, 'x').values, Float32Array.of(5));
  }
});

const header = (text: string): Uint8Array => join(0x93, 'NUMPY', 1, 0, little(text.length, 2), text, six);
const wrong: Readonly<Record<string, { file: Uint8Array; says: RegExp }>> = {
  'another format': { file: join('NUMPY and more'), says: /expected; this is another format/ },
  'an unknown version': { file: join(0x93, 'NUMPY', 4, 0, little(0, 4)), says: /version 4\.0/ },
  'a header beyond the file': { file: join(0x93, 'NUMPY', 1, 0, little(500, 2), '{'), says: /ends inside the header/ },
  'a header beyond reason': { file: join(0x93, 'NUMPY', 2, 0, little(2 ** 31, 4)), says: /at most 10000/ },
  'code in the header': {
    file: header("{'descr': '<f4', 'fortran_order': False, 'shape': eval('(2,3)')}"),
    says: /'shape' has a value/,
  },
  'a key that is not known': {
    file: header("{'descr': '<f4', 'extra': 1, 'fortran_order': False, 'shape': (2, 3)}"),
    says: /may hold only/,
  },
  'a key twice': {
    file: header("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}"),
    says: /twice/,
  },
  'a key missing': { file: header("{'descr': '<f4', 'shape': (2, 3)}"), says: /'fortran_order' is missing/ },
  'text after the header': {
    file: header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} x"),
    says: /text after the header/,
  },
  'a shape that is no tuple': { file: npy('<f4', '(6)', six), says: /'shape' has a value/ },
  'a negative dimension': { file: npy('<f4', '(-2, -3)', six), says: /'shape' has a value/ },
  'a fractional dimension': { file: npy('<f4', '(1.5, 4)', six), says: /'shape' has a value/ },
  'an overflow': { file: npy('<f4', '(4294967296, 4294967296)', six), says: /more elements than can be counted/ },
  'Python objects': { file: npy('|O', '(2,)', six), says: /dtype '\|O'/ },
  texts: { file: npy('<U3', '(2,)', six), says: /dtype '<U3'/ },
  'complex numbers': { file: npy('<c8', '(3,)', six), says: /dtype '<c8'/ },
  'an order missing': { file: npy('|f4', '(2, 3)', six), says: /lacks a byte order/ },
  'too few data': { file: npy('<f4', '(2, 4)', six), says: /ends inside the 8 values/ },
  'too many data': { file: npy('<f4', '(5,)', six), says: /4 bytes after the last value/ },
  'not a number': { file: npy('<f4', '(1,)', floats(Number.NaN)), says: /element 0 is NaN/ },
};
for (const [what, { file, says }] of Object.entries(wrong)) {
  test(`an array is refused: ${what}`, async () => {
    const message = await refusal(() => readNpy(file, 'bad.npy'));
    assert.match(message, /^FormatError bad\.npy: byte \d+: /);
    assert.match(message, says);
  });
}

test('an archive gives its arrays by name, stored or deflated', async () => {
  const a = npy('<f4', '(2, 3)', six);
  const b = npy('<i4', '(1,)', join(little(9, 4)));
  const arrays = await readNpz(
    zip([{ name: 'a.npy', content: a, deflated: true }, { name: 'deep/b.npy', content: b }]),
    'x.npz',
  );
  assert.deepEqual([...arrays.keys()], ['a', 'deep/b']);
  assert.deepEqual(arrays.get('a')?.values, Float32Array.of(1, 2, 3, 4, 5, 6));
  assert.deepEqual(arrays.get('deep/b')?.values, Int32Array.of(9));
  assert.match(
    await refusal(() => readNpz(zip([{ name: 'a.txt', content: a }]), 'x.npz')),
    /"a\.txt" is no \.npy array/,
  );
});
