import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { Attended, State } from '../models/index.ts';
import type { Join, Manipulation } from './types.ts';

/** Joins extra elements to a state; see {@link Join} for the shapes. */
function joinExtra(state: State, extra: Tensor, join: Join): State {
  const batch = state.shape[0] ?? 0;
  if (join.as === 'border') {
    const outside = tf.tensor(join.outside, extra.shape);
    return tf.add(tf.mul(state, tf.sub(1, outside)), tf.mul(extra, outside));
  }
  const [, tokens = 0, width = 0] = state.shape;
  const repeated = tf.tile(tf.expandDims(extra, 0), [batch, 1, 1]);
  const next = join.as === 'in-place-of-tokens' ? 1 + (extra.shape[0] ?? 0) : 1;
  return tf.concat(
    [tf.slice(state, [0, 0, 0], [batch, 1, width]), repeated, tf.slice(state, [0, next, 0], [batch, tokens - next, width])],
    1,
  );
}

/** Performs the manipulation's operator on a state: additive, concatenative or parametric. */
export function manipulate(manipulation: Manipulation, λ: Params, state: State): State {
  const { action } = manipulation;
  switch (action.operator) {
    case 'additive':
      return tf.add(state, action.addend(λ, state));
    case 'parametric':
      return action.transform(λ, state);
    case 'concatenative':
      return 'extra' in action ? joinExtra(state, action.extra(λ), action.join) : state;
  }
}

/** What manipulations let a block attend to before its own tokens, in their order. */
export function attendedAt(entries: readonly { manipulation: Manipulation; λ: Params }[]): readonly Attended[] {
  return entries.flatMap(({ manipulation: { action }, λ }) => ('attended' in action ? [action.attended(λ)] : []));
}

/** Queries beside a block's own, in the order of the manipulations. */
export function askedAt(entries: readonly { manipulation: Manipulation; λ: Params }[]): readonly Tensor[] {
  return entries.flatMap(({ manipulation: { action }, λ }) => ('asks' in action ? [action.asks(λ)] : []));
}
