import { attention, gelu, layerNorm, linear, tf } from '../tensor/index.ts';
import type { GeluKind, Params, Tensor } from '../tensor/index.ts';
import type { Attended, Block, KeysAndValues, SideReader, State } from './types.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** What tells one family's blocks from another's. */
export interface TransformerBlockOptions {
  readonly heads: number;
  readonly layerNormEps: number;
  /**
   * Where the layer norms stand. `before` attention and MLP: h += W_o·attention(LN(h)); h += mlp(LN(h)). `after` their
   * sums with the state, as Vaswani et al. (arXiv 1706.03762) had them: h = LN(h + W_o·attention(h)); h = LN(h + mlp(h)).
   */
  readonly norm: 'before' | 'after';
  readonly gelu: GeluKind;
  /** Whether the projection to queries, keys and values has a bias. */
  readonly projectionBias: boolean;
}

/**
 * What the last block computes. Only the class token is read from it, so `class-token` leaves out the other rows'
 * queries, projections and MLP: the same numbers, less work.
 */
export type LastBlock = 'all-tokens' | 'class-token';

/** Keys and values of several sources as one, in their order; none → `undefined`. */
function joined(sources: readonly KeysAndValues[]): KeysAndValues | undefined {
  const [first, ...rest] = sources;
  if (!first || rest.length === 0) return first;
  return { keys: tf.concat(sources.map(({ keys }) => keys), -2), values: tf.concat(sources.map(({ values }) => values), -2) };
}

/** How one block computes with its weights, apart from its attention. */
interface BlockParts {
  /** States `[…, width]` → their queries, keys and values side by side, `[…, 3·width]`. */
  readonly project: (states: Tensor) => Tensor;
  /** What the block makes of states and what they attended to. */
  readonly finish: (states: Tensor, attended: Tensor) => Tensor;
}

function partsOf(index: number, options: TransformerBlockOptions, weights: Params): BlockParts {
  const { layerNormEps, gelu: kind, projectionBias } = options;
  const w = (part: string): Tensor => weight(weights, `blocks.${index}.${part}`);
  const dense = (x: Tensor, part: string): Tensor => linear(x, w(`${part}.weight`), w(`${part}.bias`));
  const norm = (x: Tensor, part: string): Tensor => layerNorm(x, w(`${part}.gain`), w(`${part}.shift`), layerNormEps);
  const unchanged = (x: Tensor): Tensor => x;
  const [before, after] = options.norm === 'before' ? [norm, unchanged] : [unchanged, norm];
  return {
    project: (states) => {
      const x = before(states, 'norm1');
      return projectionBias ? dense(x, 'attention.qkv') : linear(x, w('attention.qkv.weight'));
    },
    finish: (states, attended) => {
      const middle = after(tf.add(states, dense(attended, 'attention.output')), 'norm1');
      const hidden = gelu(dense(before(middle, 'norm2'), 'mlp.in'), kind);
      return after(tf.add(middle, dense(hidden, 'mlp.out')), 'norm2');
    },
  };
}

/**
 * Block `index` of a transformer over states `[batch, tokens, width]`. States that are attended to become keys and values
 * as the block's own tokens do: by its layer norm, where that stands before, and its projection. With `rows` the block
 * returns only the first rows of its state.
 */
function transformerBlock(index: number, options: TransformerBlockOptions, rows?: number): Block {
  const { heads } = options;
  return (weights: Params, state: State, extra: readonly Attended[] = []): State => {
    const { project, finish } = partsOf(index, options, weights);
    const first = (x: Tensor): Tensor =>
      rows === undefined ? x : tf.slice(x, [0, 0, 0], [x.shape[0] ?? 0, rows, x.shape[2] ?? 0]);
    const keysAndValues = (source: Attended): KeysAndValues => {
      if (!('states' in source)) return source;
      const [, keys, values] = tf.split(project(source.states), 3, -1);
      if (!keys || !values) throw new Error('A projection has no keys and values.');
      return { keys, values };
    };
    const attendedTo = joined(extra.map(keysAndValues));
    const attended = attention(project(state), {
      heads,
      ...(rows === undefined ? {} : { queries: rows }),
      ...(attendedTo ? { extra: attendedTo } : {}),
    });
    return finish(first(state), attended);
  };
}

/**
 * The reader of block `index`: its queries stand in the place of those of the first tokens, beside the keys and values of
 * all of them.
 */
function sideReader(index: number, options: TransformerBlockOptions): SideReader {
  const { heads } = options;
  return (weights, state, queries) => {
    const { project, finish } = partsOf(index, options, weights);
    const [batch = 0, tokens = 0, width = 0] = state.shape;
    const [count = 0] = queries.shape;
    if (count > tokens) {
      throw new RangeError(`A block answers at most as many side queries as it has tokens, but ${count} queries ask ${tokens} tokens.`);
    }
    const repeated = (rows: Tensor): Tensor => tf.tile(tf.expandDims(rows, 0), [batch, 1, 1]);
    const asking = tf.pad(tf.slice(project(queries), [0, 0], [count, width]), [[0, tokens - count], [0, 0]]);
    const asked = tf.slice(project(state), [0, 0, width], [batch, tokens, 2 * width]);
    const attended = attention(tf.concat([repeated(asking), asked], 2), { heads, queries: count });
    return finish(repeated(queries), attended);
  };
}

/** `depth` blocks; the last one returns `[batch, 1, width]` unless it computes all tokens. */
export function transformerBlocks(depth: number, options: TransformerBlockOptions, lastBlock: LastBlock): readonly Block[] {
  return Array.from({ length: depth }, (_, index) =>
    transformerBlock(index, options, index === depth - 1 && lastBlock === 'class-token' ? 1 : undefined),
  );
}

/** What answers side queries at each of `depth` blocks. */
export function sideReaders(depth: number, options: TransformerBlockOptions): readonly SideReader[] {
  return Array.from({ length: depth }, (_, index) => sideReader(index, options));
}

/** Names and shapes of the weights of `depth` blocks, dense ones `[in, out]`. */
export function transformerBlockShapes(
  depth: number,
  { width, mlpWidth, projectionBias }: { readonly width: number; readonly mlpWidth: number; readonly projectionBias: boolean },
): WeightShapes {
  return Array.from({ length: depth }, (_, index): WeightShapes => {
    const block = `blocks.${index}`;
    return [
      ...normShapes(`${block}.norm1`, width),
      ...(projectionBias
        ? denseShapes(`${block}.attention.qkv`, width, 3 * width)
        : ([[`${block}.attention.qkv.weight`, [width, 3 * width]]] as const)),
      ...denseShapes(`${block}.attention.output`, width, width),
      ...normShapes(`${block}.norm2`, width),
      ...denseShapes(`${block}.mlp.in`, width, mlpWidth),
      ...denseShapes(`${block}.mlp.out`, mlpWidth, width),
    ];
  }).flat();
}

export function denseShapes(name: string, from: number, to: number): WeightShapes {
  return [
    [`${name}.weight`, [from, to]],
    [`${name}.bias`, [to]],
  ];
}

export function normShapes(name: string, width: number): WeightShapes {
  return [
    [`${name}.gain`, [width]],
    [`${name}.shift`, [width]],
  ];
}
