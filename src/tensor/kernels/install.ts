import * as tf from '@tensorflow/tfjs';
import { attentionKernels } from './attention.ts';
import { convolutionKernels } from './convolution.ts';
import { elementwiseKernels } from './elementwise.ts';
import type { KernelExports } from './exports.ts';
import { layerNormKernels } from './layer-norm.ts';
import { layoutKernels } from './layout.ts';
import { matmulKernels } from './matmul.ts';
import { openMemory } from './memory.ts';
import { poolingKernels } from './pooling.ts';
import type { Registration } from './registration.ts';
import { rowKernels } from './rows.ts';
import { sumKernels } from './sums.ts';
import { replaceTileGradient } from './tile-gradient.ts';

const families = [
  matmulKernels,
  convolutionKernels,
  elementwiseKernels,
  layerNormKernels,
  attentionKernels,
  layoutKernels,
  poolingKernels,
  rowKernels,
  sumKernels,
];

/** Kernels that stand in tfjs's registry until `uninstall` puts tfjs's own back. */
export interface InstalledKernels {
  readonly uninstall: () => void;
}

/**
 * Puts the kernels of `kernels.wasm` into the registry of the wasm back-end, which must be the present one. They work
 * on its memory without a copy; calls that they do not cover go on to tfjs's own. Says why where it is not possible.
 */
export async function installKernels(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<InstalledKernels | { readonly reason: string }> {
  const memory = openMemory();
  if ('reason' in memory) return memory;
  let kernels: KernelExports;
  try {
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: memory.memory } });
    kernels = instance.exports as unknown as KernelExports;
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  const table = memory.reserve(kernels.constantBytes());
  kernels.initialise(table);
  const restore = [...families.flatMap((family) => family({ kernels, memory }).map(register)), replaceTileGradient()];
  return {
    uninstall() {
      for (const undo of restore) undo();
      memory.release();
    },
  };
}

/** Puts one kernel in tfjs's place and returns how to undo it. */
function register({ name, run }: Registration): () => void {
  const stock = tf.getKernel(name, 'wasm');
  if (stock) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    ...(stock?.setupFunc ? { setupFunc: stock.setupFunc } : {}),
    ...(stock?.disposeFunc ? { disposeFunc: stock.disposeFunc } : {}),
    kernelFunc: (call) => {
      const result = run(call.inputs as Parameters<Registration['run']>[0], call.attrs ?? {});
      if (result) return result;
      if (stock) return stock.kernelFunc(call);
      throw new Error(
        `${name}: neither the project's kernels nor tfjs's wasm back-end can do this form; use the back-end "cpu".`,
      );
    },
  });
  return () => {
    tf.unregisterKernel(name, 'wasm');
    if (stock) tf.registerKernel(stock);
  };
}
