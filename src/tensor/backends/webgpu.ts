import * as tf from '@tensorflow/tfjs';
import type { BackendLoader } from '../backend.ts';
import { openDevice } from './webgpu-device.ts';
import type { OpenDevice } from './webgpu-device.ts';
import type { StockBackend } from './webgpu-read.ts';
import { replaceWrongKernels } from './webgpu-replaced.ts';

/** Where WebGPU comes from: the browser's own, or Dawn in Node. */
export interface WebgpuSource {
  readonly gpu: GPU;
  readonly versions: Readonly<Record<string, string>>;
  /** The adapter asked for by name, as in `BackendOptions`. */
  readonly adapter?: string;
  /** What is done to tfjs's back-end before it is used. */
  readonly complete: (backend: StockBackend, open: OpenDevice) => void;
}

const advice = 'or use the back-end "wasm", which needs nothing.';
const packageName = '@tensorflow/tfjs-backend-webgpu';

let present: OpenDevice | undefined;

/**
 * WebGPU: the browser's own in a page, Dawn through the optional npm package `webgpu` in Node. In place of a device
 * that is unusable the next call opens another; what was computed on it is gone.
 */
export const loadWebgpu: BackendLoader = async ({ adapter }) => {
  const source = isNode() ? await sourceInNode() : sourceInPage();
  const { WebGPUBackend } = await stockPackage();
  if (!present || present.trouble()) {
    // The package registers one that asks for its device in its own way.
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
    present?.device.destroy();
    const open = await openDevice(source.gpu, adapter ?? source.adapter);
    tf.registerBackend('webgpu', () => {
      const backend = new WebGPUBackend(open.device, open.device.adapterInfo);
      source.complete(backend, open);
      return backend;
    });
    replaceWrongKernels();
    present = open;
  }
  if (!(await tf.setBackend('webgpu'))) throw new Error(`tfjs could not start its back-end "webgpu": ${advice}`);
  await tf.ready();
  const versions = { ...source.versions, 'tfjs-backend-webgpu': tf.version.tfjs };
  return { kernels: 'stock', versions, device: present.description };
};

const isNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node);

async function sourceInNode(): Promise<WebgpuSource> {
  // A name that no bundler follows: pages never load this module.
  const module = './webgpu-dawn.node.ts';
  const { dawnSource }: typeof import('./webgpu-dawn.node.ts') = await import(/* @vite-ignore */ module);
  return dawnSource();
}

function sourceInPage(): WebgpuSource {
  if (!navigator.gpu) throw new Error(`This browser has no WebGPU: switch it on or take a newer browser, ${advice}`);
  return { gpu: navigator.gpu, versions: {}, complete: () => undefined };
}

/** The part of the package that is used; its own types bring a second set of those of WebGPU. */
interface StockPackage {
  readonly WebGPUBackend: new (device: GPUDevice, info: GPUAdapterInfo) => StockBackend;
}

async function stockPackage(): Promise<StockPackage> {
  try {
    return await import(/* @vite-ignore */ packageName);
  } catch {
    throw new Error(
      `The back-end "webgpu" needs the package ${packageName} 4.22.0: run \`npm install ${packageName}@4.22.0\`, ${advice}`,
    );
  }
}
