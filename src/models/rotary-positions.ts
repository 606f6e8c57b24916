import { cosine, exponential, naturalLog, sine } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { TokenPlaces } from './token-places.ts';

export interface RotaryOptions {
  /** Even. */
  readonly headWidth: number;
  /** θ, 10,000 in the paper. */
  readonly base: number;
}

/** Cosines and sines of the angles of a position, one for each pair; kept, since every forward pass asks for them. */
type Angles = (position: number) => { readonly cosines: Float32Array; readonly sines: Float32Array };

function anglesOf({ headWidth, base }: RotaryOptions): Angles {
  const pairs = headWidth / 2;
  const known = new Map<number, ReturnType<Angles>>();
  return (position) => {
    const found = known.get(position);
    if (found) return found;
    const angle = (pair: number): number => position * exponential((-2 * pair * naturalLog(base)) / headWidth);
    const made = {
      cosines: Float32Array.from({ length: pairs }, (_, pair) => cosine(angle(pair))),
      sines: Float32Array.from({ length: pairs }, (_, pair) => sine(angle(pair))),
    };
    known.set(position, made);
    return made;
  };
}

/**
 * Rotary positions (Su et al., arXiv 2104.09864) in the layout of Hugging Face's Llama: element i of a head and element
 * i + headWidth/2 are turned together by position·base^(−2i/headWidth). For the tokens at some places: what turns queries or
 * keys `[batch, heads, length, headWidth]`.
 */
export function rotaryPositions(options: RotaryOptions): (places: TokenPlaces) => (x: Tensor) => Tensor {
  const { headWidth } = options;
  if (headWidth % 2 !== 0) throw new RangeError(`Rotary positions turn pairs, but a head is ${headWidth} wide, an odd number.`);
  const pairs = headWidth / 2;
  const angles = anglesOf(options);
  return ({ batch, length, positions, positionsAreShared }) => {
    const rows = positionsAreShared ? 1 : batch;
    const [cosines, sines] = [new Float32Array(rows * length * headWidth), new Float32Array(rows * length * headWidth)];
    positions.forEach((position, at) => {
      const turn = angles(position);
      for (let pair = 0; pair < pairs; pair += 1) {
        const [first, second] = [at * headWidth + pair, at * headWidth + pairs + pair];
        cosines[first] = cosines[second] = turn.cosines[pair] ?? 0;
        sines[second] = turn.sines[pair] ?? 0;
        sines[first] = -(turn.sines[pair] ?? 0);
      }
    });
    const shape = [rows, 1, length, headWidth];
    const [alike, crossed] = [tf.tensor(cosines, shape), tf.tensor(sines, shape)];
    return (x) => {
      const [first, second] = tf.split(x, 2, -1);
      if (!first || !second) throw new Error('A head has no two halves.');
      return tf.add(tf.mul(x, alike), tf.mul(tf.concat([second, first], -1), crossed));
    };
  };
}
