import { z } from 'zod';
import { friedmanTest, nemenyiQuantile } from '../../results/index.ts';
import { compareItems } from '../compare-items.ts';
import type { Runner } from '../types.ts';

const alpha = z.number().default(0.05);

const inputSchema = z.union([
  z.object({ scores: z.array(z.array(z.number())), alpha }),
  z.object({ methods: z.number(), alpha }),
]);

/** Friedman's test, Iman and Davenport's F, Nemenyi's comparisons. */
export const runner: Runner = async (oracle) =>
  compareItems(oracle, ({ input }) => {
    const asked = inputSchema.parse(input);
    return 'scores' in asked
      ? friedmanTest(asked.scores, asked.alpha)
      : { q: nemenyiQuantile(asked.methods, asked.alpha) };
  });
