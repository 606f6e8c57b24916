import { languageLogits } from '../../models/index.ts';
import { checkLanguageTraining, languageCase } from '../language-case.ts';
import { prefixKeysAndValues } from '../prefix-keys-and-values.ts';
import type { Runner } from '../types.ts';

/** PEFT's prefix tuning: keys and values in front of each block's own; positions begin behind them. */
export const runner: Runner = async (oracle) => {
  const at = languageCase(oracle);
  const { architecture, weights } = at;
  return checkLanguageTraining(oracle, at, (params, { ids, mask }) => {
    const prefix = prefixKeysAndValues(params, architecture);
    return languageLogits(architecture, weights, {
      tokens: ids,
      ...(mask ? { mask } : {}),
      extra: prefix.map((block) => [block]),
      positions: 'places',
      firstPosition: prefix[0]?.keys.shape[0] ?? 0,
    });
  });
};
