import { deflateRawSync, deflateSync } from 'node:zlib';
import { crc32 } from '../../src/assets/index.ts';

/** Bytes from numbers, texts (one byte a character) and byte arrays, in order. */
export function join(...parts: readonly (number | string | Uint8Array | readonly number[])[]): Uint8Array {
  const whole: number[] = [];
  for (const part of parts) {
    if (typeof part === 'number') whole.push(part);
    else if (typeof part === 'string') for (const character of part) whole.push(character.charCodeAt(0));
    else for (const byte of part) whole.push(byte);
  }
  return Uint8Array.from(whole);
}

/** A whole number as `count` little-endian bytes. */
export function little(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

/** A whole number as `count` big-endian bytes. */
export function big(value: number, count: number): number[] {
  return little(value, count).reverse();
}

export function floats(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** A safetensors file with a header as it is given. */
export function safetensors(header: unknown, data: Uint8Array): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = new TextEncoder().encode(text);
  return join(little(bytes.length, 8), bytes, data);
}

export function npy(descr: string, shape: string, data: Uint8Array, fortran = 'False'): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
  return join(0x93, 'NUMPY', 1, 0, little(header.length, 2), header, data);
}

export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
  readonly deflated?: boolean;
  /** In place of the true one. */
  readonly checksum?: number;
  readonly flags?: number;
  readonly method?: number;
  /** In place of the true uncompressed size. */
  readonly size?: number;
  /** The name in the local header, where it differs. */
  readonly localName?: string;
}

