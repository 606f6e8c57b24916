import { onlyLanguage, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * Contextual calibration (Zhao et al. 2021, arXiv 2102.09690): class probabilities are divided by those that a question without
 * content gets behind the same demonstrations.
 */
export const contextualCalibration: Method = {
  id: 'contextual-calibration',
  name: 'Contextual Calibration',
  family: 'PI',
  paper: 'zhao2021calibrate',
  follows: 'paper',
  file: 'src/methods/contextual-calibration.ts',
  options: { shots: 4 },
  furtherOptions: ['wording', 'redrawn'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('Contextual Calibration'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [...demonstrations(options, 'random')],
        reading: { as: 'calibrated' },
      },
      classTokens,
    ),
};
