import type { Generator } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface FreshLanguageWeights {
  readonly depth: number;
  /** Standard deviation of the token embeddings. */
  readonly embedding: number;
}

/** The standard deviation of a weight's numbers, or the one number that they all are. */
type Start = { readonly deviation: number } | { readonly value: number };

function startOf(name: string, shape: readonly number[], { depth, embedding }: FreshLanguageWeights): Start {
  if (name.endsWith('.gain')) return { value: 1 };
  if (name.endsWith('.shift') || name.endsWith('.bias') || name.endsWith('.smear')) return { value: 0 };
  if (name === 'embed.token') return { deviation: embedding };
  if (name === 'embed.position') return { deviation: 0.02 };
  const fanIn = Math.sqrt(1 / (shape[0] ?? 1));
  const addsToTheState = name.endsWith('attention.output.weight') || name.endsWith('mlp.out.weight');
  return { deviation: addsToTheState ? fanIn / Math.sqrt(2 * depth) : fanIn };
}

/**
 * Fresh weights of a causal transformer: gains 1, shifts, biases and smears 0, positions N(0, 0.02²), matrices
 * N(0, 1/fan-in), and what adds to the state divided by √(2·depth), as in GPT-2. The caller owns them.
 */
export function languageWeights(shapes: WeightShapes, generator: Generator, options: FreshLanguageWeights): Params {
  return Object.fromEntries(
    shapes.map(([name, shape]) => {
      const size = shape.reduce((product, n) => product * n, 1);
      const start = startOf(name, shape, options);
      const values =
        'value' in start
          ? new Float32Array(size).fill(start.value)
          : generator.split(name).normals(size).map((value) => value * start.deviation);
      return [name, tf.tensor(values, [...shape])];
    }),
  );
}
