import type { OpenedAsset } from '../assets/index.ts';
import { wordTokenizer } from '../text/index.ts';
import type { FrozenLanguageModel } from './frozen-language-model.ts';
import { llama, llamaShapes } from './llama.ts';
import type { LlamaOptions } from './llama.ts';
import { toParams } from './tensor-values.ts';
import { checkTensors } from './weight-shapes.ts';

export const worldLmOptions: LlamaOptions = {
  vocabulary: 71,
  contextLength: 256,
  width: 128,
  depth: 4,
  heads: 8,
  keyValueHeads: 8,
  mlpWidth: 344,
  normEps: 1e-5,
  rotaryBase: 10_000,
  tiedHead: true,
  keySmear: true,
};

/**
 * The home-made language model: a Llama of 4 blocks of width 128 with 8 heads and smeared keys, for a language of 71 words.
 * 800,800 parameters.
 */
export const worldLm = llama(worldLmOptions);

const specials = { start: '<s>', padding: '<pad>' } as const;

/**
 * Reads the home-made language model: its weights under our own names, and its words from the list that its card states.
 * @throws Error when weights are missing, of another shape or not known, or when the list has another number of words
 */
export function readWorldLm(asset: OpenedAsset): Pick<FrozenLanguageModel, 'architecture' | 'weights' | 'tokenizer' | 'start'> {
  checkTensors('this language model', asset.tensors, llamaShapes(worldLmOptions));
  const words = (asset.text.get('classes') ?? '').split('\n').filter((word) => word.length > 0);
  if (words.length !== worldLmOptions.vocabulary) {
    throw new Error(`The asset ${asset.id} lists ${words.length} words; the model has ${worldLmOptions.vocabulary}.`);
  }
  const tokenizer = wordTokenizer({ words, start: specials.start, specials: [specials.padding] });
  return { architecture: worldLm, weights: toParams(asset.tensors), tokenizer, start: tokenizer.idOf(specials.start) ?? null };
}
