import { z } from 'zod';
import { runScript } from './command.ts';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { runTests } from './run-tests.ts';
import { testFiles } from './test-files.ts';

const worst = z.object({ tensor: z.string(), error: z.number().nullable(), tolerance: z.number() });
const account = z.object({
  passed: z.number(),
  failed: z.number(),
  uncovered: z.union([z.number(), z.array(z.unknown())]),
  cases: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      status: z.string(),
      worst: worst.nullish(),
      error: z.string().nullish(),
    }),
  ),
});

/** The engine against stored outputs of the original Python libraries: one check a case. */
export const parity: Part = {
  name: 'parity',
  describes: 'the engine gives what the original libraries gave',
  async run(options) {
    return combine([await runOracles(options.signal), await runTests(testFiles('parity'), options)]);
  },
};

async function runOracles(signal: AbortSignal): Promise<Outcome> {
  const { code, stdout, stderr } = await runScript('scripts/parity.ts', ['--json'], { signal });
  let parsed;
  try {
    parsed = account.parse(JSON.parse(stdout));
  } catch (error) {
    return failure('0 cases', `npm run parity gave no account (exit code ${code}): ${error}\n${stderr}${stdout.slice(0, 2000)}`);
  }
  const { cases, passed, failed } = parsed;
  const uncovered = typeof parsed.uncovered === 'number' ? parsed.uncovered : parsed.uncovered.length;
  const failures = cases
    .filter(({ status }) => status === 'failed')
    .map(({ id, kind, worst: at, error }) =>
      at ? `${id} (${kind}): ${at.tensor} is off by ${at.error}, allowed ${at.tolerance}` : `${id} (${kind}): ${error ?? 'no reason given'}`,
    );
  const examined = `${passed + failed} of ${cases.length} cases`;
  const notes = uncovered > 0 ? [`${uncovered} cases aren't covered yet`] : [];
  if (code !== 0 && failed === 0) {
    return { passed, failed: 1, examined, failures: [`npm run parity ended with code ${code}.\n${stderr}`.trimEnd()], notes };
  }
  return { passed, failed, examined, failures, notes };
}
