import { z } from 'zod';
import { languageLogits } from '../../models/index.ts';
import { checkLanguageTraining, languageCase } from '../language-case.ts';
import { rescaledWeights } from '../rescaled-weights.ts';
import type { Runner } from '../types.ts';

const schema = z.looseObject({ method: z.looseObject({ feedforward: z.array(z.string()) }) });

/** PEFT's (IA)³ on linear layers of the blocks. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = languageCase(oracle);
  return checkLanguageTraining(oracle, at, (params, { ids, mask }) =>
    languageLogits(at.architecture, rescaledWeights(params, at.weights, method.feedforward), {
      tokens: ids,
      ...(mask ? { mask } : {}),
      positions: 'places',
    }),
  );
};
