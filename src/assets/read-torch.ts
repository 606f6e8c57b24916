import { ByteReader, FormatError } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { isPickled, newDictionary, readPickle } from './pickle.ts';
import type { PickleGlobal, PickleObject, PickleValue } from './pickle.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';
import { readZip } from './read-zip.ts';

/** A storage as the pickle speaks of it; its data stand elsewhere. */
interface Storage {
  readonly role: 'storage';
  readonly key: string;
  readonly type: ElementType;
  readonly count: number;
  /** Elements of the stored data before this storage begins (legacy views). */
  readonly start: number;
  /** Elements of this storage, a part of `count` where it is a view. */
  readonly length: number;
}

interface View {
  readonly role: 'tensor';
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly type: ElementType;
}

interface StoredData {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly start: number;
}

const storageTypes: ReadonlyMap<string, ElementType> = new Map([
  ['FloatStorage', 'float32'],
  ['DoubleStorage', 'float64'],
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['LongStorage', 'int64'],
  ['IntStorage', 'int32'],
  ['ShortStorage', 'int16'],
  ['CharStorage', 'int8'],
  ['ByteStorage', 'uint8'],
  ['BoolStorage', 'bool'],
  ['UntypedStorage', 'uint8'],
]);
/** Types that `_rebuild_tensor_v3` names; unsigned ones have no storage class of their own. */
const namedTypes: ReadonlyMap<string, ElementType> = new Map([
  ['uint16', 'uint16'],
  ['uint32', 'uint32'],
  ['uint64', 'uint64'],
  ['float32', 'float32'],
  ['float64', 'float64'],
  ['float16', 'float16'],
  ['bfloat16', 'bfloat16'],
  ['int64', 'int64'],
  ['int32', 'int32'],
  ['int16', 'int16'],
  ['int8', 'int8'],
  ['uint8', 'uint8'],
  ['bool', 'bool'],
]);

type Fail = (reason: string) => never;

const isStorage = (content: object): content is Storage => 'role' in content && content.role === 'storage';
const isView = (content: object): content is View => 'role' in content && content.role === 'tensor';

function asStorage(value: PickleValue | undefined, fail: Fail): Storage {
  const found = isPickled(value, 'object') && isStorage(value.content) ? value.content : undefined;
  return found ?? fail('its first parameter is no storage');
}

function asWhole(value: PickleValue | undefined, what: string, fail: Fail): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(`${what} is not a whole number ≥ 0`);
}

function asWholes(value: PickleValue | undefined, what: string, fail: Fail): number[] {
  if (!isPickled(value, 'tuple') && !isPickled(value, 'list')) return fail(`${what} is no tuple`);
  return value.items.map((item) => asWhole(item, what, fail));
}

/** The name of a type of torch, without its module. */
function typeName(value: PickleValue | undefined): string {
  return isPickled(value, 'global') ? value.name.replace(/^torch\.(cuda\.|storage\.)?/, '') : '';
}

function asType(value: PickleValue | undefined, fail: Fail): ElementType {
  return namedTypes.get(typeName(value)) ?? fail('its type is not read here');
}

/** Checks that a view lies inside its storage. `length` is in elements of `type`. */
function viewOf(parameters: readonly PickleValue[], type: ElementType | undefined, fail: Fail): PickleObject {
  const storage = asStorage(parameters[0], fail);
  const elementType = type ?? storage.type;
  const length = Math.floor((storage.length * elementSize(storage.type)) / elementSize(elementType));
  const offset = asWhole(parameters[1], 'the offset', fail);
  const shape = asWholes(parameters[2], 'the shape', fail);
  const strides = asWholes(parameters[3], 'the strides', fail);
  if (strides.length !== shape.length) fail(`${shape.length} dimensions but ${strides.length} strides`);
  const count = countElements(shape, fail);
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), offset);
  if (count > 0 && last >= length) {
    const view = `shape [${shape.join(', ')}] with strides [${strides.join(', ')}] from ${offset}`;
    fail(`${view} reaches element ${last} of a storage of ${length}`);
  }
  if (count === 0 && offset > length) fail(`an offset of ${offset} in a storage of ${length}`);
  const content: View = { role: 'tensor', storage, offset, shape, strides, type: elementType };
  return { kind: 'object', content };
}

const global = (name: string, call?: PickleGlobal['call']): [string, PickleGlobal] => [
  name,
  call ? { kind: 'global', name, call } : { kind: 'global', name },
];

