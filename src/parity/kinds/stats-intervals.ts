import { z } from 'zod';
import { criticalStudent, meanAndInterval, normalPopulationHalfWidth, wilsonInterval } from '../../results/index.ts';
import { compareItems } from '../compare-items.ts';
import type { Runner } from '../types.ts';

const level = z.number().default(0.95);

const inputSchema = z.union([
  z.object({ values: z.array(z.number()), level }),
  z.object({ successes: z.number(), trials: z.number(), level }),
  z.object({ df: z.number(), levels: z.array(z.number()) }),
]);

/** t-intervals of means, critical values of Student's t, Wilson intervals. */
export const runner: Runner = async (oracle) =>
  compareItems(oracle, ({ input }) => {
    const asked = inputSchema.parse(input);
    if ('values' in asked) {
      const halfWidth = normalPopulationHalfWidth(asked.values);
      return { ...meanAndInterval(asked.values, asked.level), normalPopulationHalfWidth: halfWidth };
    }
    if ('trials' in asked) {
      return wilsonInterval(asked.successes, asked.trials, asked.level) ?? { low: null, high: null };
    }
    return { critical: asked.levels.map((each) => criticalStudent(asked.df, each)) };
  });
