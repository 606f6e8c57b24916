import * as tf from '@tensorflow/tfjs';
import type { BackendLoader } from '../backend.ts';

const advice = 'or use the back-end "wasm", which needs nothing.';

/** WebGPU: the browser's own in a page, Dawn through the optional npm package `webgpu` in Node. */
export const loadWebgpu: BackendLoader = async () => {
  if (!navigatorHasGpu()) await provideGpuInNode();
  const name = '@tensorflow/tfjs-backend-webgpu';
  try {
    await import(/* @vite-ignore */ name);
  } catch {
    throw new Error(
      `The back-end "webgpu" needs the package ${name} 4.22.0: run \`npm install ${name}@4.22.0\`, ${advice}`,
    );
  }
  if (!(await tf.setBackend('webgpu'))) {
    throw new Error(`No graphics adapter was found for "webgpu": check its driver, ${advice}`);
  }
  await tf.ready();
  return { kernels: 'stock', versions: { 'tfjs-backend-webgpu': tf.version.tfjs } };
};

function navigatorHasGpu(): boolean {
  return typeof navigator !== 'undefined' && 'gpu' in navigator && Boolean(navigator.gpu);
}

async function provideGpuInNode(): Promise<void> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new Error(`This browser has no WebGPU: switch it on or take a newer browser, ${advice}`);
  }
  const name = 'webgpu';
  let dawn: { create: (options: string[]) => unknown; globals: object };
  try {
    dawn = await import(/* @vite-ignore */ name);
  } catch {
    throw new Error(`The back-end "webgpu" in Node needs the package webgpu: run \`npm install webgpu\`, ${advice}`);
  }
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn.create([]) }, configurable: true });
}
