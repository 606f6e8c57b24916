import type { OpenedAsset, TensorData } from '../assets/index.ts';
import type { Generator } from '../random/index.ts';
import { disposeParams, tf } from '../tensor/index.ts';
import { wordTokenizer } from '../text/index.ts';
import type { Tokenizer } from '../text/index.ts';
import { clip } from './clip.ts';
import type { ClipOptions } from './clip.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import type { ImageTextWeights } from './image-text-architecture.ts';
import { readVit } from './read-vit.ts';
import { toParams } from './tensor-values.ts';
import { twoTowers } from './two-towers.ts';
import { checkTensors } from './weight-shapes.ts';
import type { WeightShapes } from './weight-shapes.ts';
import { worldVitOptions } from './world-vit.ts';

const { outputs: _, ...worldVitTower } = worldVitOptions;

/** A text begins and ends with these, the first two words of the list. */
const marks = { start: '<s>', end: '<e>' } as const;

export const worldPairOptions: ClipOptions = {
  image: { ...worldVitTower, gelu: 'erf', normFirst: false },
  text: {
    vocabulary: 54,
    contextLength: 20,
    width: 64,
    depth: 2,
    heads: 4,
    mlpWidth: 128,
    layerNormEps: 1e-5,
    gelu: 'erf',
    end: 1,
  },
  embeddingWidth: 64,
};

/**
 * The home-made pair: CLIP of two small towers, for 32 × 32 pictures of the generated world and captions of its 54 words. The
 * image tower is the home-made vision transformer with a projection in the place of its head; the text tower has 2 blocks of
 * width 64 with 4 heads and 20 positions. 237,633 parameters.
 */
export const worldPair = clip(worldPairOptions);

/**
 * The tokenizer of the pair: every word is a token, a start before the text and an end behind it.
 * @throws TokenizerError for a list of words that can't be used
 */
export const worldPairTokenizer = (words: readonly string[]): Tokenizer => wordTokenizer({ words, ...marks });

const { image, text } = worldPair;
const under = (tower: string, shapes: WeightShapes): WeightShapes => shapes.map(([name, shape]) => [`${tower}.${name}`, shape]);
const shapes: WeightShapes = [...under('image', image.shapes), ...under('text', text.shapes), ['logitScale', []]];

/** ln(1/0.07), as in CLIP. */
const freshLogitScale = 2.6592600369327783;

/**
 * Fresh weights of the pair, whose image tower begins with those of the home-made vision transformer. The caller owns them.
 * @throws Error where the tensors aren't that transformer's
 */
export function freshWorldPair(worldVit: ReadonlyMap<string, TensorData>, generator: Generator): ImageTextWeights {
  const own = new Set(image.shapes.map(([name]) => name));
  const trained = Object.entries(readVit(worldVit, worldVitOptions));
  const kept = Object.fromEntries(trained.filter(([name]) => own.has(name)));
  disposeParams(Object.fromEntries(trained.filter(([name]) => !own.has(name))));
  const fresh = Object.entries(image.initialise(generator.split('image')));
  disposeParams(Object.fromEntries(fresh.filter(([name]) => name in kept)));
  return {
    image: { ...Object.fromEntries(fresh), ...kept },
    text: text.initialise(generator.split('text')),
    logitScale: tf.scalar(freshLogitScale),
  };
}

/**
 * Reads the home-made pair: its weights under our own names, and its words from the list that its card states.
 * @throws Error when weights are missing, of another shape or not known, or when the list has another number of words
 */
export function readWorldPair(asset: OpenedAsset): Pick<FrozenImageTextModel, 'architecture' | 'weights' | 'tokenizer'> {
  checkTensors('this pair of image and text', asset.tensors, shapes);
  const words = (asset.text.get('classes') ?? '').split('\n').filter((word) => word.length > 0);
  if (words.length !== worldPairOptions.text.vocabulary) {
    throw new Error(`The asset ${asset.id} lists ${words.length} words; the pair has ${worldPairOptions.text.vocabulary}.`);
  }
  return { architecture: worldPair, weights: twoTowers(toParams(asset.tensors)), tokenizer: worldPairTokenizer(words) };
}
