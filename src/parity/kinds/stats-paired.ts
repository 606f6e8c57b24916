import { z } from 'zod';
import { holm, mcNemar, pairedTest, spearman, wilcoxonSignedRank } from '../../results/index.ts';
import { compareItems } from '../compare-items.ts';
import type { Runner } from '../types.ts';

const numbers = z.array(z.number());

const inputSchema = z.union([
  z.object({ a: numbers, b: numbers, level: z.number().default(0.95), margin: z.number().default(1) }),
  z.object({ onlyFirstRight: z.number(), onlySecondRight: z.number() }),
  z.object({ p: numbers, alpha: z.number().default(0.05) }),
]);

/** Paired tests of two methods (t, equivalence, Wilcoxon, rank correlation), McNemar, Holm. */
export const runner: Runner = async (oracle) =>
  compareItems(oracle, ({ input, asked: results }) => {
    const asked = inputSchema.parse(input);
    if ('a' in asked) {
      const { a, b, level, margin } = asked;
      if (results.has('rho')) return spearman(a, b);
      return { ...pairedTest(a, b, level, margin), wilcoxon: wilcoxonSignedRank(a, b) };
    }
    if ('p' in asked) return holm(asked.p, asked.alpha);
    return mcNemar(asked.onlyFirstRight, asked.onlySecondRight);
  });
