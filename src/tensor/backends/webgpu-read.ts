import * as tf from '@tensorflow/tfjs';
import type { DataId } from '@tensorflow/tfjs-core/dist/tensor_info.js';
import { deviceLost } from './device-unusable.ts';
import type { OpenDevice } from './webgpu-device.ts';

type Values = Float32Array | Int32Array | Uint8Array;

/** The parts of tfjs's WebGPU back-end, version 4.22, that reading needs; not public. */
export interface StockBackend extends tf.KernelBackend {
  readonly tensorMap: {
    get(id: DataId): { readonly values?: Values | null; readonly resource?: GPUBuffer | null; readonly dtype: tf.DataType };
  };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: GPUBufferUsageFlags): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  };
  readonly commandEncoder: GPUCommandEncoder;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  convertAndCacheOnCPU(id: DataId, values: Values): Values;
}

/**
 * Lets a back-end read tensors at once, in the middle of a turn of the event loop, as `dataSync` and thereby the whole
 * engine expects: its own way goes through a canvas, which Node hasn't. `deliver` hands out one of the device's events and
 * says whether there was one.
 * Reading throws DeviceUnusable once the device is.
 */
export function readAtOnce(backend: StockBackend, { trouble }: OpenDevice, deliver: () => boolean): void {
  const stockReadSync = backend.readSync.bind(backend);

  const check = (): void => {
    const found = trouble();
    if (found) throw found;
  };
  const waitFor = (buffer: GPUBuffer): void => {
    for (let turn = 0; buffer.mapState === 'pending'; turn += 1) {
      if (!deliver()) throw new Error('Dawn gives out its events in another way than in webgpu 0.6.2: install that version.');
      if (turn > turnsWithoutRest) rest();
    }
  };

  backend.readSync = (id: DataId) => {
    const { values, resource, dtype } = backend.tensorMap.get(id);
    check();
    if (values || dtype === 'complex64' || !resource) return stockReadSync(id);
    const { size } = resource;
    const staging = backend.bufferManager.acquireBuffer(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.commandEncoder.copyBufferToBuffer(resource, 0, staging, 0, size);
    backend.submitQueue();
    staging.mapAsync(GPUMapMode.READ).catch(() => undefined); // the state of the buffer says the same at once
    waitFor(staging);
    if (staging.mapState !== 'mapped') {
      check();
      throw deviceLost('it stopped while a result was read');
    }
    const bytes = staging.getMappedRange().slice(0);
    staging.unmap();
    backend.bufferManager.releaseBuffer(staging);
    check();
    return backend.convertAndCacheOnCPU(id, tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype) as Values);
  };
  backend.read = async (id: DataId) => backend.readSync(id);
}

/** A short result is there after a few turns; a long one leaves the processor to others meanwhile. */
const turnsWithoutRest = 100;
const restMilliseconds = 0.05;
const never = new Int32Array(new SharedArrayBuffer(4));

function rest(): void {
  Atomics.wait(never, 0, 0, restMilliseconds);
}
