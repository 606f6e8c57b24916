import type { Generator } from '../../random/index.ts';
import { checkEnough } from './frequency-map.ts';
import type { Assignment } from './frequency-map.ts';

/**
 * Random label map: the first perTarget · targets entries of a random permutation of the source classes, dealt to the
 * targets in turn. Source: Chen et al. 2023 (arXiv 2211.11635), OPTML-Group/ILM-VP `experiments/cnn/rlm_vp.py`.
 * @throws a `RangeError` when there are fewer than perTarget · targets source classes.
 */
export function randomMap(sources: number, targets: number, generator: Generator, perTarget = 1): Assignment {
  checkEnough(sources, targets, perTarget);
  const chosen = generator.choose(sources, targets * perTarget);
  const picks = Array.from({ length: targets }, (_, target) =>
    [...chosen.subarray(target * perTarget, (target + 1) * perTarget)].sort((a, b) => a - b),
  );
  return { perTarget, assigned: Int32Array.from(picks.flat()) };
}

/**
 * Preset label map: target t is source t (`perTarget` = 1) or the t-th block of `perTarget` source classes.
 * Source: Elsayed, Goodfellow, Sohl-Dickstein 2019 (arXiv 1806.11146).
 * @throws a `RangeError` when there are fewer than perTarget · targets source classes.
 */
export function firstMap(sources: number, targets: number, perTarget = 1): Assignment {
  checkEnough(sources, targets, perTarget);
  return { perTarget, assigned: Int32Array.from({ length: targets * perTarget }, (_, index) => index) };
}
