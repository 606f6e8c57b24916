import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { BackendFiles } from './backend-files.ts';

/** The binary files as they lie in this checkout and in its installed packages. */
export function backendFiles(): BackendFiles {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return {
    tfjsWasmFolder: dirname(entry) + sep,
    kernels: async () => new Uint8Array(await readFile(new URL('./kernels/kernels.wasm', import.meta.url))),
  };
}
