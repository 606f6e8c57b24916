import type { LabelMap } from './types.ts';

/** ω of a verbalizer: ω(s, t) = 1 for every source class s that stands for target t, so probabilities are summed. */
export function groupingMap(groups: readonly (readonly number[])[], sources: number): LabelMap {
  const targets = groups.length;
  const weights = new Float32Array(sources * targets);
  groups.forEach((group, target) => {
    for (const source of group) weights[source * targets + target] = 1;
  });
  return { sources, targets, weights };
}
