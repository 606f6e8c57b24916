import { uniformWithin } from '../parameters.ts';
import type { Manipulation } from '../types.ts';

export interface AttendedPromptsOptions {
  /** The block whose attention reads them, counted from 0. */
  readonly block: number;
  /** How many prompts P. */
  readonly count: number;
  /** Width d of a token. */
  readonly width: number;
  /** They start uniform in [−bound, bound). */
  readonly bound: number;
}

/**
 * P learned states `[count, width]` that one block turns into keys and values and attends to; nothing of them goes on to
 * the next block. Where every block gets its own, this is VPT-deep (arXiv 2203.12119): what its prompts become in a block
 * is overwritten before the next, so only their keys and values count.
 */
export function attendedPrompts({ block, count, width, bound }: AttendedPromptsOptions): Manipulation {
  return {
    site: { location: 'hidden', block, enters: 'keys-and-values' },
    parameters: { prompt: uniformWithin([count, width], bound) },
    action: {
      operator: 'concatenative',
      attended: ({ prompt }) => {
        if (!prompt) throw new Error('Prompts were attended to without their parameter "prompt".');
        return { states: prompt };
      },
    },
  };
}
