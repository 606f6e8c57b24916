import { kwt } from '../../src/models/kwt.ts';
import { vit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { digestParams, tf } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

/** A small net, and what a plain computation of it has to know. */
export interface SmallNet {
  readonly name: string;
  readonly architecture: Architecture;
  readonly heads: number;
  readonly norm: 'before' | 'after';
  readonly eps: number;
  /** Examples ready for `outputs`. */
  readonly examples: (batch: number) => Tensor;
}

const [eps, outputs, mlpWidth] = [1e-6, 7, 24];

const smallVit = (width: number, heads: number, depth: number): SmallNet => ({
  name: `a pre-norm net of width ${width} with ${heads} heads`,
  architecture: vit({
    input: { rows: 12, columns: 12, channels: 3, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    tokeniser: { as: 'patches', size: 4 },
    width,
    depth,
    heads,
    mlpWidth,
    layerNormEps: eps,
    outputs,
  }),
  heads,
  norm: 'before',
  eps,
  examples: (batch) => tf.tensor(createGenerator('pictures').uniforms(batch * 12 * 12 * 3), [batch, 12, 12, 3]),
});

const [frames, values] = [6, 5];
const smallKwt: SmallNet = {
  name: 'a post-norm net with one head and a projection without bias',
  architecture: kwt({
    input: { samples: frames * values, sampleRate: 100 },
    frontEnd: { shape: [frames, values], compute: (waves) => tf.reshape(waves, [-1, frames, values]) },
    width: 16,
    depth: 3,
    heads: 1,
    mlpWidth,
    layerNormEps: eps,
    outputs,
  }),
  heads: 1,
  norm: 'after',
  eps,
  examples: (batch) => tf.tensor(createGenerator('frames').normals(batch * frames * values), [batch, frames, values]),
};

/** Two shapes and both orders of norms. */
export const smallNets: readonly SmallNet[] = [smallVit(16, 4, 3), smallVit(24, 2, 2), smallKwt];

/** Random weights everywhere, in gains, shifts and biases too. */
export function frozen({ architecture }: SmallNet): FrozenModel {
  const shapes = architecture.initialise(createGenerator('shapes'));
  const weights: Params = Object.fromEntries(
    Object.entries(shapes).map(([name, { shape, size }]) => {
      const fanIn = shape.length > 1 ? shape.slice(0, -1).reduce((product, n) => product * n, 1) : 25;
      const noise = createGenerator(name).normals(size).map((value) => value / Math.sqrt(fanIn));
      return [name, tf.tensor(name.endsWith('.gain') ? noise.map((value) => 1 + value) : noise, [...shape])];
    }),
  );
  tf.dispose(Object.values(shapes));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

/** What a method puts into the blocks of a plain transformer, as its paper tells it. */
export interface Inserted {
  /** Tokens `[p, d]` written behind the class token before a block, over those of the block before; none: those stay. */
  readonly tokens?: (block: number) => Tensor | undefined;
  /** Keys that are values too, `[q, d]`, before the tokens' own. */
  readonly keyValues?: (block: number) => Tensor;
  /** Queries `[q, d]` that stand before the tokens in the sequence and give no keys and values. */
  readonly queries?: (block: number) => Tensor;
  /** Factors `[d]` of keys and values, and `[f]` of the MLP's inner activations. */
  readonly scales?: (block: number) => { readonly keys: Tensor; readonly values: Tensor; readonly inner: Tensor };
}

function geluOf(x: Tensor, norm: SmallNet['norm']): Tensor {
  if (norm === 'before') return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

/**
 * The features of a small net, step by step in tfjs's own ops and without shortcuts: all tokens in every block. `sides` are
 * what the blocks make of their queries.
 */
export function plainTransformer(net: SmallNet, weights: Params, x: Tensor, inserted: Inserted = {}): { features: Tensor; sides: readonly Tensor[] } {
  const { architecture, heads, norm: where } = net;
  const w = (name: string): Tensor => {
    const tensor = weights[name];
    if (!tensor) throw new Error(`no weight ${name}`);
    return tensor;
  };
  const dense = (input: Tensor, name: string): Tensor => {
    const [rows, columns] = [w(`${name}.weight`).shape[0] ?? 0, w(`${name}.weight`).shape[1] ?? 0];
    const product = tf.reshape(tf.matMul(tf.reshape(input, [-1, rows]), w(`${name}.weight`)), [...input.shape.slice(0, -1), columns]);
    const bias = weights[`${name}.bias`];
    return bias ? tf.add(product, bias) : product;
  };
  const layerNorm = (input: Tensor, name: string): Tensor => {
    const centred = tf.sub(input, tf.mean(input, -1, true));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), net.eps));
    return tf.add(tf.mul(tf.div(centred, deviation), w(`${name}.gain`)), w(`${name}.shift`));
  };
  const before = (input: Tensor, name: string): Tensor => (where === 'before' ? layerNorm(input, name) : input);
  const after = (input: Tensor, name: string): Tensor => (where === 'after' ? layerNorm(input, name) : input);
  const batch = x.shape[0] ?? 0;
  const repeated = (rows: Tensor): Tensor => tf.tile(tf.expandDims(rows, 0), [batch, 1, 1]);
  const apart = (part: Tensor): Tensor => tf.transpose(tf.reshape(part, [batch, -1, heads, (part.shape[2] ?? 0) / heads]), [0, 2, 1, 3]);
  const rowsOf = (state: Tensor, from: number, to: number): Tensor => tf.slice(state, [0, from, 0], [batch, to - from, -1]);
  const lengthOf = (state: Tensor): number => state.shape[1] ?? 0;

  let state = architecture.embed(weights, x);
  let prompts = 0;
  const sides: Tensor[] = [];
  architecture.blocks.forEach((_, block) => {
    const name = (part: string): string => `blocks.${block}.${part}`;
    const tokens = inserted.tokens?.(block);
    if (tokens) {
      state = tf.concat([rowsOf(state, 0, 1), repeated(tokens), rowsOf(state, 1 + prompts, lengthOf(state))], 1);
      prompts = tokens.shape[0] ?? 0;
    }
    const queries = inserted.queries?.(block);
    const asking = queries?.shape[0] ?? 0;
    if (queries) state = tf.concat([repeated(queries), state], 1);
    const [q, k, v] = tf.split(dense(before(state, name('norm1')), name('attention.qkv')), 3, -1);
    if (!q || !k || !v) throw new Error('no projection');
    const scales = inserted.scales?.(block);
    const own = (part: Tensor, scale: Tensor | undefined): Tensor => rowsOf(scale ? tf.mul(part, scale) : part, asking, lengthOf(part));
    const extra = inserted.keyValues?.(block);
    const withExtra = (part: Tensor): Tensor => (extra ? tf.concat([repeated(extra), part], 1) : part);
    const [keys, values] = [withExtra(own(k, scales?.keys)), withExtra(own(v, scales?.values))];
    const scores = tf.div(tf.matMul(apart(q), apart(keys), false, true), Math.sqrt((q.shape[2] ?? 0) / heads));
    const read = tf.reshape(tf.transpose(tf.matMul(tf.softmax(scores), apart(values)), [0, 2, 1, 3]), q.shape);
    const middle = after(tf.add(state, dense(read, name('attention.output'))), name('norm1'));
    const inner = geluOf(dense(before(middle, name('norm2')), name('mlp.in')), where);
    const answer = after(tf.add(middle, dense(scales ? tf.mul(inner, scales.inner) : inner, name('mlp.out'))), name('norm2'));
    if (queries) sides.push(rowsOf(answer, 0, asking));
    state = rowsOf(answer, asking, lengthOf(answer));
  });
  const classToken = tf.reshape(rowsOf(state, 0, 1), [batch, -1]);
  return { features: where === 'before' ? layerNorm(classToken, 'norm') : classToken, sides };
}
