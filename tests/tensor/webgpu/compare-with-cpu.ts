/** Every op on "webgpu" and on "cpu": prints, as JSON, the largest error of each relative to its largest number. */
import { tf, useBackend } from '../../../src/tensor/index.ts';
import { resultsOn } from '../compare.ts';
import type { Values } from '../compare.ts';
import { trainSmallNet } from '../small-net.ts';
import { ops } from './ops.ts';

export interface Comparison {
  readonly device: string;
  readonly ops: readonly { readonly name: string; readonly numbers: number; readonly error: number }[];
  readonly losses: { readonly cpu: readonly number[]; readonly webgpu: readonly number[]; readonly live: readonly number[] };
}

/** Infinite where shapes differ or a number is none. */
function largestError(found: readonly Values[], expected: readonly Values[]): number {
  if (found.length !== expected.length) return Infinity;
  return expected.reduce((most, { values, shape }, i) => {
    const other = found[i];
    if (other?.shape.join() !== shape.join()) return Infinity;
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    const errors = values.map((value, j) => Math.abs(value - (other.values[j] ?? NaN)) / largest);
    return errors.reduce((worst, error) => (error <= worst ? worst : Number.isNaN(error) ? Infinity : error), most);
  }, 0);
}

const { device } = await useBackend('webgpu');
tf.env().set('WEBGPU_CPU_FORWARD', false); // else small tensors are computed by the cpu back-end
const compared = [];
for (const { name, compute, inputs } of ops) {
  const expected = await resultsOn('cpu', compute, inputs);
  const found = await resultsOn('webgpu', compute, inputs);
  compared.push({ name, numbers: expected.reduce((sum, { values }) => sum + values.length, 0), error: largestError(found, expected) });
}
const steps = 5;
await useBackend('cpu');
const cpu = trainSmallNet(steps);
await useBackend('webgpu');
const webgpu = trainSmallNet(steps);
const comparison: Comparison = {
  device: device?.driver ?? '',
  ops: compared,
  losses: { cpu: cpu.losses, webgpu: webgpu.losses, live: webgpu.live },
};
console.log(JSON.stringify(comparison, (_, value: unknown) => (value === Infinity ? 'Infinity' : value)));
