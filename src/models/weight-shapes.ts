import type { TensorData } from '../assets/index.ts';

/** Names and shapes of a network's weights. */
export type WeightShapes = readonly (readonly [name: string, shape: readonly number[]])[];

const inWords = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/**
 * Compares the tensors of a file with those a network needs.
 * @throws Error with every tensor that is missing, of another shape or type, or not known, in one message
 */
export function checkTensors(what: string, tensors: ReadonlyMap<string, TensorData>, expected: WeightShapes): void {
  const names = new Set(expected.map(([name]) => name));
  const missing = expected.flatMap(([name, shape]) => (tensors.has(name) ? [] : [`${name} ${inWords(shape)}`]));
  const unfit = expected.flatMap(([name, shape]) => {
    const found = tensors.get(name);
    if (!found || (found.shape.join() === shape.join() && found.dtype === 'float32')) return [];
    return [`${name} is ${found.dtype} ${inWords(found.shape)} instead of float32 ${inWords(shape)}`];
  });
  const surplus = [...tensors.keys()].filter((name) => !names.has(name));
  const faults = [
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
    ...(unfit.length === 0 ? [] : [`unfit: ${unfit.join(', ')}`]),
    ...(surplus.length === 0 ? [] : [`not known: ${surplus.join(', ')}`]),
  ];
  if (faults.length > 0) throw new Error(`The weights are not those of ${what}. ${faults.join('; ')}.`);
}
