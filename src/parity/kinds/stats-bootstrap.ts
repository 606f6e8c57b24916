import { z } from 'zod';
import { bootstrapMean } from '../../results/index.ts';
import { compareItems } from '../compare-items.ts';
import type { Runner } from '../types.ts';

const inputSchema = z.object({ values: z.array(z.number()), indices: z.string(), level: z.number().default(0.95) });

/** Bootstrap intervals of a mean from stored resample indices [resamples, values]. */
export const runner: Runner = async (oracle) =>
  compareItems(oracle, ({ name, input }) => {
    const { values, indices, level } = inputSchema.parse(input);
    const tensor = oracle.tensors.get(indices);
    if (tensor === undefined) throw new Error(`${oracle.id}: item "${name}" names the tensor ${indices}, which isn't there`);
    const [count = 0, width = 0] = tensor.shape;
    const resamples = Array.from({ length: count }, (_, b) => tensor.values.subarray(b * width, (b + 1) * width));
    return bootstrapMean(values, resamples, level);
  });
