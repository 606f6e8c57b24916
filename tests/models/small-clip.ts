import { readFileSync } from 'node:fs';
import { clip, oneTree } from '../../src/models/index.ts';
import type { ClipOptions, FrozenImageTextModel, ImageTextWeights, TextTower } from '../../src/models/index.ts';
import { digestParams, disposeParams, tf } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { readTokenizerJson } from '../../src/text/index.ts';
import { drawn } from './drawn-tensors.ts';

/** The text of a small tokenizer of CLIP's family, 714 tokens; the last two start and end a text. */
export const clipTokenizerText = readFileSync(new URL('../oracles/tokenise-clip-a/tokenizer.json', import.meta.url), 'utf8');
export const clipTokenizer = readTokenizerJson(JSON.parse(clipTokenizerText));

const sizes = { depth: 3, mlpWidth: 20, layerNormEps: 1e-5 };
export const smallClipOptions: ClipOptions = {
  image: {
    ...sizes,
    input: { rows: 8, columns: 8, channels: 3, mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25] },
    tokeniser: { as: 'patches', size: 4 },
    width: 15,
    heads: 3,
  },
  text: { ...sizes, vocabulary: 714, contextLength: 77, width: 12, heads: 4, end: 713 },
  embeddingWidth: 10,
};

/** Weights of which none is 0 or 1, so that each of them counts. */
function drawnTree(tower: string, { shapes }: Pick<TextTower, 'shapes'>): Params {
  return Object.fromEntries(
    shapes.map(([name, shape]) => [
      name,
      tf.tidy(() => {
        const values = drawn(`${tower} ${name}`, shape, name.startsWith('embed') || shape.length === 1 ? 0.6 : 1.4 / Math.sqrt(shape[0] ?? 1));
        return name.endsWith('.gain') ? tf.add(values, 1) : values;
      }),
    ]),
  );
}

/** A small pair with drawn weights; {@link disposePair} frees it. */
export function smallPair(options: ClipOptions = smallClipOptions): FrozenImageTextModel {
  const architecture = clip(options);
  const weights: ImageTextWeights = {
    image: drawnTree('image', architecture.image),
    text: drawnTree('text', architecture.text),
    logitScale: tf.scalar(2.6592),
  };
  return { id: 'small', architecture, weights, digest: digestParams(oneTree(weights)), tokenizer: clipTokenizer, homeMade: false };
}

export const disposePair = ({ weights }: FrozenImageTextModel): void => disposeParams(oneTree(weights));

/** Pictures with values in [0, 1]. */
export const drawnPictures = (name: string, count: number, [rows, columns, channels] = [8, 8, 3]): Tensor =>
  tf.tidy(() => tf.sigmoid(drawn(name, [count, rows ?? 8, columns ?? 8, channels ?? 3])));
