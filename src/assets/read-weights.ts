import { FormatError } from './bytes.ts';
import { readNpy } from './read-npy.ts';
import { readNpz } from './read-npz.ts';
import { readSafetensors } from './read-safetensors.ts';
import { readTorch } from './read-torch.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

type Reader = (bytes: Uint8Array, file: string, options: ReadOptions) => Promise<Map<string, TensorData>>;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['safetensors', async (bytes, file, options) => readSafetensors(bytes, file, options)],
  ['npz', readNpz],
  ['npy', async (bytes, file, options) => new Map([['array', readNpy(bytes, file, options)]])],
  ['pt', readTorch],
  ['pth', readTorch],
  ['th', readTorch],
  ['bin', readTorch],
]);

/**
 * Reads a file of weights by its extension: `.safetensors`, `.npz`, `.npy` (one tensor, `array`), and torch's `.pt`,
 * `.pth`, `.th`, `.bin`. Throws {@link FormatError}, also for other extensions.
 */
export async function readWeights(
  bytes: Uint8Array,
  file: string,
  options: ReadOptions = {},
): Promise<Map<string, TensorData>> {
  const read = readers.get(file.slice(file.lastIndexOf('.') + 1));
  if (!read) {
    throw new FormatError(file, 0, `no reader for this extension; there are ${[...readers.keys()].join(', ')}`);
  }
  return read(bytes, file, options);
}
