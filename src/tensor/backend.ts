import * as tf from '@tensorflow/tfjs';
import type { BackendFiles } from './backend-files.ts';
import { loadWasm } from './backends/wasm.ts';
import { loadNode } from './backends/node.ts';
import { loadWebgpu } from './backends/webgpu.ts';
import type { DeviceDescription } from './backends/webgpu-device.ts';

/** The back-ends of the engine; `wasm` is the default everywhere, `cpu` the slow reference. */
export type BackendName = 'wasm' | 'cpu' | 'node' | 'webgpu';

export interface BackendOptions {
  /** wasm only: the project's own kernels (the default) or tfjs's. */
  readonly kernels?: 'own' | 'stock';
  /** wasm only: where the binary files are. A page must say so; Node finds them by itself. */
  readonly files?: BackendFiles;
  /**
   * webgpu only: a part of the adapter's name, without which no adapter is taken that computes on the processor. Where
   * left out, ATLAS_WEBGPU_ADAPTER says it in Node.
   */
  readonly adapter?: string;
}

/** What computes, as it goes into a record. */
export interface BackendInfo {
  readonly name: BackendName;
  /** `own-simd/1`, `stock`, or `stock (…)` with the reason why the own kernels could not be installed. */
  readonly kernels: string;
  readonly versions: Readonly<Record<string, string>>;
  /** webgpu only: what it computes on. */
  readonly device?: DeviceDescription;
}

/** Makes a back-end ready and says which kernels it runs with. */
export type BackendLoader = (options: BackendOptions) => Promise<Omit<BackendInfo, 'name'>>;

const loaders: Readonly<Record<BackendName, BackendLoader>> = {
  wasm: loadWasm,
  cpu: async () => {
    await select('cpu');
    return { kernels: 'stock', versions: {} };
  },
  node: loadNode,
  webgpu: loadWebgpu,
};

/**
 * Makes `name` the back-end of everything that follows; tensors made before stay usable. Throws one sentence that says
 * what to install when it can't be had on this machine.
 */
export async function useBackend(name: BackendName, options: BackendOptions = {}): Promise<BackendInfo> {
  const loader = loaders[name];
  if (!loader) throw new Error(`There is no back-end "${name}": choose one of ${Object.keys(loaders).join(', ')}.`);
  tf.env().set('PROD', true); // no banner, and no scan of every result for NaN
  const info = await loader(options);
  return { ...info, name, versions: { tfjs: tf.version.tfjs, ...info.versions } };
}

async function select(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`The back-end "${name}" could not be started on this machine.`);
  await tf.ready();
}
