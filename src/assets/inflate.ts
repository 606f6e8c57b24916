import { FormatError } from './bytes.ts';

/** Deflate cannot shrink data more than this. */
const largestRatio = 1032;

/** The most bytes that `compressed` bytes of deflate can unfold to. */
export function inflatedAtMost(compressed: number): number {
  return compressed * largestRatio + 64;
}

export interface InflateRequest {
  readonly bytes: Uint8Array;
  readonly format: 'deflate-raw' | 'deflate' | 'gzip';
  /** For messages. */
  readonly file: string;
  readonly offset: number;
  /** Reading stops with an error when more bytes come out. */
  readonly atMost: number;
}

/**
 * Unfolds deflate data with the engine's own decompressor (the same in browsers and Node). Throws {@link FormatError}
 * when the data are damaged, end too early, are followed by others, or unfold to more than `atMost` bytes.
 */
export async function inflate({ bytes, format, file, offset, atMost }: InflateRequest): Promise<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream(format)).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > atMost) {
        throw new FormatError(file, offset, `the compressed data unfold to more than the ${atMost} bytes expected`);
      }
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof FormatError) throw error;
    throw new FormatError(file, offset, 'the compressed data are damaged or cut short');
  }
  const whole = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    whole.set(chunk, position);
    position += chunk.length;
  }
  return whole;
}

/**
 * Unpacks a gzip file; one that unfolds beyond `atMost` bytes (default 1 GiB) is refused. Throws {@link
 * FormatError}.
 */
export function gunzip(bytes: Uint8Array, file: string, atMost = 2 ** 30): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new FormatError(file, 0, 'not a gzip file');
  return inflate({ bytes, format: 'gzip', file, offset: 0, atMost });
}
