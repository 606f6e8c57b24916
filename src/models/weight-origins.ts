import type { TensorData } from '../assets/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { floatValues } from './tensor-values.ts';
import { checkTensors } from './weight-shapes.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** A tensor of a file, with its shape there. */
export interface OriginPart {
  readonly name: string;
  readonly shape: readonly number[];
  /** Which of its rows comes first, second, …, where we have another order. */
  readonly rows?: Int32Array;
}

/** One of our weights and what it is made of: tensors under each other, turned around where theirs are `[out, in]`. */
export interface WeightOrigin {
  readonly ours: string;
  readonly theirs: readonly OriginPart[];
  readonly transposed: boolean;
}

/** Names and shapes of the tensors that a file must have. */
export function originShapes(origins: readonly WeightOrigin[]): WeightShapes {
  return origins.flatMap(({ theirs }) => theirs.map(({ name, shape }) => [name, shape] as const));
}

/**
 * Weights in our layout from the tensors of a file. The caller owns them.
 * @throws Error with all tensors that are missing, of another shape or type, or not known
 */
export function weightsFrom(what: string, tensors: ReadonlyMap<string, TensorData>, origins: readonly WeightOrigin[]): Params {
  checkTensors(what, tensors, originShapes(origins));
  const part = ({ name, shape, rows }: OriginPart): Tensor => {
    const tensor = tf.tensor(floatValues(tensors, name).values, [...shape]);
    return rows ? tf.gather(tensor, tf.tensor1d(rows, 'int32')) : tensor;
  };
  return Object.fromEntries(
    origins.map(({ ours, theirs, transposed }): [string, Tensor] => [
      ours,
      tf.tidy(() => {
        const joined = tf.concat(theirs.map(part), 0);
        return transposed ? tf.transpose(joined) : joined;
      }),
    ]),
  );
}

function isCopy({ values }: TensorData, { values: others }: TensorData): boolean {
  if (values.length !== others.length) return false;
  for (let at = 0; at < values.length; at += 1) if (values[at] !== others[at]) return false;
  return true;
}

/**
 * The tensors without a second copy of the token embeddings, which some files keep for a head that shares them.
 * @throws Error when it is no copy
 */
export function withoutTiedHead(
  tensors: ReadonlyMap<string, TensorData>,
  head: string,
  embeddings: string,
): ReadonlyMap<string, TensorData> {
  const [own, table] = [tensors.get(head), tensors.get(embeddings)];
  if (!own) return tensors;
  if (table && !isCopy(own, table)) {
    throw new Error(
      `${head} differs from ${embeddings}, so this head doesn't share the token embeddings: read it with tiedHead: false.`,
    );
  }
  return new Map([...tensors].filter(([name]) => name !== head));
}
