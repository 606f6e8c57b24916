import { FormatError } from './bytes.ts';
import { readNpy } from './read-npy.ts';
import { readZip } from './read-zip.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

/** Reads a NumPy archive (stored or deflated) into arrays by name, without `.npy`. Throws {@link FormatError}. */
export async function readNpz(
  bytes: Uint8Array,
  file: string,
  options: ReadOptions = {},
): Promise<Map<string, TensorData>> {
  const arrays = new Map<string, TensorData>();
  for (const [member, content] of await readZip(bytes, file)) {
    if (!member.endsWith('.npy')) throw new FormatError(file, 0, `member ${JSON.stringify(member)} is no .npy array`);
    arrays.set(member.slice(0, -'.npy'.length), readNpy(content, `${file}/${member}`, options));
  }
  return arrays;
}
