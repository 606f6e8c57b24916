import { z } from 'zod';
import { generate, languageLogits } from '../../models/index.ts';
import { checkFrozen } from '../check-frozen.ts';
import { compare, compareTensor } from '../compare.ts';
import { disposeLanguageCase, languageCase } from '../language-case.ts';
import type { Check, Runner } from '../types.ts';

const schema = z.looseObject({ method: z.looseObject({ name: z.literal('greedy'), newTokens: z.number() }) });

/** Logits of the prompt, then greedy decoding, with a cache of keys and values and without. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = languageCase(oracle);
  const { architecture, weights, batch } = at;
  const [rows = 0] = batch.ids.shape;
  const prompt = { tokens: batch.ids, ...(batch.mask ? { mask: batch.mask } : {}) };
  const decode = (cached: boolean): readonly Check[] => {
    const seen = new Float32Array(rows * method.newTokens * architecture.vocabulary);
    const generated = generate(architecture, weights, prompt, {
      newTokens: method.newTokens,
      cached,
      observe: (step, logits) => {
        const values = logits.dataSync();
        for (let row = 0; row < rows; row += 1) {
          const own = values.subarray(row * architecture.vocabulary, (row + 1) * architecture.vocabulary);
          seen.set(own, (row * method.newTokens + step) * architecture.vocabulary);
        }
      },
    });
    return [compare(oracle, 'expect.generated', generated.flat()), compare(oracle, 'expect.decode_logits', seen)];
  };
  const checks = [
    compareTensor(oracle, 'expect.logits', languageLogits(architecture, weights, { ...prompt, positions: 'places' })),
    ...[true, false].flatMap(decode),
    checkFrozen(at),
  ];
  disposeLanguageCase(at);
  return checks;
};
