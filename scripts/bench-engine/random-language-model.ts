import type { FrozenLanguageModel, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { digestParams } from '../../src/tensor/index.ts';
import { wordTokenizer } from '../../src/text/index.ts';

/** A language model of this architecture with random weights, the same in every run; its words are numbers. */
export function randomLanguageModel(id: string, architecture: LanguageArchitecture): FrozenLanguageModel {
  const weights = architecture.initialise(createGenerator('bench-engine'));
  const words = Array.from({ length: architecture.vocabulary }, (_, word) => `${word}`);
  return { id, architecture, weights, digest: digestParams(weights), tokenizer: wordTokenizer({ words }), start: null, homeMade: true };
}
