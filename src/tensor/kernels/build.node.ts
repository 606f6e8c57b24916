import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { generatedSources } from './generate.ts';

/** Goes into every record: it changes whenever the kernels' bits do. */
export const kernelVersion = 'own-simd/1';

export const kernelFiles = {
  wasm: new URL('./kernels.wasm', import.meta.url),
  description: new URL('./kernels.json', import.meta.url),
} as const;

/**
 * Compiles the kernels. They import their memory and have neither data nor a stack in it, so that they can work inside
 * the memory of another module. Throws the compiler's own messages when a source has a mistake.
 */
export async function buildKernels(): Promise<Uint8Array> {
  const generated = generatedSources();
  const folder = new URL('./assembly/', import.meta.url);
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'index.ts', '--outFile', 'kernels.wasm', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--enable',
      'simd', '--enable', 'bulk-memory', '-O3', '--noAssert', '--use', 'abort=',
    ],
    {
      readFile: async (name) => {
        const made = /^generated\/(.+)$/.exec(name)?.[1];
        if (made !== undefined) return generated.get(made) ?? null;
        return readFile(new URL(name, folder), 'utf8').catch(() => null);
      },
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm' && typeof contents !== 'string') wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return wasm;
}
