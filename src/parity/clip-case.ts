import { z } from 'zod';
import { clip, oneTree, readClip } from '../models/index.ts';
import type { ClipOptions, FrozenImageTextModel } from '../models/index.ts';
import { digestParams, disposeParams, tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { shapeOf, valuesOf } from './compare.ts';
import { storedPictures } from './stored-params.ts';
import type { OracleCase } from './types.ts';

const activation = z.enum(['quick_gelu', 'gelu']);
const tower = {
  hidden_size: z.number(),
  intermediate_size: z.number(),
  num_hidden_layers: z.number(),
  num_attention_heads: z.number(),
  hidden_act: activation,
  layer_norm_eps: z.number(),
};
const schema = z.looseObject({
  model: z.looseObject({
    type: z.literal('clip'),
    text: z.looseObject({ ...tower, vocab_size: z.number(), max_position_embeddings: z.number(), eos_token_id: z.number() }),
    vision: z.looseObject({ ...tower, image_size: z.number(), patch_size: z.number(), num_channels: z.number() }),
    projection_dim: z.number(),
  }),
});
const activations = { quick_gelu: 'quick', gelu: 'erf' } as const;
type Given = z.infer<typeof schema>['model'];

const sizes = (given: Given['text'] | Given['vision']) => ({
  width: given.hidden_size,
  depth: given.num_hidden_layers,
  heads: given.num_attention_heads,
  mlpWidth: given.intermediate_size,
  layerNormEps: given.layer_norm_eps,
  gelu: activations[given.hidden_act],
});

function optionsOf({ text, vision, projection_dim: embeddingWidth }: Given): ClipOptions {
  const channels = vision.num_channels;
  return {
    image: {
      ...sizes(vision),
      input: {
        rows: vision.image_size,
        columns: vision.image_size,
        channels,
        mean: new Array<number>(channels).fill(0),
        std: new Array<number>(channels).fill(1),
      },
      tokeniser: { as: 'patches', size: vision.patch_size },
    },
    text: {
      ...sizes(text),
      vocabulary: text.vocab_size,
      contextLength: text.max_position_embeddings,
      end: text.eos_token_id,
    },
    embeddingWidth,
  };
}

/** A case on Hugging Face's CLIP: tokens are given, so it has no tokenizer. Pictures come normalised already. */
export interface ClipCase {
  readonly model: Omit<FrozenImageTextModel, 'tokenizer'>;
  /** `[batch, rows, columns, channels]`. */
  readonly pictures: Tensor;
  /** The texts of `input.input_ids`, each up to the place where it is read. */
  readonly texts: readonly (readonly number[])[];
}

/** The network of a case, its weights read as those of a checkpoint, its pictures and its texts. */
export function clipCase(oracle: OracleCase): ClipCase {
  const options = optionsOf(schema.parse(oracle.json).model);
  const role = 'frozen.';
  const frozen = [...oracle.tensors].filter(([name]) => name.startsWith(role));
  const weights = readClip(new Map(frozen.map(([name, data]) => [name.slice(role.length), data])), options);
  return {
    model: { id: oracle.id, architecture: clip(options), weights, digest: digestParams(oneTree(weights)), homeMade: false },
    pictures: storedPictures(oracle, 'input.pixel_values'),
    texts: storedTexts(oracle, options.text.end),
  };
}

/** Older configs call token 2 the end, whatever it is; there the text is read at its largest id. */
const unsaidEnd = 2;

function storedTexts(oracle: OracleCase, end: number): readonly (readonly number[])[] {
  const [count = 0, length = 0] = shapeOf(oracle, 'input.input_ids');
  const ids = [...valuesOf(oracle, 'input.input_ids')];
  return Array.from({ length: count }, (_, row) => {
    const whole = ids.slice(row * length, (row + 1) * length);
    const place = whole.indexOf(end === unsaidEnd ? Math.max(...whole) : end);
    if (place < 0) throw new Error(`Row ${row} of input.input_ids has no end token ${end}.`);
    return whole.slice(0, place + 1);
  });
}

/** What `checkFrozen` compares. */
export const frozenPair = ({ model }: ClipCase) => ({ weights: oneTree(model.weights), digest: model.digest });

/** Frees what {@link clipCase} made. */
export function disposeClipCase({ model, pictures }: ClipCase): void {
  disposeParams(oneTree(model.weights));
  tf.dispose(pictures);
}
