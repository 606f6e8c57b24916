import { ByteReader, FormatError } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

/** By their numbers in the schema. */
const types: ReadonlyMap<number, ElementType> = new Map([
  [0, 'float32'],
  [1, 'float16'],
  [2, 'int32'],
  [3, 'uint8'],
  [4, 'int64'],
  [6, 'bool'],
  [7, 'int16'],
  [9, 'int8'],
  [10, 'float64'],
]);

/** Where the fields of the schema's tables stand. */
const fields = {
  model: { subgraphs: 2, buffers: 4 },
  subgraph: { tensors: 0 },
  tensor: { shape: 0, type: 1, buffer: 2, name: 3, quantisation: 4 },
  quantisation: { scale: 2 },
  buffer: { data: 0 },
} as const;

interface Vector {
  readonly start: number;
  readonly length: number;
}

/** Reads a flat buffer by offsets; every one of them is checked to lie inside the file. */
class FlatBuffer {
  readonly reader: ByteReader;

  constructor(reader: ByteReader) {
    this.reader = reader;
  }

  uint32(at: number, what: string): number {
    this.reader.seek(at, what);
    return this.reader.uint32(what);
  }

  /** Where a field of the table at `table` stands; `undefined` where it has its default. */
  field(table: number, index: number, what: string): number | undefined {
    this.reader.seek(table, what);
    const layout = table - this.reader.int32(what);
    this.reader.seek(layout, `the layout of ${what}`);
    const size = this.reader.uint16(`the layout of ${what}`);
    if (4 + 2 * index >= size) return undefined;
    this.reader.seek(layout + 4 + 2 * index, `the layout of ${what}`);
    const offset = this.reader.uint16(`the layout of ${what}`);
    return offset === 0 ? undefined : table + offset;
  }

  /** What an offset that stands at `at` points to. */
  target(at: number, what: string): number {
    return at + this.uint32(at, what);
  }

  /** A field that is a vector of elements of `size` bytes; empty where it is left out. */
  vector(table: number, index: number, size: number, what: string): Vector {
    const at = this.field(table, index, what);
    if (at === undefined) return { start: 0, length: 0 };
    const start = this.target(at, what) + 4;
    const length = this.uint32(start - 4, what);
    this.reader.advance(length * size, what);
    return { start, length };
  }

  /** The tables of a field that is a vector of them. */
  tables(table: number, index: number, what: string): number[] {
    const { start, length } = this.vector(table, index, 4, what);
    return Array.from({ length }, (_, i) => this.target(start + 4 * i, what));
  }
}

/**
 * Reads the constants of a TensorFlow Lite model with one graph: tensors by name, in the order of the file; names and
 * layouts stay, and what the graph computes is not read. Throws {@link FormatError}, also for quantised tensors. Format:
 * tensorflow/tensorflow:tensorflow/lite/schema/schema.fbs.
 */
export function readTflite(bytes: Uint8Array, file: string, options: ReadOptions = {}): Map<string, TensorData> {
  const reader = new ByteReader(bytes, file);
  const buffer = new FlatBuffer(reader);
  const model = reader.uint32('the root');
  reader.magic([0x54, 0x46, 0x4c, 0x33], "the mark 'TFL3'");
  const graphs = buffer.tables(model, fields.model.subgraphs, 'the graphs');
  const [graph] = graphs;
  if (graph === undefined || graphs.length > 1) return reader.fail(`${graphs.length} graphs; models with one are read`, 0);
  const data = buffer
    .tables(model, fields.model.buffers, 'the buffers')
    .map((table) => buffer.vector(table, fields.buffer.data, 1, 'a buffer'));

  const constants = new Map<string, TensorData>();
  for (const table of buffer.tables(graph, fields.subgraph.tensors, 'the tensors')) {
    const named = buffer.vector(table, fields.tensor.name, 1, "a tensor's name");
    reader.seek(named.start, "a tensor's name");
    const name = reader.utf8(named.length, "a tensor's name");
    const what = `tensor ${JSON.stringify(name)}`;
    const fail = (reason: string): never => {
      throw new FormatError(file, table, `${what}: ${reason}`);
    };
    const bufferAt = buffer.field(table, fields.tensor.buffer, what);
    const index = bufferAt === undefined ? 0 : buffer.uint32(bufferAt, what);
    const held = data[index] ?? fail(`its buffer ${index} is not there`);
    if (held.length === 0) continue;
    const dimensions = buffer.vector(table, fields.tensor.shape, 4, what);
    const shape = Array.from({ length: dimensions.length }, (_, axis) => buffer.uint32(dimensions.start + 4 * axis, what));
    const typeAt = buffer.field(table, fields.tensor.type, what);
    const number = typeAt === undefined ? 0 : (bytes[typeAt] ?? fail('its type lies outside the file'));
    const type = types.get(number) ?? fail(`elements of type ${number} are not read here`);
    const quantisation = buffer.field(table, fields.tensor.quantisation, what);
    if (quantisation !== undefined) {
      const scale = buffer.vector(buffer.target(quantisation, what), fields.quantisation.scale, 4, what);
      if (scale.length > 0) fail('it is quantised; plain numbers are read here');
    }
    const needed = countElements(shape, fail) * elementSize(type);
    if (needed !== held.length) fail(`${type} of shape [${shape.join(', ')}] takes ${needed} bytes, its buffer has ${held.length}`);
    if (constants.has(name)) fail('a constant before has the same name');
    constants.set(name, decodeElements({ bytes, file, start: held.start, type, shape }, options));
  }
  if (constants.size === 0) reader.fail('the model holds no constants', 0);
  return constants;
}
