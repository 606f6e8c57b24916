import { z } from 'zod';
import { languageLogits } from '../../models/index.ts';
import { checkLanguageTraining, languageCase } from '../language-case.ts';
import { lowRankWeights } from '../low-rank-weights.ts';
import type { Runner } from '../types.ts';

const schema = z.looseObject({ method: z.looseObject({ r: z.number(), alpha: z.number() }) });

/** PEFT's LoRA on linear layers of the blocks. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = languageCase(oracle);
  return checkLanguageTraining(oracle, at, (params, { ids, mask }) =>
    languageLogits(at.architecture, lowRankWeights(params, at.weights, { rank: method.r, alpha: method.alpha }), {
      tokens: ids,
      ...(mask ? { mask } : {}),
      positions: 'places',
    }),
  );
};
