import type { KeptPrompt } from '../reprogramming/index.ts';
import type { Params } from '../tensor/index.ts';

/** Prompts of the same number and width at several blocks, cut into segments of equal width. */
export interface CutPrompts {
  readonly count: number;
  readonly width: number;
  readonly segments: number;
  /** Their names among the parameters, `[count, width]` each. */
  readonly names: readonly string[];
}

/**
 * |∂loss/∂ρ| for a factor ρ = 1 in front of a prompt, the same in every block, and in front of each of its segments: by the
 * chain rule the sums of value · gradient. The first `count` numbers belong to the prompts, the others to their segments,
 * prompt by prompt.
 */
export function promptImportance({ count, width, segments, names }: CutPrompts, params: Params, gradients: Params): Float32Array {
  const columns = width / segments;
  const bySegment = new Float64Array(count * segments);
  for (const name of names) {
    const [values, slopes] = [params[name]?.dataSync(), gradients[name]?.dataSync()];
    if (!values || !slopes) throw new Error(`The importance of "${name}" was asked for, but it has no value or no gradient.`);
    for (let at = 0; at < count * width; at++) {
      const segment = Math.floor(at / columns);
      bySegment[segment] = (bySegment[segment] ?? 0) + (values[at] ?? NaN) * (slopes[at] ?? NaN);
    }
  }
  const byPrompt = Array.from({ length: count }, (_, prompt) =>
    bySegment.subarray(prompt * segments, (prompt + 1) * segments).reduce((sum, value) => sum + value, 0),
  );
  return Float32Array.from([...byPrompt, ...bySegment], Math.abs);
}

/** Numbers of the `keep` largest values, ascending; of equal ones the first stays. */
export function largest(values: Float32Array, keep: number): readonly number[] {
  return [...values.keys()]
    .sort((a, b) => (values[b] ?? NaN) - (values[a] ?? NaN) || a - b)
    .slice(0, keep)
    .sort((a, b) => a - b);
}

/** The `prompts` most important prompts, and of each its `segments` most important segments. */
export function mostImportant(
  { count, segments: cut }: CutPrompts,
  importance: Float32Array,
  keep: { readonly prompts: number; readonly segments: number },
): readonly KeptPrompt[] {
  return largest(importance.subarray(0, count), keep.prompts).map((prompt) => {
    const start = count + prompt * cut;
    return { prompt, segments: largest(importance.subarray(start, start + cut), keep.segments) };
  });
}
