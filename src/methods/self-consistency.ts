import { countOption, onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';
import { temperatureOption } from './temperature-option.ts';

/**
 * Self-consistency (Wang et al. 2023, arXiv 2203.11171): several samples of steps, and the answer that most of them come to.
 */
export const selfConsistency: Method = {
  id: 'self-consistency',
  name: 'Self-Consistency',
  family: 'PI',
  paper: 'wang2023selfconsistency',
  follows: 'paper',
  file: 'src/methods/self-consistency.ts',
  options: { shots: 0, samples: 8, temperature: 0.7 },
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'a prompt is read once for all its samples', exact: true }],
  adapt: onlyLanguage('Self-Consistency'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [wordsInFront({ kind: 'steps' }), ...demonstrations(options, 'random')],
        reading: { as: 'after-steps', samples: { count: countOption(options, 'samples', 2), temperature: temperatureOption(options) } },
      },
      classTokens,
    ),
};
