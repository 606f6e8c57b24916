import type { LabelMap, Observations } from '../types.ts';
import { blm, blmPlus } from './bayesian-map.ts';
import { countMatrix } from './count-matrix.ts';
import type { CountMatrix } from './count-matrix.ts';
import { assignmentMap, frequencyMap } from './frequency-map.ts';
import { argmaxRows, softmaxRows } from './rows.ts';

/** A statistical alignment's rule: ω from outputs on labelled samples; the rule's name and constants, for the record. */
export interface Estimator {
  readonly estimate: (observations: Observations) => LabelMap;
  readonly describe: Readonly<Record<string, string | number>>;
}

/** {@link frequencyMap} of the counted predictions. */
export function frequencyEstimator({ perTarget = 1 }: { readonly perTarget?: number } = {}): Estimator {
  return {
    estimate: (observations) =>
      assignmentMap(frequencyMap(countPredictions(observations), { perTarget }), observations.sources),
    describe: { rule: 'frequency', perTarget },
  };
}

/** {@link blm} of the counted predictions; λ is 1 in the paper. */
export function blmEstimator({ lambda = 1 }: { readonly lambda?: number } = {}): Estimator {
  return {
    estimate: (observations) => blm(countPredictions(observations), lambda),
    describe: { rule: 'blm', lambda },
  };
}

/** {@link blmPlus} of the softmax probabilities. */
export function blmPlusEstimator(options: { readonly k: number; readonly lambda?: number }): Estimator {
  const { k, lambda = 1 } = options;
  return {
    estimate: ({ logits, labels, sources, targets }) =>
      blmPlus(softmaxRows(logits, sources), labels, { k, lambda, sources, targets }),
    describe: { rule: 'blm+', lambda, k },
  };
}

/** n(s, t) of the most probable source classes. */
function countPredictions({ logits, labels, sources, targets }: Observations): CountMatrix {
  return countMatrix(argmaxRows(logits, sources), labels, sources, targets);
}
