/** npm run train -- MODEL [--verify] [--steps N]: makes a home-made model again from its recipe. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AssetSource } from '../src/assets/index.ts';
import { nodeAssetSource } from '../src/assets/index.node.ts';
import { RequestError, homeRecipe, trainHomeModel } from '../src/bench/index.ts';
import { environmentHere, readHomeModelCard, writeHomeModel } from '../src/bench/index.node.ts';
import { disposeParams, useBackend } from '../src/tensor/index.ts';

const waypoint = 20;

const help = `npm run train -- MODEL [options]
Makes a home-made model from its recipe and stores it below benchmarks/models/MODEL/.

  --verify        writes nothing; compares the digest with that of the stored model
  --steps N       only the first N steps of the course; writes nothing; with ${waypoint} steps the digest is compared
  --out DIR       stores below DIR instead of benchmarks/models/
  --backend NAME  wasm (default), cpu, node, webgpu; the promise of equal bits is for wasm on x86-64
  --help

Exit code 0: made, or the digests agree. 1: they differ. 2: the request is wrong.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verify: { type: 'boolean', default: false },
    steps: { type: 'string' },
    out: { type: 'string', default: join(root, 'benchmarks', 'models') },
    backend: { type: 'string', default: 'wasm' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof RequestError) && !(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const [model, ...more] = positionals;
  if (values.help || model === undefined || more.length > 0) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  homeRecipe(model);
  const known = (['wasm', 'cpu', 'node', 'webgpu'] as const).find((name) => name === values.backend);
  if (!known) throw new RequestError(`--backend ${values.backend}: choose one of wasm, cpu, node, webgpu`);
  const backend = await useBackend(known);
  const assets = nodeAssetSource({ offline: true });

  if (values.steps !== undefined) return firstSteps(model, readSteps(values.steps), assets);
  const stored = values.verify ? readHomeModelCard(values.out, model) : undefined;

  const { trainedDigest, weights: early } = await trainHomeModel(model, { assets, steps: waypoint });
  disposeParams(early);
  const started = performance.now();
  const made = await trainHomeModel(model, { assets, report: reporter(started) });
  const seconds = (performance.now() - started) / 1000;
  console.log(`${model}: ${made.steps} steps in ${seconds.toFixed(0)} s, accuracy ${made.testAccuracy.toFixed(4)} on ${made.testCount} test answers`);
  if (stored) return agree(`${model}, weights`, stored.digest, made.digest);

  const environment = environmentHere(root);
  const digest = writeHomeModel(
    values.out,
    made,
    { steps: waypoint, trainedDigest },
    { backend: { name: backend.name, kernels: backend.kernels }, environment, seconds },
  );
  console.log(`stored with digest ${digest}`);
  return 0;
}

async function firstSteps(model: string, steps: number, assets: AssetSource): Promise<number> {
  const { trainedDigest } = await trainHomeModel(model, { assets, steps });
  console.log(`${model}: digest after ${steps} steps ${trainedDigest}`);
  if (steps !== waypoint) return 0;
  return agree(`${model}, first ${steps} steps`, readHomeModelCard(values.out, model).firstSteps.trainedDigest, trainedDigest);
}

function agree(what: string, stored: string, made: string): number {
  console.log(stored === made ? `${what}: same bits (${made})` : `${what}: different: stored ${stored}, made ${made}`);
  return stored === made ? 0 : 1;
}

/** A line every so often, with the time left. */
function reporter(started: number): (done: number, total: number) => void {
  let last = started;
  return (done, total) => {
    const now = performance.now();
    if (now - last < 20_000) return;
    last = now;
    const left = ((now - started) / done) * (total - done);
    console.log(`step ${done} of ${total}, ${(left / 60_000).toFixed(1)} minutes left`);
  };
}

function readSteps(text: string): number {
  const steps = Number(text);
  if (!Number.isInteger(steps) || steps < 1) throw new RequestError(`--steps ${text}: write a whole number of at least 1`);
  return steps;
}