/** Every name that a file of tensors may use. */
const torchGlobals: ReadonlyMap<string, PickleGlobal> = new Map([
  global('collections.OrderedDict', (parameters, fail) =>
    parameters.length === 0 ? newDictionary(true) : fail('only an empty one, filled afterwards, is read'),
  ),
  global('torch._utils._rebuild_tensor', (parameters, fail) =>
    parameters.length === 4
      ? viewOf(parameters, undefined, fail)
      : fail(`${parameters.length} parameters instead of 4`),
  ),
  global('torch._utils._rebuild_tensor_v2', (parameters, fail) =>
    parameters.length === 6 || parameters.length === 7
      ? viewOf(parameters, undefined, fail)
      : fail(`${parameters.length} parameters instead of 6 or 7`),
  ),
  global('torch._utils._rebuild_tensor_v3', (parameters, fail) =>
    parameters.length === 7 || parameters.length === 8
      ? viewOf(parameters, asType(parameters[6], fail), fail)
      : fail(`${parameters.length} parameters instead of 7 or 8`),
  ),
  global('torch._utils._rebuild_parameter', (parameters, fail) => {
    const [value] = parameters;
    const isTensor = isPickled(value, 'object') && isView(value.content);
    return parameters.length === 3 && isTensor ? value : fail('its parameters are no tensor');
  }),
  global('torch.Size', (parameters, fail) => ({
    kind: 'tuple',
    items: asWholes(parameters.length === 1 ? parameters[0] : undefined, 'the size', fail),
  })),
  // where a tensor once was says nothing about its numbers
  global('torch.device', () => null),
  ...[...storageTypes.keys()].flatMap((name) => [global(`torch.${name}`), global(`torch.cuda.${name}`)]),
  global('torch.storage.UntypedStorage'),
  ...[...namedTypes.keys()].map((name) => global(`torch.${name}`)),
]);

/**
 * Resolves `('storage', type, key, location, count)`, in legacy files with a sixth item: None or the view
 * `(key, offset, length)` inside the stored data. Says the same of a storage each time, or fails.
 */
function storageResolver(
  storages: Map<string, Storage>,
  legacy: boolean,
): (id: PickleValue, fail: Fail) => PickleValue {
  return (id, fail) => {
    const unknown = 'a reference to stored data of unknown form';
    if (!isPickled(id, 'tuple') || id.items.length !== (legacy ? 6 : 5)) return fail(unknown);
    const [word, storageType, key, location, count, view] = id.items;
    if (word !== 'storage' || typeof key !== 'string' || typeof location !== 'string') return fail(unknown);
    const type = storageTypes.get(typeName(storageType)) ?? fail('a storage of unknown type');
    const total = asWhole(count, 'the size of a storage', fail);
    let start = 0;
    let length = total;
    if (view !== undefined && view !== null) {
      if (!isPickled(view, 'tuple') || view.items.length !== 3) return fail('a storage view of unknown form');
      start = asWhole(view.items[1], 'the offset of a storage view', fail);
      length = asWhole(view.items[2], 'the size of a storage view', fail);
      if (start + length > total) fail(`a storage view of ${length} from ${start} in ${total} elements`);
    }
    const known = storages.get(key);
    if (known && (known.type !== type || known.count !== total)) {
      fail(`storage ${JSON.stringify(key)} is described in two ways`);
    }
    const content: Storage = { role: 'storage', key, type, count: total, start, length };
    storages.set(key, content);
    return { kind: 'object', content };
  };
}

/** How many values and places a checkpoint may lead to, so that a small file cannot ask for endless work. */
function budgetOf(bytes: Uint8Array): { values: number; places: number } {
  return { values: Math.max(1 << 20, bytes.length * 16), places: Math.max(1 << 10, bytes.length) };
}

/**
 * Walks dictionaries, lists and tuples and names each tensor by its path, joined with dots. Numbers, texts and the
 * like are passed over.
 */
function collectTensors(
  root: PickleValue,
  stored: (storage: Storage) => StoredData,
  budget: { values: number; places: number },
  options: ReadOptions,
  fail: Fail,
): Map<string, TensorData> {
  const tensors = new Map<string, TensorData>();
  const visit = (value: PickleValue, path: string, depth: number): void => {
    budget.places -= 1;
    if (budget.places < 0) fail('the checkpoint refers to the same values again and again; refused');
    if (depth > 100) fail('the checkpoint is nested deeper than 100');
    const pathTo = (key: unknown): string => (path === '' ? String(key) : `${path}.${String(key)}`);
    if (isPickled(value, 'dictionary')) {
      for (const [key, item] of value.entries) visit(item, pathTo(key), depth + 1);
    } else if (isPickled(value, 'list') || isPickled(value, 'tuple')) {
      value.items.forEach((item, i) => visit(item, pathTo(i), depth + 1));
    }
    if (!isPickled(value, 'object') || !isView(value.content)) return;
    const view = value.content;
    const name = path === '' ? 'tensor' : path;
    if (tensors.has(name)) fail(`two tensors are called ${JSON.stringify(name)}`);
    budget.values -= countElements(view.shape, fail);
    if (budget.values < 0) fail(`tensor ${JSON.stringify(name)} repeats its stored numbers beyond reason; refused`);
    const { bytes, file, start } = stored(view.storage);
    const first = start + view.storage.start * elementSize(view.storage.type) + view.offset * elementSize(view.type);
    tensors.set(
      name,
      decodeElements({ bytes, file, start: first, type: view.type, shape: view.shape, strides: view.strides }, options),
    );
  };
  visit(root, '', 0);
  if (tensors.size === 0) fail('the file holds no tensor');
  return tensors;
}

