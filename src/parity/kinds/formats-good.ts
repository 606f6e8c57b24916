import { z } from 'zod';
import { readWeights } from '../../assets/index.ts';
import { largestError, valuesOf } from '../compare.ts';
import type { Check, Runner } from '../types.ts';

const archivesSchema = z.object({
  archives: z.record(z.string(), z.object({ tensors: z.record(z.string(), z.object({ shape: z.array(z.number()) })) })),
});

/**
 * Reads every archive of the case. Each must hold exactly the tensors that the case names, with their shapes; floating
 * types as float32, integers and booleans as int32.
 */
export const runner: Runner = async (oracle) => {
  const { archives } = archivesSchema.parse(oracle.json);
  const checks: Check[] = [];
  for (const [file, archive] of Object.entries(archives)) {
    const tensors = await readWeights(oracle.readFile(file), file);
    const unexpected = [...tensors.keys()].filter((name) => !(name in archive.tensors));
    checks.push({ tensor: `${file}: tensors that are not in it`, error: unexpected.length, tolerance: 0 });
    for (const [name, { shape }] of Object.entries(archive.tensors)) {
      const stored = `expect.${file}:${name}`;
      const expected = oracle.tensors.get(stored);
      const ours = tensors.get(name);
      const alike = ours?.dtype === expected?.dtype && ours?.shape.join() === shape.join();
      const error = ours && alike ? largestError(ours.values, valuesOf(oracle, stored)) : Infinity;
      checks.push({ tensor: stored, error, tolerance: oracle.tolerance(stored) });
    }
  }
  return checks;
};
