import * as tf from '@tensorflow/tfjs';
import type { BackendLoader } from '../backend.ts';

/** libtensorflow through the optional package `@tensorflow/tfjs-node`; Node only. */
export const loadNode: BackendLoader = async () => {
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new Error('The back-end "node" runs in Node only; in a page use "wasm" or "webgpu".');
  }
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  await restoreRemovedUtilities();
  const name = '@tensorflow/tfjs-node';
  let version: string;
  try {
    const binding: { version: Record<string, string> } = await import(/* @vite-ignore */ name);
    version = binding.version['tfjs-node'] ?? 'unknown';
  } catch {
    throw new Error(
      'The back-end "node" needs the optional package @tensorflow/tfjs-node 4.22.0 with its library: ' +
        'run `npm install @tensorflow/tfjs-node@4.22.0`, or use the back-end "wasm", which needs nothing.',
    );
  }
  if (!(await tf.setBackend('tensorflow'))) throw new Error('The library behind @tensorflow/tfjs-node did not start.');
  await tf.ready();
  return { kernels: 'libtensorflow', versions: { 'tfjs-node': version } };
};

/** tfjs-node 4.22 calls two functions of `util` that Node 23 took away. */
async function restoreRemovedUtilities(): Promise<void> {
  const util: Record<string, unknown> = process.getBuiltinModule('util') as unknown as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
