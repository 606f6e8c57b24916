import { fetchAssetSource } from '../../../src/assets/index.ts';
import type { CellRequest } from '../../../src/bench/index.ts';
import { runHere } from './run-here.ts';

/** Runs in a worker of the page: takes cells, answers with their bits or with what went wrong. */
self.addEventListener('message', (event: MessageEvent<readonly CellRequest[]>) => {
  const base = new URL('.', self.location.href).href;
  const files = {
    tfjsWasmFolder: `${base}tfjs/`,
    kernels: async () => new Uint8Array(await (await fetch(`${base}kernels.wasm`)).arrayBuffer()),
  };
  runHere(event.data, fetchAssetSource({ baseUrl: `${base}models` }), files).then(
    (bits) => self.postMessage({ bits }),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
