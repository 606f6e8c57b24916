import { FormatError, parseJson } from '../assets/index.ts';
import type { OpenedAsset } from '../assets/index.ts';
import type { GeluKind } from '../tensor/index.ts';
import { readTokenizerJson } from '../text/index.ts';
import type { Tokenizer } from '../text/index.ts';
import { clip, clipPictureStatistics } from './clip.ts';
import type { ClipOptions } from './clip.ts';
import { configFields } from './config-fields.ts';
import type { ConfigFields } from './config-fields.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import { readClip } from './read-clip.ts';

type Folder = Pick<OpenedAsset, 'id' | 'tensors' | 'text'>;

/** Hugging Face's names of the forms of GELU that CLIP's checkpoints have. */
const gelus: ReadonlyMap<string, GeluKind> = new Map([
  ['quick_gelu', 'quick'],
  ['gelu', 'erf'],
]);
const layers = { most: 1024 } as const;
/** What older configs of CLIP say of the end token, whatever it is; then a text ends with the last token of the vocabulary. */
const unsaidEnd = 2;

/** The fields of an object that may be left out, as all of its fields may: they have Hugging Face's defaults then. */
const inner = (config: ConfigFields, name: string, file: string): ConfigFields => config.inner(name) ?? configFields('{}', file);

function textOptions(fields: ConfigFields): ClipOptions['text'] {
  const vocabulary = fields.whole('vocab_size', { otherwise: 49408 });
  const end = fields.whole('eos_token_id', { least: 0, most: Math.max(vocabulary - 1, unsaidEnd), otherwise: Math.min(49407, vocabulary - 1) });
  return {
    vocabulary,
    contextLength: fields.whole('max_position_embeddings', { otherwise: 77 }),
    width: fields.whole('hidden_size', { otherwise: 512 }),
    depth: fields.whole('num_hidden_layers', { ...layers, otherwise: 12 }),
    heads: fields.whole('num_attention_heads', { otherwise: 8 }),
    mlpWidth: fields.whole('intermediate_size', { otherwise: 2048 }),
    layerNormEps: fields.positive('layer_norm_eps', 1e-5),
    gelu: fields.pick('hidden_act', gelus, 'quick'),
    end: end === unsaidEnd ? vocabulary - 1 : end,
  };
}

function imageOptions(fields: ConfigFields): ClipOptions['image'] {
  // The statistics of the pictures are those of three colours.
  const channels = fields.whole('num_channels', { least: 3, most: 3, otherwise: 3 });
  const side = fields.whole('image_size', { otherwise: 224 });
  return {
    input: { rows: side, columns: side, channels, ...clipPictureStatistics },
    tokeniser: { as: 'patches', size: fields.whole('patch_size', { otherwise: 32 }) },
    width: fields.whole('hidden_size', { otherwise: 768 }),
    depth: fields.whole('num_hidden_layers', { ...layers, otherwise: 12 }),
    heads: fields.whole('num_attention_heads', { otherwise: 12 }),
    mlpWidth: fields.whole('intermediate_size', { otherwise: 3072 }),
    layerNormEps: fields.positive('layer_norm_eps', 1e-5),
    gelu: fields.pick('hidden_act', gelus, 'quick'),
  };
}

/** The tokenizer, which must put one token before a text and `end` behind it. */
function tokenizerIn({ id, text }: Folder, { vocabulary, end }: ClipOptions['text']): Tokenizer {
  const file = `${id}/tokenizer.json`;
  const json = text.get('tokenizer.json');
  if (json === undefined) throw new FormatError(file, 0, 'the folder lacks this file');
  parseJson(new TextEncoder().encode(json), file);
  const tokenizer = readTokenizerJson(JSON.parse(json), file);
  if (tokenizer.size > vocabulary) {
    throw new FormatError(file, 0, `its token ids go up to ${tokenizer.size - 1}, and the vocab_size of config.json is ${vocabulary}`);
  }
  const around = tokenizer.encode('');
  if (around.length !== 2 || around[1] !== end) {
    throw new FormatError(file, 0, `it puts the tokens [${around.join(', ')}] around a text, and the text tower expects a start token and then ${end}`);
  }
  return tokenizer;
}

/**
 * Architecture, weights and tokenizer of a `CLIPModel` in Hugging Face's files, as `imageTextFolder` brings them: the tensors
 * of `model.safetensors`, and as texts `config.json` and `tokenizer.json`. A field that the config leaves out is Hugging
 * Face's default, the one of OpenAI's ViT-B/32. Pictures are normalised with the statistics of OpenAI's. A field that is
 * impossible or asks for what isn't computed here is refused, and so are tensors of other names or shapes than the config's
 * and a tokenizer that doesn't belong to it.
 * @throws FormatError, TokenizerError, RangeError or Error, one sentence each
 */
export function readImageTextFolder(folder: Folder): Pick<FrozenImageTextModel, 'architecture' | 'weights' | 'tokenizer'> {
  const file = `${folder.id}/config.json`;
  const description = folder.text.get('config.json');
  if (description === undefined) throw new FormatError(file, 0, 'the folder lacks this file');
  const config = configFields(description, file);
  config.pick('model_type', new Map([['clip', true]]));
  const options: ClipOptions = {
    image: imageOptions(inner(config, 'vision_config', file)),
    text: textOptions(inner(config, 'text_config', file)),
    embeddingWidth: config.whole('projection_dim', { otherwise: 512 }),
  };
  const architecture = clip(options);
  const tokenizer = tokenizerIn(folder, options.text);
  return { architecture, weights: readClip(folder.tensors, options), tokenizer };
}
