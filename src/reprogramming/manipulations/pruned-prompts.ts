import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Manipulation, ParameterSpec } from '../types.ts';
import type { AttendedPromptsOptions } from './attended-prompts.ts';

/** A prompt that is kept, and which of its segments, both by their number among all, ascending. */
export interface KeptPrompt {
  readonly prompt: number;
  readonly segments: readonly number[];
}

export interface PrunedPromptsOptions extends AttendedPromptsOptions {
  /** Into how many segments of equal width a prompt is cut. */
  readonly segments: number;
  /** What is left; every prompt has as many segments. */
  readonly kept: readonly KeptPrompt[];
}

/** The kept numbers of the first values that all the prompts would have, so that pruning rewinds and doesn't redraw. */
function keptValues({ count, width, bound, segments, kept }: PrunedPromptsOptions): ParameterSpec {
  const [columns, left] = [width / segments, kept[0]?.segments.length ?? 0];
  return {
    shape: [kept.length, left * columns],
    initial: (generator) => {
      const all = generator.uniforms(count * width, -bound, bound);
      return Float32Array.from(
        kept.flatMap(({ prompt, segments: own }) =>
          own.flatMap((segment) => {
            const start = prompt * width + segment * columns;
            return [...all.subarray(start, start + columns)];
          }),
        ),
      );
    },
  };
}

/** `[kept segments of all prompts, segments of all prompts]`: a 1 where the one belongs, so that a product is exact. */
function places({ segments, kept }: PrunedPromptsOptions): Float32Array {
  const rows = kept.flatMap(({ segments: own }, prompt) => own.map((segment) => prompt * segments + segment));
  const columns = kept.length * segments;
  const matrix = new Float32Array(rows.length * columns);
  rows.forEach((column, row) => (matrix[row * columns + column] = 1));
  return matrix;
}

/**
 * What pruning leaves of P prompts `[count, width]` that a block attends to: some prompts, and some segments of each, with
 * zeros where the others were (E²VPT, arXiv 2307.13770). A pruned prompt is attended to no more. The parameter
 * `[kept prompts, kept columns]` starts with the values that it would have among all of them.
 */
export function prunedPrompts(options: PrunedPromptsOptions): Manipulation {
  const { block, width, segments, kept } = options;
  const left = kept[0]?.segments.length ?? 0;
  const columns = width / segments;
  const matrix = places(options);
  const whole = (prompt: Tensor): Tensor => {
    if (left === segments) return prompt;
    const parts = tf.reshape(prompt, [kept.length * left, columns]);
    const placed = tf.matMul(tf.tensor2d(matrix, [kept.length * left, kept.length * segments]), parts, true, false);
    return tf.reshape(placed, [kept.length, width]);
  };
  return {
    site: { location: 'hidden', block, enters: 'keys-and-values' },
    parameters: { prompt: keptValues(options) },
    action: {
      operator: 'concatenative',
      attended: ({ prompt }) => {
        if (!prompt) throw new Error('Pruned prompts were attended to without their parameter "prompt".');
        return { states: whole(prompt) };
      },
    },
  };
}
