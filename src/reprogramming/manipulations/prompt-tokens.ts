import type { Manipulation } from '../types.ts';
import { uniformWithin } from '../parameters.ts';

export interface PromptTokensOptions {
  /** How many prompt tokens P. */
  readonly count: number;
  /** Width d of a token. */
  readonly width: number;
  /** They start uniform in [−bound, bound). */
  readonly bound: number;
}

/**
 * P learned tokens `[count, width]` after the class token of the embedded picture, without positions of their own
 * (VPT-shallow, arXiv 2203.12119; KMnP/vpt:src/models/vit_prompt/vit.py).
 */
export function promptTokens({ count, width, bound }: PromptTokensOptions): Manipulation {
  return {
    site: { location: 'embedding' },
    parameters: { prompt: uniformWithin([count, width], bound) },
    action: {
      operator: 'concatenative',
      join: { as: 'tokens-after-class' },
      extra: ({ prompt }) => {
        if (!prompt) throw new Error('Prompt tokens were joined without their parameter "prompt".');
        return prompt;
      },
    },
  };
}
