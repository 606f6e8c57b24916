import { entry, linear, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { LanguageArchitecture } from '../../models/index.ts';
import type { LanguageManipulation } from '../language/types.ts';
import { uniformWithin, zeros } from '../parameters.ts';
import type { ParameterSpec, ParameterSpecs } from '../types.ts';

export interface PrefixOptions {
  /** Positions of the prefix. */
  readonly count: number;
  /** Width of the hidden layer of the network that makes the prefix; 0: learned directly. */
  readonly network: number;
}

const normal = (shape: readonly number[], deviation: number): ParameterSpec => ({
  shape,
  initial: (generator) =>
    Float32Array.from(generator.normals(shape.reduce((product, n) => product * n, 1)), (value) => value * deviation),
});

/** Slice 2l of the columns are the keys of block l, slice 2l + 1 its values, as in PEFT. */
function blocksOf(prefix: Tensor, { depth, keyWidth }: LanguageArchitecture): { keys: Tensor; values: Tensor }[] {
  const [count = 0] = prefix.shape;
  const slice = (at: number): Tensor => tf.slice(prefix, [0, at * keyWidth], [count, keyWidth]);
  return Array.from({ length: depth }, (_, block) => ({ keys: slice(2 * block), values: slice(2 * block + 1) }));
}

function prefixParameters({ width, depth, keyWidth }: LanguageArchitecture, { count, network }: PrefixOptions): ParameterSpecs {
  const columns = 2 * depth * keyWidth;
  if (network === 0) return { prefix: normal([count, columns], 0.02) };
  return {
    prefix: normal([count, width], 1),
    'in.weight': uniformWithin([width, network], 1 / Math.sqrt(width)),
    'in.bias': zeros([network]),
    'out.weight': uniformWithin([network, columns], 1 / Math.sqrt(network)),
    'out.bias': zeros([columns]),
  };
}

function made(λ: Params, network: number): Tensor {
  const prefix = entry(λ, 'prefix');
  if (network === 0) return prefix;
  const hidden = tf.tanh(linear(prefix, entry(λ, 'in.weight'), entry(λ, 'in.bias')));
  return linear(hidden, entry(λ, 'out.weight'), entry(λ, 'out.bias'));
}

/**
 * Keys and values that every block attends to before those of the text (prefix-tuning, Li and Liang 2021, arXiv 2101.00190;
 * XiangLi1999/PrefixTuning): learned directly, or made by a network with one hidden layer (tanh) once a step.
 */
export function prefix(architecture: LanguageArchitecture, options: PrefixOptions): LanguageManipulation {
  return {
    site: { location: 'hidden' },
    parameters: prefixParameters(architecture, options),
    action: { operator: 'concatenative', attended: (λ) => blocksOf(made(λ, options.network), architecture) },
  };
}
