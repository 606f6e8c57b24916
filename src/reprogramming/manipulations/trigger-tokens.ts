import { entry } from '../../tensor/index.ts';
import type { LanguageManipulation } from '../language/types.ts';

/**
 * Tokens that a search chooses from the vocabulary, in front of a text: `trigger` holds their ids `[count]`
 * (AutoPrompt, Shin et al. 2020, arXiv 2010.15980). They start as one neutral token, repeated.
 */
export function triggerTokens(count: number, start: number): LanguageManipulation {
  return {
    site: { location: 'input' },
    parameters: { trigger: { shape: [count], discrete: true, initial: () => new Float32Array(count).fill(start) } },
    action: { operator: 'concatenative', trigger: (λ) => entry(λ, 'trigger') },
  };
}
