import { uniformWithin } from '../parameters.ts';
import type { Manipulation } from '../types.ts';
import type { AttendedPromptsOptions } from './attended-prompts.ts';

/**
 * P learned vectors `[count, width]` that one block attends to as keys and, the same numbers again, as values, a head's
 * columns together; they pass neither its layer norm nor its projection. The key-value prompts of E²VPT (arXiv 2307.13770)
 * with its code's shared parameters (ChengHan111/E2VPT:src/models/vit_backbones/vit_changeVK.py).
 */
export function attendedKeyValues({ block, count, width, bound }: AttendedPromptsOptions): Manipulation {
  return {
    site: { location: 'hidden', block, enters: 'keys-and-values' },
    parameters: { keyValue: uniformWithin([count, width], bound) },
    action: {
      operator: 'concatenative',
      attended: ({ keyValue }) => {
        if (!keyValue) throw new Error('Key-value prompts were attended to without their parameter "keyValue".');
        return { keys: keyValue, values: keyValue };
      },
    },
  };
}
