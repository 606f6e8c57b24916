import { z } from 'zod';
import { FormatError, readWeights } from '../../assets/index.ts';
import type { Check, Runner } from '../types.ts';

const refuseSchema = z.object({ refuse: z.record(z.string(), z.object({ reason: z.string() })) });

/** Reads every file that the case lists. Error 0 when reading ends in a `FormatError`, 1 when it ends otherwise. */
export const runner: Runner = async (oracle) => {
  const { refuse } = refuseSchema.parse(oracle.json);
  const checks: Check[] = [];
  for (const [file, { reason }] of Object.entries(refuse)) {
    const error = await readWeights(oracle.readFile(file), file).then(
      () => 1,
      (thrown: unknown) => (thrown instanceof FormatError && thrown.reason !== '' ? 0 : 1),
    );
    checks.push({ tensor: `${file}: ${reason}`, error, tolerance: 0 });
  }
  return checks;
};
