import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTorch } from '../../src/assets/index.ts';
import {
  floats,
  join,
  little,
  pickle,
  pickledDictionary,
  pickledTensor,
  refusal,
  sixFloats,
  torchLegacy,
  torchZip,
  zip,
} from './fixtures.ts';
import type { PickledTensor } from './fixtures.ts';

const one = (tensor: PickledTensor = {}): Uint8Array => pickledDictionary({ w: pickledTensor(tensor) });

test('both forms give the same tensors', async () => {
  const expected = new Map(
    [['w', { dtype: 'float32', shape: [2, 3], values: Float32Array.of(1, -2, 0.5, 4, 8, -16) }]],
  );
  assert.deepEqual(await readTorch(torchZip(one()), 'x.pt'), expected);
  assert.deepEqual(await readTorch(torchLegacy(one({ legacy: true })), 'x.pt'), expected);
});

test('views see their part of a shared storage', async () => {
  const views = {
    transposed: pickledTensor({ shape: [3, 2], strides: [1, 3] }),
    second: pickledTensor({ offset: 3, shape: [3], strides: [1] }),
    repeated: pickledTensor({ shape: [2, 2], strides: [0, 5] }),
    scalar: pickledTensor({ offset: 5, shape: [], strides: [] }),
    none: pickledTensor({ offset: 6, shape: [0, 3], strides: [3, 1] }),
  };
  const tensors = await readTorch(torchZip(pickledDictionary(views)), 'x.pt');
  const values = Object.fromEntries([...tensors].map(([name, tensor]) => [name, [...tensor.values]]));
  assert.deepEqual(
    values,
    { transposed: [1, 4, -2, 8, 0.5, -16], second: [4, 8, -16], repeated: [1, -16, 1, -16], scalar: [-16], none: [] },
  );
});

test('a checkpoint is walked through and named by its paths', async () => {
  const inner = join(pickle.emptyDictionary, pickle.mark, pickle.text('w'), pickledTensor(), pickle.setItems);
  const list = join(pickle.emptyList, pickle.mark, pickle.none, pickledTensor(), pickle.appends);
  const root = pickledDictionary({ epoch: pickle.int(3), state: inner, parts: list, name: pickle.text('x') });
  assert.deepEqual([...(await readTorch(torchZip(root), 'x.pt')).keys()], ['state.w', 'parts.1']);
  const lone = join(pickle.proto, pickledTensor(), pickle.stop);
  assert.deepEqual([...(await readTorch(torchZip(lone), 'x.pt')).keys()], ['tensor']);
});

test('attributes of an ordered dictionary and parameters are read as torch writes them', async () => {
  const ordered = join(pickle.global('collections', 'OrderedDict'), pickle.emptyTuple, pickle.reduce);
  const hooks = join(pickle.global('collections', 'OrderedDict'), pickle.emptyTuple, pickle.reduce);
  const parameter = join(
    pickle.global('torch._utils', '_rebuild_parameter'),
    pickle.mark,
    pickledTensor(),
    0x88,
    hooks,
    pickle.tuple,
    pickle.reduce,
  );
  const state = join(
    pickle.emptyDictionary,
    pickle.mark,
    pickle.text('_metadata'),
    pickle.emptyDictionary,
    pickle.setItems,
  );
  const root = join(
    pickle.proto,
    ordered,
    pickle.mark,
    pickle.text('w'),
    parameter,
    pickle.setItems,
    state,
    pickle.build,
    pickle.stop,
  );
  assert.deepEqual((await readTorch(torchZip(root), 'x.pt')).get('w')?.shape, [2, 3]);
});

const tree = (depth: number): Uint8Array => {
  const doubled = Array.from(
    { length: depth },
    (_, i) => join(pickle.mark, 'h', i, 'h', i, pickle.tuple, 'q', i + 1, '0'),
  );
  return join(pickle.proto, pickledTensor(), 'q', 0, '0', ...doubled, 'h', depth, pickle.stop);
};
const cyclic = join(pickle.proto, pickle.emptyList, 'q', 0, pickle.mark, 'h', 0, pickle.appends, pickle.stop);
const calls = (module: string, name: string): Uint8Array =>
  join(
    pickle.proto,
    pickle.global(module, name),
    pickle.mark,
    pickle.text('true'),
    pickle.tuple,
    pickle.reduce,
    pickle.stop,
  );
