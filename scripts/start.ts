/**
 * `npm start`: computes the quick preset on this machine, compares it with the committed records, builds the site with
 * both, serves it and prints its address. Writes into ignored folders alone (`.atlas/`, `dist/`).
 */
import { parseArgs } from 'node:util';
import type { RunEvent } from '../src/bench/index.node.ts';
import { buildSite } from './build-site.ts';
import { root } from './parts/root.ts';
import { portOption } from './port-option.ts';
import { serveFolder } from './static-server.ts';
import { stopSignal } from './stop-signal.ts';
import { computeHere } from './this-machine.ts';

const usage = `Usage: npm start -- [--port N] [--no-bench]
Computes the quick preset on this machine (about a minute on two cores), builds the site and serves it until Ctrl-C.
  --port N    the port to serve at (4321; a busy one is passed over for the next free one)
  --no-bench  no computing: the site with the committed records alone`;

try {
  process.exitCode = await main();
} catch (error) {
  const isMistake = error instanceof Error && (error.name === 'Error' || error.name.endsWith('RequestError') || error instanceof RangeError);
  console.error(isMistake ? error.message : error);
  process.exitCode = 1;
}
// Worker threads of the build may linger.
process.exit();

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const { help, bench } = readOptions(args);
  if (help) {
    console.log(usage);
    return 0;
  }
  const port = portOption(args, 4321);
  const signal = stopSignal();
  if (bench) await compute(signal);
  if (signal.aborted) return stopped();

  console.log('Building the site …');
  const built = await Promise.race([buildSite(), aborted(signal)]);
  if (built === undefined) return stopped();
  const { pages, searchable, seconds } = built;
  console.log(`${pages} pages, ${searchable} of them searchable, in ${seconds.toFixed(0)} s.`);

  const server = await serveFolder(`${root}/dist`, port);
  console.log(`\nThe atlas is at ${server.address}\nCtrl-C ends.`);
  await aborted(signal);
  await server.close();
  return 0;
}

function readOptions(args: readonly string[]): { readonly help: boolean; readonly bench: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, bench: { type: 'boolean', default: true }, help: { type: 'boolean', short: 'h', default: false } },
      allowNegative: true,
    });
    return values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function stopped(): number {
  console.log('Stopped.');
  return 130;
}

/** Computes and tells; a machine that can't compute still gets the site. */
async function compute(signal: AbortSignal): Promise<void> {
  console.log('Computing the quick preset on this machine, to compare it with the committed records …');
  try {
    const report = await computeHere({ root, signal, report: tell });
    endLine();
    if (report === undefined) return;
    for (const failure of report.failures) console.error(`failed: ${failure}`);
    for (const { verdict, methodId, taskId, seed, reason } of report.runs) {
      if (verdict === 'different' || verdict === 'within tolerance') console.log(`${verdict}: ${methodId} on ${taskId}, seed ${seed}: ${reason}`);
    }
    console.log(`${report.summary} (${report.seconds.toFixed(0)} s).`);
  } catch (error) {
    endLine();
    console.error(`The quick preset could not be computed here: ${error instanceof Error ? error.message : String(error)}`);
    console.error('The site shows the committed records alone.');
  }
}

function tell(event: RunEvent): void {
  if (event.type === 'started') console.log(`${event.jobs} runs, about ${inWords(event.secondsLeft)}`);
  if (event.type === 'note') console.log(event.message);
  if (event.type === 'done') {
    endLine();
    console.log(`[${event.done}/${event.jobs}] ${event.label}: ${event.outcome}; ${inWords(event.secondsLeft)} left`);
  }
  if (event.type === 'progress' && process.stdout.isTTY) {
    const { stage, done, total } = event.progress;
    process.stdout.write(`\r\u001b[K${event.label}: ${stage} ${done}/${total}; ${inWords(event.secondsLeft)} left`);
  }
}

function endLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
}

function inWords(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
