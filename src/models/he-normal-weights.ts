import type { Generator } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';

/**
 * Fresh weights of a convolutional net: N(0, 2 / fan-in) for `*.weight`, 0 for `*.bias`. A dense layer's last axis is its
 * output, so is a convolution's. The caller owns them.
 */
export function heNormalWeights(
  shapes: readonly (readonly [name: string, shape: readonly number[]])[],
  generator: Generator,
): Params {
  return Object.fromEntries(
    shapes.map(([name, shape]) => {
      const size = shape.reduce((product, n) => product * n, 1);
      const fanIn = shape.slice(0, -1).reduce((product, n) => product * n, 1);
      const deviation = Math.sqrt(2 / fanIn);
      const values = name.endsWith('.bias')
        ? new Float32Array(size)
        : generator.split(name).normals(size).map((value) => value * deviation);
      return [name, tf.tensor(values, [...shape])];
    }),
  );
}
