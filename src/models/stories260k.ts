import type { OpenedAsset } from '../assets/index.ts';
import { readTokenizerBin } from '../text/index.ts';
import { configFields } from './config-fields.ts';
import type { FrozenLanguageModel } from './frozen-language-model.ts';
import { llama } from './llama.ts';
import type { LlamaOptions } from './llama.ts';
import { readLlama } from './read-llama.ts';

/** Token 1, `<s>`, begins every story. */
const start = 1;

/** Its shape, as the file's header states it. */
export const stories260k = llama({
  vocabulary: 512,
  contextLength: 512,
  width: 64,
  depth: 5,
  heads: 8,
  keyValueHeads: 4,
  mlpWidth: 172,
  normEps: 1e-5,
  rotaryBase: 10000,
  tiedHead: true,
});

/**
 * stories260K, a Llama for little stories (karpathy/tinyllamas), from what `modelFromLlama2c` makes of its files. The header
 * doesn't say the ε of the norms and the θ of the rotary positions; llama2.c has 1e-5 and 10,000 (`run.c`).
 * @throws Error where header, tensors and tokenizer don't fit each other
 */
export function readStories260k({ id, tensors, text }: OpenedAsset): Pick<FrozenLanguageModel, 'architecture' | 'weights' | 'tokenizer' | 'start'> {
  const file = tensors.get('tokenizer.bin');
  const header = text.get('config.json');
  if (!(file?.values instanceof Uint8Array) || header === undefined) {
    throw new Error(`The asset ${id} lacks its header or its tokenizer: fetch it again, or check how it is converted.`);
  }
  const { whole, truth } = configFields(header, 'config.json');
  const options: LlamaOptions = {
    vocabulary: whole('vocabulary'),
    contextLength: whole('contextLength'),
    width: whole('width'),
    depth: whole('depth', { most: 1024 }),
    heads: whole('heads'),
    keyValueHeads: whole('keyValueHeads'),
    mlpWidth: whole('mlpWidth'),
    normEps: 1e-5,
    rotaryBase: 10000,
    tiedHead: truth('tiedHead'),
  };
  const tokenizer = readTokenizerBin(file.values);
  if (tokenizer.size !== options.vocabulary) {
    throw new Error(`The tokenizer of ${id} has ${tokenizer.size} tokens, and its model ${options.vocabulary}.`);
  }
  const weights = readLlama(new Map([...tensors].filter(([name]) => name !== 'tokenizer.bin')), options);
  return { architecture: llama(options), weights, tokenizer, start };
}
