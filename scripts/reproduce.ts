/** npm run reproduce -- [TABLE | record | cell] [options]: runs committed records again and compares their bits. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RequestError, readSampleSize } from '../src/bench/index.ts';
import { reproduce } from '../src/bench/index.node.ts';
import type { Reproduced, ReproduceOptions } from '../src/bench/index.node.ts';
import { stopSignal } from './stop-signal.ts';

const help = `npm run reproduce -- [NAME] [options]
Runs committed records again and compares digests of trained parameters and predictions.

  NAME            a table, a record's id (or its beginning), or a cell: row@model/task, and /N for those with N training examples; default: all tables
  --sample SIZE   a random share (5%) or number (10) of them
  --seed N        which sample; default: by the clock, and printed
  --backend NAME  wasm (default), cpu, node, webgpu
  --workers N     worker processes (default: one per core)
  --root DIR      the project's folder (default: this one)
  --runner FILE   a module that runs cells instead of the engine, for tests
  --json          the answer as JSON
  --help

Same bits are promised on x86-64 with the same back-end and kernels; elsewhere a run may be within tolerance.
Exit code 0: nothing differs beyond tolerance. 1: something does, or nothing could be run. 2: the request is wrong.`;

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      seed: { type: 'string' },
      backend: { type: 'string' },
      workers: { type: 'string' },
      root: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
      runner: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!isMistakeOfTheAsker(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function isMistakeOfTheAsker(error: unknown): error is Error {
  if (error instanceof RequestError) return true;
  if (!(error instanceof Error)) return false;
  return error.name === 'RecordError' || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [name, ...more] = positionals;
  if (more.length > 0) throw new RequestError(`one name at a time, not also "${more.join(' ')}"`);
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : readCount('--seed', values.seed);
  const options: ReproduceOptions = {
    root: values.root,
    seed,
    signal: stopSignal(),
    ...(name === undefined ? {} : { name }),
    ...(values.sample === undefined ? {} : { sample: readSampleSize(values.sample) }),
    ...(values.backend === undefined ? {} : { backend: values.backend }),
    ...(values.workers === undefined ? {} : { workers: readCount('--workers', values.workers) }),
    ...(values.runner === undefined ? {} : { runner: values.runner }),
    ...(values.json ? {} : { report: ({ done, total, latest }) => console.log(`[${done}/${total}] ${describe(latest)}`) }),
  };
  if (values.sample !== undefined && !values.json) console.log(`sample ${values.sample} with --seed ${seed}`);
  const answer = await reproduce(options);
  if (values.json) console.log(JSON.stringify({ ...answer, sampleSeed: seed }, null, 2));
  else {
    for (const { label, reason } of answer.skipped) console.log(`skipped ${label}: ${reason}`);
    console.log(answer.sentence);
  }
  if (answer.interrupted) return 130;
  return answer.isGood ? 0 : 1;
}

function describe({ label, verdict, reason, seconds, id }: Reproduced): string {
  const why = verdict === 'same bits' ? '' : ` (record ${id}: ${reason})`;
  return `${label}: ${verdict}${why}, ${seconds.toFixed(1)} s`;
}

function readCount(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RequestError(`${option} ${text}: write a whole number`);
  return value;
}
