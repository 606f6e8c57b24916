import { ByteReader } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { TensorData } from './tensor-data.ts';

/** The seven numbers of the header, in their order. */
export interface Llama2cConfig {
  readonly width: number;
  readonly mlpWidth: number;
  readonly depth: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly vocabulary: number;
  readonly contextLength: number;
  /** Whether the token embeddings are the head, too; a negative vocabulary says that they aren't. */
  readonly tiedHead: boolean;
}

export interface Llama2cFile {
  readonly config: Llama2cConfig;
  /** Under the names of Meta's checkpoints (`layers.0.attention.wq.weight`), matrices `[out, in]`. */
  readonly tensors: ReadonlyMap<string, TensorData>;
}

/** The magic number of the later versions, "ak42". */
const laterVersions = 0x616b3432;
/** More than any model that fits a browser; a file that claims more is another format. */
const largest = 1 << 24;

function readConfig(reader: ByteReader): Llama2cConfig {
  const first = reader.uint32('the width');
  if (first === laterVersions) reader.fail('a later version of the format; only the first, without a magic number, is read', 0);
  reader.seek(0, 'the header');
  const size = (what: string): number => {
    const value = reader.int32(what);
    if (value < 1 || value > largest) reader.fail(`${what} is ${value}, which no llama2.c model has`, reader.position - 4);
    return value;
  };
  const [width, mlpWidth, depth] = [size('the width'), size('the width of the MLP'), size('the number of layers')];
  const [heads, keyValueHeads] = [size('the number of heads'), size('the number of key-value heads')];
  const vocabulary = reader.int32('the vocabulary');
  if (vocabulary === 0 || Math.abs(vocabulary) > largest) {
    reader.fail(`the vocabulary is ${vocabulary}, which no llama2.c model has`, 20);
  }
  const contextLength = size('the context length');
  if (width % heads !== 0 || (width / heads) % 2 !== 0) {
    reader.fail(`${heads} heads can't share a width of ${width} in pairs`, 12);
  }
  if (heads % keyValueHeads !== 0) reader.fail(`${heads} heads can't share ${keyValueHeads} key-value heads`, 16);
  const tiedHead = vocabulary > 0;
  return { width, mlpWidth, depth, heads, keyValueHeads, vocabulary: Math.abs(vocabulary), contextLength, tiedHead };
}

/** What stands in the file one after the other: a kind of tensor, for every layer or once. */
function partsOf(config: Llama2cConfig): readonly (readonly [name: string, shape: readonly number[], kept: boolean])[] {
  const { width, mlpWidth, depth, heads, keyValueHeads, vocabulary, contextLength, tiedHead } = config;
  const keyWidth = (width / heads) * keyValueHeads;
  const everyLayer = (name: string, ...shape: readonly number[]) =>
    Array.from({ length: depth }, (_, index) => [`layers.${index}.${name}.weight`, shape, true] as const);
  const angles = [contextLength, width / heads / 2];
  return [
    ['tok_embeddings.weight', [vocabulary, width], true],
    ...everyLayer('attention_norm', width),
    ...everyLayer('attention.wq', width, width),
    ...everyLayer('attention.wk', keyWidth, width),
    ...everyLayer('attention.wv', keyWidth, width),
    ...everyLayer('attention.wo', width, width),
    ...everyLayer('ffn_norm', width),
    ...everyLayer('feed_forward.w1', mlpWidth, width),
    ...everyLayer('feed_forward.w2', width, mlpWidth),
    ...everyLayer('feed_forward.w3', mlpWidth, width),
    ['norm.weight', [width], true],
    ['the cosines of positions', angles, false],
    ['the sines of positions', angles, false],
    ...(tiedHead ? [] : [['output.weight', [vocabulary, width], true] as const]),
  ];
}

/**
 * Reads a checkpoint of llama2.c in its first version (karpathy/llama2.c:export.py, `legacy_export`): seven int32, then
 * float32 tensors, little-endian. Rotary positions turn neighbours. Throws {@link FormatError}, one sentence.
 */
export function readLlama2c(bytes: Uint8Array, file: string): Llama2cFile {
  const reader = new ByteReader(bytes, file);
  const config = readConfig(reader);
  // a wild number of layers must not be laid out before the file is found too short for it
  if (config.depth * config.width * elementSize('float32') > reader.left) {
    reader.fail(`the file ends inside its ${config.depth} layers: ${reader.left} bytes left`);
  }
  const places = partsOf(config).map(([name, shape, kept]) => {
    const count = shape.reduce((product, n) => product * n, 1);
    return { name, shape, kept, start: reader.advance(count * elementSize('float32'), name) };
  });
  reader.finish('the last tensor');
  return {
    config,
    tensors: new Map(
      places
        .filter(({ kept }) => kept)
        .map(({ name, shape, start }) => [name, decodeElements({ bytes, file, start, type: 'float32', shape })]),
    ),
  };
}
