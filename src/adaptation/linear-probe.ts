import { reprogram, reprogramLanguage, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * The linear probe: the frozen features, computed once, and a linear head. It is the rival that a program or a prompt
 * inside the net must beat to have done anything.
 */
export const linearProbe: Method = {
  id: 'linear-probe',
  name: 'Linear probe',
  family: 'PCA',
  paper: 'kornblith2019transfer',
  follows: 'paper',
  file: 'src/adaptation/linear-probe.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: 'head from the linear probe of the common recipe, trained on',
  },
  trainable: 'd·K + K',
  tricks: [{ name: 'features computed once', exact: true }],
  adapt: ({ model, targets }) => ({
    ...reprogram(
      model,
      {
        fit: wholeCanvas(model.architecture.input),
        manipulations: [],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    ),
    taxonomy: null,
  }),
  adaptLanguage: ({ model, classTokens }) => {
    if (!classTokens) throw new RangeError('A linear probe chooses among classes; the answers of this task are open.');
    return {
      ...reprogramLanguage(model, { manipulations: [], reading: { as: 'head', start: 'zero', bias: true } }, classTokens),
      taxonomy: null,
    };
  },
  onText: { initial: 'head 0', tricks: [{ name: 'features computed once', exact: true }] },
};
