import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { BlockMemory, BlockSetting, CausalBlock } from './language-architecture.ts';
import type { AttentionBias } from './token-places.ts';
import type { Attended, KeysAndValues } from './types.ts';

/** How the width is shared out; with fewer heads of keys and values than of queries, neighbouring queries share one. */
export interface HeadLayout {
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headWidth: number;
}

/** What tells one family's blocks from another's. */
export interface CausalBlockParts {
  readonly layout: HeadLayout;
  /** By how many keys there are in all. */
  readonly biases: (keys: number) => AttentionBias;
  /** States `[…, length, width]` → queries, keys and values side by side, as projected. */
  readonly project: (weights: Params, states: Tensor) => Tensor;
  /** Mixes each key with the one before it, keys `[batch, keyValueHeads, length, headWidth]`. */
  readonly smear?: (weights: Params, keys: Tensor, lastKey: Tensor | undefined) => Tensor;
  /** Turns queries and keys `[batch, heads, length, headWidth]` by their positions. */
  readonly turn?: (queriesOrKeys: Tensor) => Tensor;
  /** What the block makes of its states and of what they attended to. */
  readonly finish: (weights: Params, states: Tensor, attended: Tensor) => Tensor;
}

/** `[batch, length, heads·headWidth]` → `[batch, heads, length, headWidth]`. */
function apart(x: Tensor, heads: number, headWidth: number): Tensor {
  const [batch = 0, length = 0] = x.shape;
  const split = tf.reshape(x, [batch, length, heads, headWidth]);
  return length === 1 ? tf.reshape(split, [batch, heads, 1, headWidth]) : tf.transpose(split, [0, 2, 1, 3]);
}

/** Queries, keys and values of a projection. */
function rolesOf(projected: Tensor, { heads, keyValueHeads, headWidth }: HeadLayout): readonly [Tensor, Tensor, Tensor] {
  const keyWidth = keyValueHeads * headWidth;
  const [queries, keys, values] = tf.split(projected, [heads * headWidth, keyWidth, keyWidth], -1);
  if (!queries || !keys || !values) throw new Error('A projection lacks queries, keys or values.');
  return [queries, keys, values];
}

/** Extra keys and values for a batch, apart by head. */
function frontMemory(
  { keys, values }: KeysAndValues,
  batch: number,
  { keyValueHeads, headWidth }: HeadLayout,
): { readonly keys: Tensor; readonly values: Tensor } {
  const keyWidth = keyValueHeads * headWidth;
  const fits = ({ shape, rank }: Tensor): boolean =>
    shape.at(-1) === keyWidth && (rank === 2 || (rank === 3 && shape[0] === batch));
  if (!fits(keys) || !fits(values) || keys.shape.at(-2) !== values.shape.at(-2)) {
    throw new RangeError(
      `Extra keys and values must both be [prompts, ${keyWidth}] or [${batch}, prompts, ${keyWidth}], ` +
        `but they are [${keys.shape}] and [${values.shape}].`,
    );
  }
  const forEachRow = (x: Tensor): Tensor => (x.rank === 3 ? x : tf.tile(tf.expandDims(x, 0), [batch, 1, 1]));
  return { keys: apart(forEachRow(keys), keyValueHeads, headWidth), values: apart(forEachRow(values), keyValueHeads, headWidth) };
}

/**
 * softmax(q·kᵀ/√headWidth + bias)·v per head, queries `[batch, heads, length, headWidth]` →
 * `[batch, length, heads·headWidth]`. The queries that share a head of keys stand under each other, so that the keys aren't
 * repeated. A query that may look at nothing gets zeros.
 */
function attend(queries: Tensor, { keys, values }: BlockMemory, bias: AttentionBias): Tensor {
  const [batch = 0, heads = 0, length = 0, headWidth = 0] = queries.shape;
  const [, keyValueHeads = 0, places = 0] = keys.shape;
  const grouped = tf.reshape(tf.mul(queries, 1 / Math.sqrt(headWidth)), [batch, keyValueHeads, -1, headWidth]);
  const scores = tf.reshape(tf.matMul(grouped, keys, false, true), [batch, heads, length, places]);
  const shares = tf.softmax(bias.scores ? tf.add(scores, bias.scores) : scores);
  const read = tf.matMul(tf.reshape(shares, [batch, keyValueHeads, -1, places]), values);
  const all = tf.reshape(read, [batch, heads, length, headWidth]);
  const answers = bias.answered ? tf.mul(all, bias.answered) : all;
  return tf.reshape(tf.transpose(answers, [0, 2, 1, 3]), [batch, length, heads * headWidth]);
}

/** A block of a causal transformer from its parts. */
export function causalBlock({ layout, biases, project, smear, turn = (x) => x, finish }: CausalBlockParts): CausalBlock {
  const { heads, keyValueHeads, headWidth } = layout;
  return (weights, state, { past, extra = [] }: BlockSetting = {}) => {
    if (past && extra.length > 0) {
      throw new Error('Extra keys and values stand before the first token: give them with it, a cache remembers them.');
    }
    const [batch = 0, length = 0] = state.shape;
    const asKeysAndValues = (source: Attended): KeysAndValues => {
      if (!('states' in source)) return source;
      const [, keys, values] = rolesOf(project(weights, source.states), layout);
      return { keys, values };
    };
    const [queries, projectedKeys, values] = rolesOf(project(weights, state), layout);
    const plainKeys = apart(projectedKeys, keyValueHeads, headWidth);
    const keys = turn(smear ? smear(weights, plainKeys, past?.lastKey) : plainKeys);
    const before = past ? [past] : extra.map((source) => frontMemory(asKeysAndValues(source), batch, layout));
    const own = { keys, values: apart(values, keyValueHeads, headWidth) };
    const all = [...before, own];
    const memory: BlockMemory = {
      keys: before.length === 0 ? own.keys : tf.concat(all.map((part) => part.keys), 2),
      values: before.length === 0 ? own.values : tf.concat(all.map((part) => part.values), 2),
      ...(smear ? { lastKey: tf.slice(plainKeys, [0, 0, length - 1, 0], [batch, keyValueHeads, 1, headWidth]) } : {}),
    };
    const bias = biases(memory.keys.shape[2] ?? 0);
    return { state: finish(weights, state, attend(turn(apart(queries, heads, headWidth)), memory, bias)), memory };
  };
}