const stackGlobal = join(0x80, 4, 0x8c, 2, 'os', 0x8c, 6, 'system', 0x93, pickle.stop);
const storageId = (key: Uint8Array): Uint8Array =>
  join(
    pickle.mark,
    pickle.text('storage'),
    pickle.global('torch', 'FloatStorage'),
    key,
    pickle.text('cpu'),
    pickle.int(6),
    pickle.tuple,
    pickle.persistent,
  );
const wrong: Readonly<Record<string, { file: Uint8Array; says: RegExp }>> = {
  'a call of the system': { file: torchZip(calls('os', 'system')), says: /byte 2: the pickle asks for "os\.system"/ },
  'a call by protocol 4': { file: torchZip(stackGlobal), says: /"os\.system"/ },
  'an import without a call': {
    file: torchZip(join(pickle.proto, pickle.global('builtins', 'exec'), pickle.stop)),
    says: /"builtins\.exec"/,
  },
  'an attribute of torch': { file: torchZip(calls('torch', 'load')), says: /"torch\.load"/ },
  'a dotted name in an allowed module': {
    file: torchZip(calls('torch._utils', '_rebuild_tensor_v2.__globals__')),
    says: /__globals__/,
  },
  'a storage type that is called': {
    file: torchZip(calls('torch', 'FloatStorage')),
    says: /torch\.FloatStorage, which is not to be called/,
  },
  'a dictionary with content passed to it': {
    file: torchZip(calls('collections', 'OrderedDict')),
    says: /only an empty one/,
  },
  'an INST opcode': { file: torchZip(join(pickle.proto, '(ios\nsystem\n', pickle.stop)), says: /opcode 0x69/ },
  'an object opcode': {
    file: torchZip(join(pickle.proto, pickle.none, pickle.emptyTuple, 0x81, pickle.stop)),
    says: /opcode 0x81/,
  },
  'an extension code': { file: torchZip(join(pickle.proto, 0x82, 1, pickle.stop)), says: /opcode 0x82/ },
  'a textual persistent id': { file: torchZip(join(pickle.proto, 'Psome\n', pickle.stop)), says: /opcode 0x50/ },
  'state for a tensor': {
    file: torchZip(join(pickle.proto, pickledTensor(), pickle.emptyDictionary, pickle.build, pickle.stop)),
    says: /sets the state of an object that has none/,
  },
  'protocol 0': { file: torchZip(join('(dp0\n.')), says: /protocol 2 or later/ },
  'protocol 9': { file: torchZip(join(0x80, 9, pickle.none, pickle.stop)), says: /protocol 9/ },
  'an empty stack': { file: torchZip(join(pickle.proto, pickle.stop)), says: /values left over|empty stack/ },
  'a value too many': {
    file: torchZip(join(pickle.proto, pickle.none, pickle.none, pickle.stop)),
    says: /values left over/,
  },
  'a mark that was never set': {
    file: torchZip(join(pickle.proto, pickle.tuple, pickle.stop)),
    says: /mark that was never set/,
  },
  'a memory that was never stored': {
    file: torchZip(join(pickle.proto, 'h', 7, pickle.stop)),
    says: /recalls value 7/,
  },
  'a pickle without an end': { file: torchZip(one().subarray(0, -1)), says: /ends inside a pickle/ },
  'bytes after the pickle': { file: torchZip(join(one(), 'x')), says: /1 bytes after the pickle/ },
  'a key twice': {
    file: torchZip(
      join(
        pickle.proto,
        pickle.emptyDictionary,
        pickle.mark,
        pickle.text('w'),
        pickledTensor(),
        pickle.text('w'),
        pickledTensor(),
        pickle.setItems,
        pickle.stop,
      ),
    ),
    says: /"w" is set twice/,
  },
  'two paths that read the same': {
    file: torchZip(
      pickledDictionary(
        {
          'a.w': pickledTensor(),
          a: join(pickle.emptyDictionary, pickle.mark, pickle.text('w'), pickledTensor(), pickle.setItems),
        },
      ),
    ),
    says: /two tensors are called "a\.w"/,
  },
  'a negative offset': { file: torchZip(one({ offset: -1 })), says: /the offset is not a whole number/ },
  'a negative dimension': { file: torchZip(one({ shape: [-2, -3] })), says: /the shape is not a whole number/ },
  'a negative stride': { file: torchZip(one({ strides: [-3, 1] })), says: /the strides is not a whole number/ },
  'strides for another shape': { file: torchZip(one({ strides: [1] })), says: /2 dimensions but 1 strides/ },
  'a view beyond its storage': { file: torchZip(one({ offset: 1 })), says: /reaches element 6 of a storage of 6/ },
  'a storage of unknown type': {
    file: torchZip(one({ storage: 'ComplexFloatStorage' })),
    says: /torch\.ComplexFloatStorage/,
  },
  'a type wider than the data': {
    file: torchZip(one({ storage: 'DoubleStorage' })),
    says: /holds 24 bytes; 6 float64 take 48/,
  },
  'a storage described in two ways': {
    file: torchZip(pickledDictionary({ a: pickledTensor(), b: pickledTensor({ storage: 'IntStorage' }) })),
    says: /described in two ways/,
  },
  'a storage that is missing': {
    file: torchZip(one({ key: '7' })),
    says: /"archive\/data\/7" is used but not in the archive/,
  },
  'a storage key that leads elsewhere': {
    file: torchZip(one({ key: '../version' })),
    says: /used but not in the archive/,
  },
  'a storage key that is no text': {
    file: torchZip(join(pickle.proto, storageId(pickle.int(1)), pickle.stop)),
    says: /unknown form/,
  },
  'a storage with too many data': {
    file: torchZip(one(), { 0: join(sixFloats, [0, 0, 0, 0]) }),
    says: /holds 28 bytes/,
  },
  'no tensor': { file: torchZip(pickledDictionary({ epoch: pickle.int(1) })), says: /holds no tensor/ },
  'a list that holds itself': { file: torchZip(cyclic), says: /nested deeper/ },
  'a tree that grows without end': { file: torchZip(tree(60)), says: /again and again/ },
  'numbers repeated beyond reason': {
    file: torchZip(one({ shape: [2 ** 15, 2 ** 15], strides: [0, 0] })),
    says: /repeats its stored numbers/,
  },
  'a number that is not finite': {
    file: torchZip(one(), { 0: floats(1, 2, Number.POSITIVE_INFINITY, 4, 5, 6) }),
    says: /element 2 is Infinity/,
  },
  'an archive of code': {
    file: zip(
      [
        { name: 'a/data.pkl', content: one() },
        { name: 'a/constants.pkl', content: one() },
        { name: 'a/data/0', content: sixFloats },
      ],
    ),
    says: /TorchScript/,
  },
  'an archive with a second root': {
    file: zip([{ name: 'a/data.pkl', content: one() }, { name: 'b/data.pkl', content: one() }]),
    says: /one member <name>\/data\.pkl/,
  },
  'an archive without a pickle': {
    file: zip([{ name: 'a/data/0', content: sixFloats }]),
    says: /one member <name>\/data\.pkl/,
  },
  'big-endian numbers': {
    file: zip(
      [
        { name: 'a/data.pkl', content: one() },
        { name: 'a/byteorder', content: join('big') },
        { name: 'a/data/0', content: sixFloats },
      ],
    ),
    says: /not little-endian/,
  },
  'legacy: another magic number': {
    file: torchLegacy(one({ legacy: true })).map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
    says: /magic number/,
  },
  'legacy: a plain pickle': { file: one(), says: /storage|asks for/ },
  'legacy: a storage that is not listed': {
    file: torchLegacy(one({ legacy: true }), [], new Uint8Array()),
    says: /used but not stored/,
  },
  'legacy: a storage that nothing uses': {
    file: torchLegacy(one({ legacy: true }), ['0', '9']),
    says: /names "9", which no tensor uses/,
  },
  'legacy: a storage listed twice': { file: torchLegacy(one({ legacy: true }), ['0', '0']), says: /listed twice/ },
  'legacy: another size': {
    file: torchLegacy(one({ legacy: true }), ['0'], join(little(5, 8), sixFloats)),
    says: /5 elements where the pickle states 6/,
  },
  'legacy: data cut short': {
    file: torchLegacy(one({ legacy: true })).subarray(0, -1),
    says: /ends inside storage "0"/,
  },
  'legacy: bytes after the data': {
    file: join(torchLegacy(one({ legacy: true })), 0),
    says: /1 bytes after the last storage/,
  },
  'nothing at all': { file: new Uint8Array(), says: /byte 0/ },
};
for (const [what, { file, says }] of Object.entries(wrong)) {
  test(`a torch file is refused: ${what}`, async () => {
    const message = await refusal(() => readTorch(file, 'bad.pt'));
    assert.match(message, /^FormatError bad\.pt.*: byte \d+: /);
    assert.match(message, says);
  });
}
