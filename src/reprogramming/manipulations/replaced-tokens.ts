import { uniformWithin } from '../parameters.ts';
import type { Manipulation } from '../types.ts';
import type { AttendedPromptsOptions } from './attended-prompts.ts';

/**
 * P learned tokens `[count, width]` that take the place of as many tokens after the class token before a block, as the
 * code of VPT-deep writes it (KMnP/vpt:src/models/vit_prompt/vit.py): the plain road to what `attendedPrompts` computes.
 */
export function replacedTokens({ block, count, width, bound }: AttendedPromptsOptions): Manipulation {
  return {
    site: { location: 'hidden', block, enters: 'state' },
    parameters: { prompt: uniformWithin([count, width], bound) },
    action: {
      operator: 'concatenative',
      join: { as: 'in-place-of-tokens' },
      extra: ({ prompt }) => {
        if (!prompt) throw new Error('Tokens were replaced without the parameter "prompt".');
        return prompt;
      },
    },
  };
}
