import type { LabelMap } from '../types.ts';
import type { CountMatrix } from './count-matrix.ts';

/**
 * Source classes given to target classes: `sources` of target t are `assigned[t·perTarget … t·perTarget + perTarget − 1]`,
 * ascending. No source class stands for two targets.
 */
export interface Assignment {
  readonly perTarget: number;
  readonly assigned: Int32Array;
}

/**
 * Frequency label map, greedy: take the largest n(s, t), fix s → t, drop row s, and column t once it has `perTarget`
 * sources; repeat. Equal cells: the first in row-major [source][target] order. A target class without samples gets
 * the first source class that is left when its turn comes, at count 0. Counted again from later outputs it is the
 * iterative map. Sources: Tsai et al. 2020 (arXiv 2007.08714); Chen et al. 2023 (arXiv 2211.11635), OPTML-Group/ILM-VP
 * `algorithms/label_mapping.py`.
 * @throws a `RangeError` when there are fewer than perTarget · targets source classes.
 */
export function frequencyMap(counts: CountMatrix, options: { readonly perTarget?: number } = {}): Assignment {
  const { sources, targets, values } = counts;
  const { perTarget = 1 } = options;
  checkEnough(sources, targets, perTarget);
  const cells = Array.from({ length: sources * targets }, (_, cell) => cell);
  cells.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  const used = new Set<number>();
  const picks = Array.from({ length: targets }, (): number[] => []);
  for (const cell of cells) {
    const source = Math.floor(cell / targets);
    const pick = picks[cell % targets];
    if (!pick || pick.length === perTarget || used.has(source)) continue;
    used.add(source);
    pick.push(source);
  }
  return { perTarget, assigned: Int32Array.from(picks.flatMap((pick) => pick.sort((a, b) => a - b))) };
}

/** @throws a `RangeError` when targets can't have `perTarget` source classes each. */
export function checkEnough(sources: number, targets: number, perTarget: number): void {
  if (!(Number.isInteger(perTarget) && perTarget >= 1)) {
    throw new RangeError(`Source classes per target must be a whole number from 1, not ${perTarget}.`);
  }
  if (sources < targets * perTarget) {
    throw new RangeError(
      `${targets} target classes with ${perTarget} source classes each need ${targets * perTarget} source classes; ` +
        `the model has ${sources}.`,
    );
  }
}

/** ω of an assignment: ω(s, t) = 1/perTarget where s was given to t, so a target's logit is the mean of its sources'. */
export function assignmentMap(assignment: Assignment, sources: number): LabelMap {
  const { perTarget, assigned } = assignment;
  const targets = assigned.length / perTarget;
  const weights = new Float32Array(sources * targets);
  assigned.forEach((source, index) => {
    if (source < 0 || source >= sources) {
      throw new RangeError(`A label map names the source class ${source}; there are ${sources} (0 to ${sources - 1}).`);
    }
    weights[source * targets + Math.floor(index / perTarget)] = 1 / perTarget;
  });
  return { sources, targets, weights };
}