/** A zip archive, by hand, so that it can be wrong. */
export function zip(members: readonly ZipMember[], prefix: Uint8Array = new Uint8Array()): Uint8Array {
  const locals: Uint8Array[] = [prefix];
  const central: Uint8Array[] = [];
  let offset = prefix.length;
  for (
    const {
      name,
      content,
      deflated = false,
      checksum = crc32(content),
      flags = 0,
      method = deflated ? 8 : 0,
      size = content.length,
      localName = name,
    } of members
  ) {
    const packed = deflated ? new Uint8Array(deflateRawSync(content)) : content;
    const facts = join(
      little(flags, 2),
      little(method, 2),
      little(0, 4),
      little(checksum, 4),
      little(packed.length, 4),
      little(size, 4),
    );
    const local = join(
      'PK\x03\x04',
      little(20, 2),
      facts,
      little(localName.length, 2),
      little(0, 2),
      localName,
      packed,
    );
    central.push(
      join(
        'PK\x01\x02',
        little(20, 2),
        little(20, 2),
        facts,
        little(name.length, 2),
        little(0, 2),
        little(0, 2),
        little(0, 2),
        little(0, 6),
        little(offset, 4),
        name,
      ),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = join(...central);
  const end = join(
    'PK\x05\x06',
    little(0, 4),
    little(members.length, 2),
    little(members.length, 2),
    little(directory.length, 4),
    little(offset, 4),
    little(0, 2),
  );
  return join(...locals, directory, end);
}

/** Pickle opcodes, to write pickles by hand. */
export const pickle = {
  proto: [0x80, 2],
  stop: '.',
  none: 'N',
  mark: '(',
  tuple: 't',
  emptyTuple: ')',
  emptyDictionary: '}',
  emptyList: ']',
  setItems: 'u',
  appends: 'e',
  reduce: 'R',
  build: 'b',
  persistent: 'Q',
  text: (value: string) =>
    join('X', little(new TextEncoder().encode(value).length, 4), new TextEncoder().encode(value)),
  int: (value: number) => join('J', little(value < 0 ? value + 2 ** 32 : value, 4)),
  global: (module: string, name: string) => `c${module}\n${name}\n`,
} as const;

export interface PickledTensor {
  readonly key?: string;
  readonly storage?: string;
  readonly count?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly legacy?: boolean;
}

/** The opcodes that leave one tensor on the stack. */
export function pickledTensor(
  {
    key = '0',
    storage = 'FloatStorage',
    count = 6,
    offset = 0,
    shape = [2, 3],
    strides = [3, 1],
    legacy = false,
  }: PickledTensor = {},
): Uint8Array {
  const numbers = (values: readonly number[]): Uint8Array => join(pickle.mark, ...values.map(pickle.int), pickle.tuple);
  const id = join(
    pickle.mark,
    pickle.text('storage'),
    pickle.global('torch', storage),
    pickle.text(key),
    pickle.text('cpu'),
    pickle.int(count),
    legacy ? pickle.none : '',
    pickle.tuple,
    pickle.persistent,
  );
  const hooks = join(pickle.global('collections', 'OrderedDict'), pickle.emptyTuple, pickle.reduce);
  const parameters = join(
    pickle.mark,
    id,
    pickle.int(offset),
    numbers(shape),
    numbers(strides),
    0x89,
    hooks,
    pickle.tuple,
  );
  return join(pickle.global('torch._utils', '_rebuild_tensor_v2'), parameters, pickle.reduce);
}

/** A pickle of a dictionary with the given values (opcodes). */
export function pickledDictionary(values: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const items = Object.entries(values).map(([name, value]) => join(pickle.text(name), value));
  return join(pickle.proto, pickle.emptyDictionary, pickle.mark, ...items, pickle.setItems, pickle.stop);
}

export const sixFloats = floats(1, -2, 0.5, 4, 8, -16);

/** A torch archive around a pickle. */
export function torchZip(
  pickled: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = { 0: sixFloats },
): Uint8Array {
  return zip([
    { name: 'archive/data.pkl', content: pickled },
    { name: 'archive/byteorder', content: join('little') },
    ...Object.entries(storages).map(([key, content]) => ({ name: `archive/data/${key}`, content })),
    { name: 'archive/version', content: join('3\n') },
  ]);
}

const legacyMagic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** A torch legacy stream around a pickle with one storage. */
export function torchLegacy(
  pickled: Uint8Array,
  keys: readonly string[] = ['0'],
  data: Uint8Array = join(little(6, 8), sixFloats),
): Uint8Array {
  const system = join(
    pickle.proto,
    pickle.emptyDictionary,
    pickle.mark,
    pickle.text('little_endian'),
    0x88,
    pickle.setItems,
    pickle.stop,
  );
  const list = join(pickle.proto, pickle.emptyList, pickle.mark, ...keys.map(pickle.text), pickle.appends, pickle.stop);
  return join(
    pickle.proto,
    legacyMagic,
    pickle.stop,
    pickle.proto,
    'M',
    little(1001, 2),
    pickle.stop,
    system,
    pickled,
    list,
    data,
  );
}

export function idx(type: number, sizes: readonly number[], data: Uint8Array): Uint8Array {
  return join(0, 0, type, sizes.length, ...sizes.map((size) => big(size, 4)), data);
}

export function pngChunk(name: string, content: Uint8Array): Uint8Array {
  const named = join(name, content);
  return join(big(content.length, 4), named, big(crc32(named), 4));
}

export interface PngParts {
  readonly columns: number;
  readonly rows: number;
  readonly depth?: number;
  readonly colour: number;
  readonly interlace?: number;
  /** Rows with their filter bytes. */
  readonly lines: Uint8Array;
  /** Chunks between header and data. */
  readonly extra?: readonly Uint8Array[];
}

export function png({ columns, rows, depth = 8, colour, interlace = 0, lines, extra = [] }: PngParts): Uint8Array {
  const header = join(big(columns, 4), big(rows, 4), depth, colour, 0, 0, interlace);
  const packed = new Uint8Array(deflateSync(lines));
  const half = packed.length >> 1;
  return join(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', packed.subarray(0, half)),
    pngChunk('IDAT', packed.subarray(half)),
    pngChunk('IEND', new Uint8Array()),
  );
}

export function wav(code: number, bits: number, channels: number, data: Uint8Array): Uint8Array {
  const frame = (channels * bits) / 8;
  const format = join(
    little(code, 2),
    little(channels, 2),
    little(8000, 4),
    little(8000 * frame, 4),
    little(frame, 2),
    little(bits, 2),
  );
  const body = join(
    'WAVE',
    'fmt ',
    little(16, 4),
    format,
    'LIST',
    little(3, 4),
    'abc',
    0,
    'data',
    little(data.length, 4),
    data,
  );
  return join('RIFF', little(body.length, 4), body);
}

/** What a reader throws, as text; fails when it returns. */
export async function refusal(read: () => unknown): Promise<string> {
  try {
    await read();
  } catch (error) {
    return `${error instanceof Error ? error.name : ''} ${error instanceof Error ? error.message : String(error)}`;
  }
  throw new Error('it was read');
}
