import { ByteReader } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

const types: ReadonlyMap<string, ElementType> = new Map([
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['b1', 'bool'],
]);

/** As NumPy's own limit for headers of unknown origin. */
const longestHeader = 10000;

const entryPatterns = {
  descr: /^'descr'\s*:\s*'([^'\\]*)'/,
  fortran_order: /^'fortran_order'\s*:\s*(True|False)(?![A-Za-z0-9_])/,
  shape: /^'shape'\s*:\s*(\(\s*\)|\(\s*[0-9]+\s*,\s*\)|\(\s*[0-9]+(?:\s*,\s*[0-9]+)+\s*,?\s*\))/,
} as const;
type HeaderKey = keyof typeof entryPatterns;
const headerKeys = Object.keys(entryPatterns) as HeaderKey[];

/**
 * Takes the header apart as the literal that NumPy writes: `{'descr': '<f4', 'fortran_order': False, 'shape': (2,
 * 3), }`.
 */
function parseHeader(header: string, fail: (reason: string, position: number) => never): Record<HeaderKey, string> {
  const found = new Map<HeaderKey, string>();
  let at = 0;
  const skipSpace = (): void => {
    while (/\s/.test(header[at] ?? '')) at++;
  };
  const accept = (character: string): boolean => {
    skipSpace();
    if (header[at] !== character) return false;
    at++;
    return true;
  };

  if (!accept('{')) fail('the header is not a dictionary', at);
  while (!accept('}')) {
    skipSpace();
    const rest = header.slice(at).replaceAll('"', "'");
    const key = headerKeys.find((candidate) => rest.startsWith(`'${candidate}'`));
    if (!key) return fail(`the header may hold only ${headerKeys.join(', ')}, as plain literals`, at);
    const match = entryPatterns[key].exec(rest);
    if (!match?.[1]) return fail(`'${key}' has a value that is not read here`, at);
    if (found.has(key)) return fail(`'${key}' stands twice in the header`, at);
    found.set(key, match[1]);
    at += match[0].length;
    if (!accept(',')) {
      if (accept('}')) break;
      fail("',' or '}' expected in the header", at);
    }
  }
  skipSpace();
  if (at < header.length) fail('text after the header', at);
  const valueOf = (key: HeaderKey): string => found.get(key) ?? fail(`'${key}' is missing in the header`, 0);
  return { descr: valueOf('descr'), fortran_order: valueOf('fortran_order'), shape: valueOf('shape') };
}

/**
 * Reads a NumPy array, format versions 1.0 to 3.0, either byte order, C or Fortran order. Python objects, records,
 * strings and complex numbers are refused, and nothing in the header is evaluated. Throws {@link FormatError}.
 */
export function readNpy(bytes: Uint8Array, file: string, options: ReadOptions = {}): TensorData {
  const reader = new ByteReader(bytes, file);
  reader.magic([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy array (\\x93NUMPY)');
  const major = reader.uint8('the format version');
  const minor = reader.uint8('the format version');
  if (major < 1 || major > 3 || minor !== 0) reader.fail(`format version ${major}.${minor} is not known`, 6);
  const length = major === 1 ? reader.uint16('the header length') : reader.uint32('the header length');
  if (length > longestHeader) reader.fail(`a header of ${length} bytes; at most ${longestHeader} are read`, 8);
  const headerStart = reader.position;
  const headerText = major === 3 ? reader.utf8(length, 'the header') : reader.latin1(length, 'the header');
  const header = parseHeader(headerText, (reason, position) => reader.fail(reason, headerStart + position));

  const descr = /^([<>|=]?)([a-zA-Z][0-9]+)$/.exec(header.descr);
  const type = types.get(descr?.[2] ?? '');
  if (!type) return reader.fail(`dtype '${header.descr}' is not read here (numbers and booleans only)`, headerStart);
  if (descr?.[1] === '|' && elementSize(type) > 1) {
    reader.fail(`dtype '${header.descr}' lacks a byte order`, headerStart);
  }

  const shape = (header.shape.match(/[0-9]+/g) ?? []).map(Number);
  const count = countElements(shape, (reason) => reader.fail(reason, headerStart));
  const start = reader.advance(count * elementSize(type), `the ${count} values`);
  reader.finish('the last value');

  const columnMajor = header.fortran_order === 'True';
  let step = 1;
  const fortranStrides = shape.map((size) => {
    const stride = step;
    step *= Math.max(1, size);
    return stride;
  });
  const layout = { bytes, file, start, type, shape, littleEndian: descr?.[1] !== '>' };
  return decodeElements(columnMajor ? { ...layout, strides: fortranStrides } : layout, options);
}
