import type { Generator } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** Gains 1, shifts and biases 0, the class token 0, positions N(0, 0.02²), weights N(0, 1/fan-in). */
function initialValues(name: string, shape: readonly number[], generator: Generator): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  if (name.endsWith('.gain')) return new Float32Array(size).fill(1);
  if (name.endsWith('.shift') || name.endsWith('.bias') || name === 'embed.class') return new Float32Array(size);
  const fanIn = shape.slice(0, -1).reduce((product, n) => product * n, 1);
  const deviation = name === 'embed.position' ? 0.02 : Math.sqrt(1 / fanIn);
  return generator.normals(size).map((value) => value * deviation);
}

/** Fresh weights of a transformer. The caller owns them. */
export function fanInWeights(shapes: WeightShapes, generator: Generator): Params {
  return Object.fromEntries(
    shapes.map(([name, shape]) => [name, tf.tensor(initialValues(name, shape, generator.split(name)), [...shape])]),
  );
}
