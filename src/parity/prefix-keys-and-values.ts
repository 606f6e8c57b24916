import type { KeysAndValues, LanguageArchitecture } from '../models/index.ts';
import { entry, layeredHead, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/**
 * The prefix of prefix tuning (Li and Liang, arXiv 2101.00190) as PEFT stores it: `[prompts, 2·depth·keyWidth]`, the keys of
 * block l in slice 2l and its values in slice 2l + 1; or what an MLP with tanh makes of an embedding. For each block.
 */
export function prefixKeysAndValues(params: Params, { depth, keyWidth }: LanguageArchitecture): readonly KeysAndValues[] {
  const embedding = entry(params, 'prompt_encoder.embedding.weight');
  const isProjected = Object.keys(params).some((name) => name.startsWith('prompt_encoder.transform.'));
  const prefix = isProjected ? layeredHead(params, 'prompt_encoder.transform', tf.tanh, embedding) : embedding;
  const [prompts = 0, columns] = prefix.shape;
  if (columns !== 2 * depth * keyWidth) {
    const wanted = 2 * depth * keyWidth;
    throw new Error(`A prefix for ${depth} blocks with keys of width ${keyWidth} has ${wanted} columns, not ${columns}.`);
  }
  const slice = (index: number): Tensor => tf.slice(prefix, [0, index * keyWidth], [prompts, keyWidth]);
  return Array.from({ length: depth }, (_, block) => ({ keys: slice(2 * block), values: slice(2 * block + 1) }));
}
