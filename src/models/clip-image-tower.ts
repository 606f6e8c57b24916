import { layerNorm, linear, tf } from '../tensor/index.ts';
import type { GeluKind } from '../tensor/index.ts';
import { fanInWeights } from './fan-in-weights.ts';
import type { ImageTower } from './image-text-architecture.ts';
import { normShapes, sideReaders, transformerBlocks } from './transformer-block.ts';
import type { LastBlock } from './transformer-block.ts';
import type { PictureInput } from './types.ts';
import { vit, vitShapes } from './vit.ts';
import type { Tokeniser, VitOptions } from './vit.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface ClipImageOptions {
  readonly input: PictureInput;
  /** Patches have no bias here. */
  readonly tokeniser: Tokeniser;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly layerNormEps: number;
  /** `quick` when left out. */
  readonly gelu?: GeluKind;
  /** Whether a layer norm stands before the first block, as in CLIP; it does when left out. */
  readonly normFirst?: boolean;
  /** Width of the space that pictures and texts share. */
  readonly embeddingWidth: number;
  readonly lastBlock?: LastBlock;
}

const patchBias = 'embed.projection.bias';

/** The ViT that makes tokens of a picture, so that both have one piece of code for that. */
function tokenising({ input, tokeniser, width, depth, heads, mlpWidth, layerNormEps }: ClipImageOptions): VitOptions {
  return { input, tokeniser, width, depth, heads, mlpWidth, layerNormEps, outputs: 1 };
}

/** Names and shapes of all weights; those of the blocks are our ViT's. */
export function clipImageShapes(options: ClipImageOptions): WeightShapes {
  const { width, embeddingWidth, normFirst = true } = options;
  return [
    ...vitShapes(tokenising(options)).filter(([name]) => name !== patchBias && !name.startsWith('head.')),
    ...(normFirst ? normShapes('embed.norm', width) : []),
    ['projection.weight', [width, embeddingWidth]],
  ];
}

function checkPictures(shape: readonly number[], { rows, columns, channels }: PictureInput): void {
  if (shape.length === 4 && shape[1] === rows && shape[2] === columns && shape[3] === channels) return;
  const hasAlpha = shape.length === 4 && shape[3] === channels + 1;
  throw new RangeError(
    `The image tower takes pictures [batch, ${rows}, ${columns}, ${channels}], but was given [${shape.join(', ')}]` +
      (hasAlpha ? ', with an alpha channel: put them on a background first.' : ': resize and crop them first.'),
  );
}

/**
 * CLIP's image tower (Radford et al. 2021, arXiv 2103.00020; Hugging Face's `CLIPVisionModelWithProjection`): a pre-norm ViT
 * with a layer norm before its first block, read at the class token: x ↦ W·LN(ViT(x)₀). State `[batch, 1 + tokens, width]`;
 * `features` are what is compared with texts, before they are brought to unit length, `[batch, embeddingWidth]`.
 * @throws RangeError where heads can't share the width or patches don't fill the picture; `embed`, for pictures of another shape
 */
export function clipImageTower(options: ClipImageOptions): ImageTower {
  const { input, tokeniser, width, depth, heads, layerNormEps, gelu = 'quick', normFirst = true, embeddingWidth } = options;
  const { lastBlock = 'class-token' } = options;
  if (width % heads !== 0) throw new RangeError(`${heads} heads can't share a width of ${width}.`);
  if (tokeniser.as === 'patches' && (input.rows % tokeniser.size !== 0 || input.columns % tokeniser.size !== 0)) {
    throw new RangeError(`Patches of ${tokeniser.size} pixels a side can't fill a picture of ${input.rows} × ${input.columns}.`);
  }
  const plain = vit(tokenising(options));
  const block = { heads, layerNormEps, norm: 'before', gelu, projectionBias: true } as const;
  const shapes = clipImageShapes(options);
  return {
    kind: 'transformer',
    input,
    featureWidth: embeddingWidth,
    width,
    heads,
    ...(plain.tokenInputs === undefined ? {} : { tokenInputs: plain.tokenInputs }),
    embed: (weights, x) => {
      checkPictures(x.shape, input);
      const tokens = plain.embed(tokeniser.as === 'patches' ? { ...weights, [patchBias]: tf.zeros([width]) } : weights, x);
      return normFirst ? layerNorm(tokens, weight(weights, 'embed.norm.gain'), weight(weights, 'embed.norm.shift'), layerNormEps) : tokens;
    },
    blocks: transformerBlocks(depth, block, lastBlock),
    sideReaders: sideReaders(depth, block),
    features: (weights, state) => linear(plain.features(weights, state), weight(weights, 'projection.weight')),
    shapes,
    initialise: (generator) => fanInWeights(shapes, generator),
  };
}
