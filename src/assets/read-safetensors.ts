import { ByteReader, FormatError } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { arrayItems, objectEntries, parseJson, stringValue, wholeNumber } from './json.ts';
import type { JsonNode } from './json.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

const types: ReadonlyMap<string, ElementType> = new Map([
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64'],
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['I8', 'int8'],
  ['U16', 'uint16'],
  ['I16', 'int16'],
  ['U32', 'uint32'],
  ['I32', 'int32'],
  ['U64', 'uint64'],
  ['I64', 'int64'],
]);

/** As the reference library's limit. */
const longestHeader = 100_000_000;
const fields: readonly string[] = ['dtype', 'shape', 'data_offsets'];

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Where the header speaks of it. */
  readonly offset: number;
}

function parseEntry(name: string, node: JsonNode, file: string): Entry {
  const fail = (reason: string, offset = node.offset): never => {
    throw new FormatError(file, offset, `tensor ${JSON.stringify(name)}: ${reason}`);
  };
  const entry = objectEntries(node, file, `tensor ${JSON.stringify(name)}`);
  for (const [key, value] of entry) {
    if (!fields.includes(key)) fail(`unknown field ${JSON.stringify(key)}`, value.offset);
  }
  const at = node.offset;
  const dtype = stringValue(entry.get('dtype'), file, 'dtype', at);
  const type = types.get(dtype) ?? fail(`dtype ${JSON.stringify(dtype)} is not read here`, entry.get('dtype')?.offset);
  const shapeNode = entry.get('shape');
  const shape = arrayItems(shapeNode, file, 'shape', at).map((item) => wholeNumber(item, file, 'a dimension'));
  const offsets = arrayItems(entry.get('data_offsets'), file, 'data_offsets', at);
  if (offsets.length !== 2) fail('data_offsets must be [begin, end]', entry.get('data_offsets')?.offset);
  const begin = wholeNumber(offsets[0], file, 'the begin offset');
  const end = wholeNumber(offsets[1], file, 'the end offset');
  const needed = countElements(shape, (reason) => fail(reason, shapeNode?.offset)) * elementSize(type);
  if (end < begin) fail(`its data end at ${end}, before they begin at ${begin}`);
  if (end - begin !== needed) {
    fail(`${dtype} of shape [${shape.join(', ')}] takes ${needed} bytes, the offsets give ${end - begin}`);
  }
  return { name, type, shape, begin, end, offset: node.offset };
}

/**
 * Reads a safetensors file (8-byte little-endian header length, JSON header, raw little-endian tensors) into tensors
 * by name, in the order of the header. Every byte of the data must belong to exactly one tensor. Throws
 * {@link FormatError}. Format: huggingface/safetensors README, "Format".
 */
export function readSafetensors(bytes: Uint8Array, file: string, options: ReadOptions = {}): Map<string, TensorData> {
  const reader = new ByteReader(bytes, file);
  const headerLength = reader.uint64('the header length');
  if (headerLength > longestHeader) {
    reader.fail(`a header of ${headerLength} bytes; at most ${longestHeader} are read`, 0);
  }
  const headerStart = reader.advance(headerLength, 'the header');
  const dataStart = reader.position;
  if (bytes[headerStart] !== 0x7b || headerLength === 0) reader.fail("the header does not start with '{'", headerStart);

  const header = objectEntries(parseJson(bytes, file, headerStart, dataStart), file, 'the header');
  const entries: Entry[] = [];
  for (const [name, node] of header) {
    if (name !== '__metadata__') entries.push(parseEntry(name, node, file));
    else for (const value of objectEntries(node, file, '__metadata__').values()) stringValue(value, file, 'metadata');
  }

  let position = 0;
  const byOffset = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  for (const { name, begin, end, offset } of byOffset) {
    if (begin < position) reader.fail(`tensor ${JSON.stringify(name)} shares bytes with another`, offset);
    if (begin > position) {
      reader.fail(`the bytes before tensor ${JSON.stringify(name)} belong to no tensor`, dataStart + position);
    }
    reader.advance(end - begin, `the data of tensor ${JSON.stringify(name)}`);
    position = end;
  }
  reader.finish('the last tensor');

  return new Map(
    entries.map(({ name, type, shape, begin }) => [
      name,
      decodeElements({ bytes, file, start: dataStart + begin, type, shape }, options),
    ]),
  );
}
