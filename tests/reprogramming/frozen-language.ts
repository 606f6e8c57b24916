import { createGenerator } from '../../src/random/index.ts';
import { gpt2 } from '../../src/models/index.ts';
import type { FrozenLanguageModel, LanguageArchitecture } from '../../src/models/index.ts';
import { digestParams } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { wordTokenizer } from '../../src/text/index.ts';
import { drawnWeights, smallLlama } from '../models/small-language-models.ts';

/** Nets of every build that reading depends on. */
export const languageNets: Readonly<Record<string, LanguageArchitecture>> = {
  'Llama with grouped queries': smallLlama({ heads: 4, keyValueHeads: 2 }),
  'Llama with smeared keys': smallLlama({ keySmear: true, tiedHead: false }),
  'GPT-2': gpt2({ vocabulary: 19, contextLength: 40, width: 12, depth: 2, heads: 3, mlpWidth: 20, layerNormEps: 1e-5 }),
};

/** A net with its weights, drawn unless they are given, and a tokenizer of the words `<s>`, `w1`, `w2`, … */
export function frozenLanguage(architecture: LanguageArchitecture, weights: Params = drawnWeights(architecture)): FrozenLanguageModel {
  const words = Array.from({ length: architecture.vocabulary }, (_, id) => (id === 0 ? '<s>' : `w${id}`));
  const tokenizer = wordTokenizer({ words, start: '<s>' });
  return { id: 'small', architecture, weights, digest: digestParams(weights), tokenizer, start: 0, homeMade: true };
}

/** Rows of drawn tokens of the given lengths, each behind the start token; the same for the same name. */
export function drawnRows(name: string, { architecture }: FrozenLanguageModel, lengths: readonly number[]): number[][] {
  const generator = createGenerator(name);
  return lengths.map((length) => [0, ...Array.from({ length: length - 1 }, () => 1 + generator.integer(architecture.vocabulary - 1))]);
}
