import * as tf from '@tensorflow/tfjs';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { BackendLoader } from '../backend.ts';
import type { BackendFiles } from '../backend-files.ts';
import { installKernels } from '../kernels/install.ts';
import type { InstalledKernels } from '../kernels/install.ts';
import description from '../kernels/kernels.json' with { type: 'json' };

let installed: InstalledKernels | undefined;

/** tfjs's wasm back-end, one thread with SIMD, with the project's own kernels working on its memory. */
export const loadWasm: BackendLoader = async ({ kernels = 'own', files }) => {
  const sources = files ?? (await filesInNode());
  if (!tf.engine().registry['wasm']) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // threads: other memory, other order of sums
    setWasmPaths(sources.tfjsWasmFolder);
  }
  if (!(await tf.setBackend('wasm'))) throw new Error('This machine cannot run WebAssembly: use the back-end "cpu".');
  await tf.ready();
  const versions = { 'tfjs-backend-wasm': version_wasm };
  if (kernels === 'stock') {
    installed?.uninstall();
    installed = undefined;
    return { kernels: 'stock', versions };
  }
  if (!installed) {
    const bytes = await sources.kernels();
    const digest = bytesToHex(sha256(bytes));
    const result =
      digest === description.sha256
        ? await installKernels(bytes)
        : { reason: `kernels.wasm has the SHA-256 ${digest} instead of ${description.sha256}` };
    if ('reason' in result) {
      console.warn(`The project's own kernels could not be installed, so tfjs's slower ones run: ${result.reason}`);
      return { kernels: `stock (${result.reason})`, versions };
    }
    installed = result;
  }
  return { kernels: description.version, versions };
};

async function filesInNode(): Promise<BackendFiles> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new Error('The wasm back-end in a page needs to be told where its files are: useBackend("wasm", { files }).');
  }
  // A name that no bundler follows: pages never load this module.
  const module = './../backend-files.node.ts';
  const { backendFiles }: typeof import('../backend-files.node.ts') = await import(/* @vite-ignore */ module);
  return backendFiles();
}
