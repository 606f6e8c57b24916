import { uniformWithin } from '../parameters.ts';
import type { Manipulation } from '../types.ts';
import type { AttendedPromptsOptions } from './attended-prompts.ts';

/**
 * P learned queries `[count, width]` that one block answers from the keys and values of its own tokens; nothing attends to
 * them, and what the block makes of them is a side output (VQT, arXiv 2212.03220;
 * andytu28/VQT:src/models/vit_backbones/h2t_vit.py).
 */
export function sideQueries({ block, count, width, bound }: AttendedPromptsOptions): Manipulation {
  return {
    site: { location: 'hidden', block, enters: 'queries' },
    parameters: { query: uniformWithin([count, width], bound) },
    action: {
      operator: 'concatenative',
      asks: ({ query }) => {
        if (!query) throw new Error('Side queries were asked without their parameter "query".');
        return query;
      },
    },
  };
}
