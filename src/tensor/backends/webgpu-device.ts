import { deviceComplained, deviceLost } from './device-unusable.ts';
import type { DeviceUnusable } from './device-unusable.ts';

/** A graphics device as a record names it. Words are as its driver gives them; some may be empty. */
export interface DeviceDescription {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  /** The driver and its version. */
  readonly driver: string;
  /** The limits that decide what fits and which shaders are chosen; bytes and counts. */
  readonly limits: Readonly<Record<string, number>>;
}

/** A device that computes until there is trouble. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly description: DeviceDescription;
  /** Why nothing on this device can be trusted any more; undefined while all is well. */
  readonly trouble: () => DeviceUnusable | undefined;
}

/** The limits that tfjs asks for as high as they go. */
const wanted = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * Opens the strongest graphics adapter with its highest limits. An adapter that computes on the processor (SwiftShader,
 * llvmpipe) is a thousand times slower than a graphics card and is taken only when `name`, a part of its name, asks for it.
 * @throws Error with a sentence when there is none, or none of that name
 */
export async function openDevice(gpu: GPU, name = ''): Promise<OpenDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new Error(
      'No graphics adapter was found for "webgpu": install the driver of the graphics card (on Linux with its Vulkan part and ' +
        'libvulkan.so.1), or use the back-end "wasm", which needs nothing.',
    );
  }
  const { info, features, limits } = adapter;
  const inWords = nameOf(info);
  if (!inWords.toLowerCase().includes(name.toLowerCase())) {
    throw new Error(`The graphics adapter here is ${inWords}, not "${name}" as asked.`);
  }
  if (name === '' && info.isFallbackAdapter) {
    throw new Error(
      `The only graphics adapter here is ${inWords}, which computes on the processor: install the driver of the graphics card, ` +
        'use the back-end "wasm", which is faster, or ask for it by its name in ATLAS_WEBGPU_ADAPTER.',
    );
  }
  const device = await adapter.requestDevice({
    requiredFeatures: features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(wanted.map((limit) => [limit, limits[limit]])),
  });
  return watched(device, {
    name: info.device,
    vendor: info.vendor,
    architecture: info.architecture,
    driver: info.description,
    limits: Object.fromEntries(wanted.map((limit) => [limit, device.limits[limit]])),
  });
}

const nameOf = ({ vendor, architecture, device, description }: GPUAdapterInfo): string =>
  [vendor, architecture, device, description].filter((word) => word !== '').join(' ');

/** Keeps what the device reports: it never throws by itself, but goes on with buffers that hold nothing. */
function watched(device: GPUDevice, description: DeviceDescription): OpenDevice {
  let trouble: DeviceUnusable | undefined;
  void device.lost.then(({ message, reason }) => {
    trouble ??= deviceLost(message === '' ? reason : message);
  });
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault(); // else it is printed in the middle of what the program prints
    trouble ??= deviceComplained(event.error.message);
  });
  return { device, description, trouble: () => trouble };
}
