import type { Params, Tensor } from '../tensor/index.ts';

/** The weight of that name; throws with the names there are when it's missing. */
export function weight(weights: Params, name: string): Tensor {
  const tensor = weights[name];
  if (!tensor) throw new Error(`The weights lack "${name}"; they hold ${Object.keys(weights).slice(0, 8).join(', ')}, …`);
  return tensor;
}
