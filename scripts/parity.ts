/** npm run parity: the engine against stored outputs of the original libraries; `--help` tells its options. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { formatReport, isGood, runCases, summarise } from '../src/parity/index.ts';
import { findRunners, readCases } from '../src/parity/index.node.ts';
import { useBackend } from '../src/tensor/index.ts';

const help = `npm run parity -- [options]
Runs the engine on stored inputs of the original Python libraries and compares with their stored outputs.

  --oracles DIR   folder of cases, or one case (default: tests/oracles)
  --backend NAME  wasm (default), cpu, node or webgpu; webgpu is allowed 100 times the stated tolerances
  --json          the account as JSON: {passed, failed, uncovered, cases: [{id, kind, status, worst}], …}

Exit code 0: every case that can be run agrees. 1: a case differs, no case was read, or a kind of
tests/parity-required.json has nothing to run it. 2: the options are wrong.`;

/** Shaders compute exp, tanh and division less exactly than a processor. */
const toleranceFactors = { wasm: 1, cpu: 1, node: 1, webgpu: 100 } as const;
const backendName = z.enum(['wasm', 'cpu', 'node', 'webgpu'], {
  error: ({ input }) => `--backend ${String(input)}: choose one of ${Object.keys(toleranceFactors).join(', ')}`,
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      oracles: { type: 'string', default: 'tests/oracles' },
      backend: { type: 'string', default: 'wasm' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, backend: backendName.parse(values.backend) };
}

async function run({ oracles, backend, json }: ReturnType<typeof readOptions>): Promise<number> {
  const toleranceFactor = toleranceFactors[backend];
  const required = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(new URL('../tests/parity-required.json', import.meta.url), 'utf8')));
  const { kernels } = await useBackend(backend);
  const runners = await findRunners();
  const cases = await runCases(readCases(oracles, toleranceFactor), runners);
  const report = summarise(cases, required, new Set(runners.keys()), { name: backend, kernels, toleranceFactor });
  console.log(json ? JSON.stringify(report, null, 2) : formatReport(report, oracles));
  return isGood(report) ? 0 : 1;
}

try {
  const options = readOptions();
  if (options.help) console.log(help);
  else process.exitCode = await run(options);
} catch (error) {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  console.error(issue?.message ?? (error instanceof Error ? error.message : error));
  process.exitCode = 2;
}
