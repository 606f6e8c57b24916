/** npm run parity: the engine against stored outputs of the original libraries; `--help` tells its options. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { formatReport, isGood, runCases, summarise } from '../src/parity/index.ts';
import type { FoundCase } from '../src/parity/index.ts';
import { findRunners, readCases } from '../src/parity/index.node.ts';
import { toleranceFactors } from '../src/results/index.ts';
import { useBackend } from '../src/tensor/index.ts';

const help = `npm run parity -- [options]
Runs the engine on stored inputs of the original Python libraries and compares with their stored outputs.

  --oracles DIR   folder of cases, or one case (default: tests/oracles)
  --case ID       only this case of the folder (may be repeated)
  --backend NAME  wasm (default), cpu, node or webgpu; webgpu is allowed 100 times the stated tolerances
  --json          the account as JSON: {passed, failed, uncovered, factors, cases: [{id, kind, status, worst}], …}

An error is also said as a factor, the multiple of its stated tolerance. Without a graphics card "webgpu" can be tried by
"npm run swiftshader -- scripts/parity.ts --backend webgpu".

Exit code 0: every case that can be run agrees. 1: a case differs, no case was read, or a kind of
tests/parity-required.json has nothing to run it. 2: the options are wrong.`;

const backends = ['wasm', 'cpu', 'node', 'webgpu'] as const;
const backendName = z.enum(backends, { error: ({ input }) => `--backend ${String(input)}: choose one of ${backends.join(', ')}` });

function readOptions() {
  const { values } = parseArgs({
    options: {
      oracles: { type: 'string', default: 'tests/oracles' },
      case: { type: 'string', multiple: true },
      backend: { type: 'string', default: 'wasm' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, backend: backendName.parse(values.backend) };
}

async function run({ oracles, case: ids, backend, json }: ReturnType<typeof readOptions>): Promise<number> {
  const toleranceFactor = toleranceFactors[backend] ?? 1;
  const required = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(new URL('../tests/parity-required.json', import.meta.url), 'utf8')));
  const { kernels } = await useBackend(backend);
  const runners = await findRunners();
  const found = readCases(oracles, toleranceFactor);
  const cases = await runCases(ids === undefined ? found : chosen(found, ids), runners);
  const report = summarise(cases, required, new Set(runners.keys()), { name: backend, kernels, toleranceFactor });
  console.log(json ? JSON.stringify(report, null, 2) : formatReport(report, oracles));
  return isGood(report) ? 0 : 1;
}

function chosen(found: readonly FoundCase[], ids: readonly string[]): readonly FoundCase[] {
  const idOf = (one: FoundCase): string => ('oracle' in one ? one.oracle.id : one.id);
  for (const id of ids) if (!found.some((one) => idOf(one) === id)) throw new Error(`--case ${id}: there is no such case`);
  return found.filter((one) => ids.includes(idOf(one)));
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
