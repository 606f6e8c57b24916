/** What becomes of a device that is asked for too much, and of one that goes away: prints, as JSON, what is said. */
import { tf, useBackend } from '../../../src/tensor/index.ts';

export interface Trouble {
  readonly tooMuch: string;
  readonly stillTooMuch: string;
  readonly lost: string;
  readonly afterwards: readonly number[];
}

/** The device under tfjs's back-end, which it doesn't make public. */
const device = (): GPUDevice => (tf.backend() as unknown as { readonly device: GPUDevice }).device;

/** The result of reading a sum that isn't known to the processor yet. */
function read(): readonly number[] {
  return tf.tidy(() => [...tf.matMul(tf.ones([40, 40]), tf.ones([40, 40])).mean().reshape([1]).dataSync()]);
}

function said(act: () => unknown): string {
  try {
    return `nothing, but gave ${String(act())}`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

const { device: description } = await useBackend('webgpu');
const limit = description?.limits['maxBufferSize'] ?? 0;
const tooMuch = said(() => {
  device().createBuffer({ size: 2 * limit, usage: GPUBufferUsage.STORAGE });
  return read();
});
const stillTooMuch = said(read);
await useBackend('webgpu');
read();
const lost = said(() => {
  device().destroy();
  return read();
});
await useBackend('webgpu');
const trouble: Trouble = { tooMuch, stillTooMuch, lost, afterwards: read() };
console.log(JSON.stringify(trouble));
