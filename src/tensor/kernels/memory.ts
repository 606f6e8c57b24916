import * as tf from '@tensorflow/tfjs';
import type { DataType, TensorInfo } from '@tensorflow/tfjs';

/** The memory of tfjs's wasm module, in which all tensors of the back-end lie. */
export interface SharedMemory {
  readonly memory: WebAssembly.Memory;
  /** Where a tensor's numbers begin. */
  readonly address: (tensor: TensorInfo) => number;
  /** A new tensor with undefined content. Throws when the memory is used up. */
  readonly output: (shape: readonly number[], dtype?: DataType) => TensorInfo;
  /** One more tensor over the same numbers. */
  readonly share: (tensor: TensorInfo) => TensorInfo;
  /** A block of at least so many bytes that lasts until the next call; ask for outputs first, they may move nothing. */
  readonly scratch: (bytes: number) => number;
  /** A block that lasts until `release`. */
  readonly reserve: (bytes: number) => number;
  /** Views of the memory as it is now: take them after the last allocation. */
  readonly int32: () => Int32Array;
  readonly bytes: () => Uint8Array;
  readonly release: () => void;
}

/** The part of Emscripten's module and of tfjs's back-end that is used here. It is not public: checked when opened. */
interface PrivateBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly HEAP32: Int32Array;
    readonly asm?: { readonly memory?: unknown };
    readonly wasmMemory?: unknown;
    readonly _malloc: (bytes: number) => number;
    readonly _free: (address: number) => void;
  };
  readonly dataIdMap: { readonly get: (id: object) => { readonly memoryOffset: number } };
  readonly makeOutput: (shape: readonly number[], dtype: DataType) => TensorInfo;
  readonly incRef: (id: object) => void;
}

function usedUp(detail: string): string {
  return `The memory of the wasm back-end is used up: ${detail}; take smaller batches.`;
}

const smallestScratch = 1 << 20;

/** Opens the memory of the present (wasm) back-end, or says why that is not possible. */
export function openMemory(): SharedMemory | { readonly reason: string } {
  const backend = tf.backend() as unknown as PrivateBackend;
  const module = backend.wasm;
  const memory = module?.asm?.memory ?? module?.wasmMemory;
  const complete =
    typeof module?._malloc === 'function' && typeof module._free === 'function' &&
    typeof backend.dataIdMap?.get === 'function' && typeof backend.makeOutput === 'function' &&
    typeof backend.incRef === 'function';
  if (!complete || !(memory instanceof WebAssembly.Memory) || memory.buffer !== module.HEAPU8.buffer) {
    return { reason: `tfjs ${tf.version.tfjs} does not give access to its memory as 4.22.0 does` };
  }
  const reserve = (bytes: number): number => {
    const address = module._malloc(bytes) >>> 0;
    if (address === 0) throw new Error(usedUp(`${bytes} more bytes were not to be had`));
    return address;
  };
  let block = 0;
  let size = 0;
  const address = (tensor: TensorInfo): number => backend.dataIdMap.get(tensor.dataId).memoryOffset >>> 0;
  return {
    memory,
    address,
    output(shape, dtype = 'float32') {
      const tensor = backend.makeOutput(shape, dtype);
      if (address(tensor) === 0 && tf.util.sizeFromShape([...shape]) > 0) {
        throw new Error(usedUp(`no room for a tensor [${shape}]`));
      }
      return tensor;
    },
    share(tensor) {
      backend.incRef(tensor.dataId);
      return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
    },
    scratch(bytes) {
      if (bytes > size) {
        if (block) module._free(block);
        block = 0;
        size = Math.max(bytes, smallestScratch);
        block = reserve(size);
      }
      return block;
    },
    reserve,
    int32: () => module.HEAP32,
    bytes: () => module.HEAPU8,
    release() {
      if (block) module._free(block);
      block = 0;
      size = 0;
    },
  };
}