const legacyMagic = 0x1950a86a20f9469cfc6cn;
const legacyProtocol = 1001;
const nothing: ReadonlyMap<string, PickleGlobal> = new Map();

function readLegacy(bytes: Uint8Array, file: string, options: ReadOptions): Map<string, TensorData> {
  const reader = new ByteReader(bytes, file);
  if (readPickle(reader, { globals: nothing }) !== legacyMagic) reader.fail('not the magic number of a torch file', 0);
  const protocolOffset = reader.position;
  if (readPickle(reader, { globals: nothing }) !== legacyProtocol) {
    reader.fail('torch protocol 1001 expected', protocolOffset);
  }
  const systemOffset = reader.position;
  const system = readPickle(reader, { globals: nothing });
  if (!isPickled(system, 'dictionary') || system.entries.get('little_endian') !== true) {
    reader.fail('the numbers are not stated to be little-endian', systemOffset);
  }

  const storages = new Map<string, Storage>();
  const rootOffset = reader.position;
  const root = readPickle(reader, { globals: torchGlobals, persistent: storageResolver(storages, true) });
  const keysOffset = reader.position;
  const keys = readPickle(reader, { globals: nothing });
  if (!isPickled(keys, 'list')) return reader.fail('the list of storages is missing', keysOffset);

  const starts = new Map<string, number>();
  for (const key of keys.items) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage) {
      return reader.fail(`the list of storages names ${JSON.stringify(String(key))}, which no tensor uses`, keysOffset);
    }
    if (starts.has(storage.key)) reader.fail(`storage ${JSON.stringify(storage.key)} is listed twice`, keysOffset);
    const countOffset = reader.position;
    const count = reader.uint64('the size of a storage');
    if (count !== storage.count) {
      reader.fail(`a storage of ${count} elements where the pickle states ${storage.count}`, countOffset);
    }
    starts.set(
      storage.key,
      reader.advance(count * elementSize(storage.type), `storage ${JSON.stringify(storage.key)}`),
    );
  }
  for (const key of storages.keys()) {
    if (!starts.has(key)) reader.fail(`storage ${JSON.stringify(key)} is used but not stored`, keysOffset);
  }
  reader.finish('the last storage');
  const stored = (storage: Storage): StoredData => ({ bytes, file, start: starts.get(storage.key) ?? 0 });
  return collectTensors(root, stored, budgetOf(bytes), options, (reason) => reader.fail(reason, rootOffset));
}

async function readArchive(bytes: Uint8Array, file: string, options: ReadOptions): Promise<Map<string, TensorData>> {
  const members = await readZip(bytes, file);
  const fail = (reason: string): never => {
    throw new FormatError(file, 0, reason);
  };
  const pickleNames = [...members.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [pickleName] = pickleNames;
  if (pickleName === undefined || pickleNames.length > 1) {
    return fail('one member <name>/data.pkl expected: this is no torch archive');
  }
  const prefix = pickleName.slice(0, -'data.pkl'.length);
  if ([...members.keys()].some((name) => !name.startsWith(prefix))) {
    fail(`members outside ${prefix}: this is no torch archive`);
  }
  if (members.has(`${prefix}constants.pkl`)) {
    fail('a TorchScript archive, which holds code; only saved tensors are read');
  }
  const order = members.get(`${prefix}byteorder`);
  if (order && new TextDecoder().decode(order) !== 'little') fail('the numbers are not little-endian');

  const storages = new Map<string, Storage>();
  const reader = new ByteReader(members.get(pickleName) ?? new Uint8Array(), `${file}/${pickleName}`);
  const root = readPickle(reader, { globals: torchGlobals, persistent: storageResolver(storages, false) });
  reader.finish('the pickle');
  const data = new Map<string, StoredData>();
  for (const { key, type, count } of storages.values()) {
    const name = `${prefix}data/${key}`;
    const member = members.get(name) ?? fail(`storage ${JSON.stringify(name)} is used but not in the archive`);
    const needed = count * elementSize(type);
    if (member.length !== needed) {
      fail(`storage ${JSON.stringify(name)} holds ${member.length} bytes; ${count} ${type} take ${needed}`);
    }
    data.set(key, { bytes: member, file: `${file}/${name}`, start: 0 });
  }
  const stored = (storage: Storage): StoredData =>
    data.get(storage.key) ?? fail(`storage ${JSON.stringify(storage.key)} is missing`);
  return collectTensors(root, stored, budgetOf(bytes), options, (reason) => reader.fail(reason, 0));
}

/**
 * Reads a file written by `torch.save` (zip archive or legacy stream) into tensors by path
 * (`state_dict.module.conv1.weight`; a lone tensor is called `tensor`). The pickle inside is never executed: see
 * {@link readPickle}. Throws {@link FormatError}. Format: pytorch `torch/serialization.py`, `torch/_utils.py`.
 */
export async function readTorch(
  bytes: Uint8Array,
  file: string,
  options: ReadOptions = {},
): Promise<Map<string, TensorData>> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readArchive(bytes, file, options);
  return readLegacy(bytes, file, options);
}
