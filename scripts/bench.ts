/** npm run bench -- COMMAND [options]: lists, plans, runs and checks the grids of benchmarks/tables/. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unknownName } from '../src/assets/index.ts';
import { RequestError, committedPreset } from '../src/bench/index.ts';
import type { Plan, Verification } from '../src/bench/index.ts';
import { gather, openSession, openTables, planSession, recordsName, runSession, verifySession, writeCards, writeShows } from '../src/bench/index.node.ts';
import type { RunEvent, Selection } from '../src/bench/index.node.ts';
import { agree as agreeOn } from './agree/agree.ts';
import { stopSignal } from './stop-signal.ts';

const help = `npm run bench -- COMMAND [options]

  list     tables, presets, cells
  plan     what "run" would do: runs, core-minutes, what can't be had here and why; runs nothing
  run      runs what is missing, with one worker process per core; goes on where it stopped
  status   how much of each grid is there
  verify   schemas, hashes, digests, bit sets and seeds of what is stored; runs nothing
  merge    gathers what killed or parallel runs left into one file per table
  cards    writes benchmarks/cards/{tables,methods,models}/ for the site
  show     trains one column again at its first seed and writes what each row changes of the input to benchmarks/shows/
  agree    tries back-ends against stored cases and against each other over ten steps of every method: benchmarks/agreement.json

  --table ID       only this table (may be repeated)
  --preset NAME    ${committedPreset} (default), quick, full: another size of the same grid, with records of its own
  --cell ID        only this cell, as plan prints it; * stands for anything: 'ilm-vp*@doodlenet/*'
  --seeds 1,2,6    these seeds instead of the table's
  --shard i/n      the i-th of n parts, for n machines
  --backend NAME   wasm (default), cpu, node, webgpu
  --backends A,B   agree: which back-ends (default: wasm,webgpu,cpu); the others are compared with the first
  --only PART      agree: only this part (may be repeated), as vpt-deep@network or parity/clip; * stands for anything
  --resume         agree: what was tried with the same commit and kernels stays
  --tried          agree: runs nothing and compares what was tried, here or on another machine
  --workers N      worker processes (default: one per core)
  --order ORDER    longest (default): long jobs first; table: column by column
  --retry-failed   runs again what failed
  --out DIR        records go below DIR instead of benchmarks/
  --root DIR       the project's folder (default: this one)
  --runner FILE    a module that runs cells instead of the engine, for tests
  --json           the answer as JSON
  --help

Exit code 0: done. 1: a run failed, verify found a problem, or back-ends disagree. 2: the request is wrong. 130: interrupted.`;

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      table: { type: 'string', multiple: true },
      preset: { type: 'string' },
      cell: { type: 'string' },
      seeds: { type: 'string' },
      shard: { type: 'string' },
      backend: { type: 'string' },
      backends: { type: 'string', default: 'wasm,webgpu,cpu' },
      only: { type: 'string', multiple: true },
      resume: { type: 'boolean', default: false },
      tried: { type: 'boolean', default: false },
      workers: { type: 'string' },
      order: { type: 'string' },
      'retry-failed': { type: 'boolean', default: false },
      out: { type: 'string' },
      root: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
      runner: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

type Values = ReturnType<typeof readArguments>['values'];
type Command = (selection: Selection, values: Values) => Promise<number>;

const commands: Readonly<Record<string, Command>> = { list, plan, run, status, verify, merge, cards, show, agree };

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

function selectionOf(values: Values): Selection {
  return {
    root: values.root,
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(values.table === undefined ? {} : { tables: values.table }),
    ...(values.preset === undefined ? {} : { preset: values.preset }),
    ...(values.cell === undefined ? {} : { cell: values.cell }),
    ...(values.seeds === undefined ? {} : { seeds: readSeeds(values.seeds) }),
    ...(values.shard === undefined ? {} : { shard: readShard(values.shard) }),
    ...(values.runner === undefined ? {} : { runner: values.runner }),
    retryFailed: values['retry-failed'],
  };
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [name, ...more] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const command = commands[name];
  if (!command) throw new RequestError(unknownName('command', name, Object.keys(commands)));
  if (more.length > 0) throw new RequestError(`"${more.join(' ')}" belongs to nothing; options start with --`);
  return command(selectionOf(values), values);
}

async function list(selection: Selection, { json }: Values): Promise<number> {
  const tables = await openTables(selection);
  const rows = tables.map(({ table, grids }) => ({
    id: table.id,
    title: table.title,
    presets: grids.map((grid) => ({
      preset: grid.preset,
      rows: grid.rows.length,
      columns: grid.columns.length,
      cells: grid.cells.length,
      seeds: grid.seeds.length,
      runs: grid.cells.length * grid.seeds.length,
    })),
  }));
  print(json, rows, () => {
    for (const { id, title, presets } of rows) {
      console.log(`${id}: ${title}`);
      for (const { preset, rows, columns, cells, seeds, runs } of presets) {
        console.log(`  ${preset.padEnd(10)} ${rows} rows × ${columns} columns, ${cells} cells × ${seeds} seeds = ${runs} runs`);
      }
    }
  });
  return 0;
}

async function plan(selection: Selection, values: Values): Promise<number> {
  const session = await openSession(selection);
  const plans = await planSession(session, values.backend);
  print(values.json, plans.map(planAsData), () => plans.forEach((plan) => printPlan(plan, values.cell !== undefined)));
  return 0;
}

async function run(selection: Selection, values: Values): Promise<number> {
  const signal = stopSignal();
  const session = await openSession(selection);
  const summary = await runSession(session, {
    ...(values.backend === undefined ? {} : { backend: values.backend }),
    ...(values.workers === undefined ? {} : { workers: readCount('--workers', values.workers) }),
    order: readOrder(values.order),
    signal,
    report: values.json ? () => undefined : printEvent,
  });
  if (!values.json) endLine();
  const answer = {
    made: summary.made.length,
    trials: summary.trials,
    failures: summary.failures,
    skipped: summary.plans.flatMap((plan) => plan.skipped),
    present: summary.plans.reduce((sum, plan) => sum + plan.present, 0),
    seconds: summary.seconds,
    interrupted: summary.interrupted,
  };
  print(values.json, answer, () => {
    for (const { label, failure } of summary.failures) console.error(`failed: ${label}: ${failure.message}`);
    for (const { reason, runs } of answer.skipped) console.log(`skipped ${counted(runs, 'run')}: ${reason}`);
    console.log(
      `${counted(answer.made, 'run')} and ${counted(answer.trials, 'trial')} done in ${duration(answer.seconds)}, ` +
        `${answer.present} were there, ${answer.failures.length} failed${answer.interrupted ? '; interrupted, the same command goes on' : ''}`,
    );
  });
  return summary.interrupted ? 130 : summary.failures.length > 0 ? 1 : 0;
}

async function status(selection: Selection, values: Values): Promise<number> {
  const verifications = await verifySession(await openSession(selection));
  print(values.json, verifications, () => {
    for (const { name, runs, done, failed, besides, missing } of verifications) {
      const more = [failed > 0 ? `${failed} failed` : '', besides > 0 ? `${besides} of no cell of this grid` : ''].filter(Boolean);
      console.log(`${name}: ${done} of ${runs} runs${more.length > 0 ? `; ${more.join(', ')}` : ''}`);
      for (const line of missing.slice(0, 10)) console.log(`  missing ${line}`);
      if (missing.length > 10) console.log(`  and ${missing.length - 10} more cells`);
    }
  });
  return 0;
}

async function verify(selection: Selection, values: Values): Promise<number> {
  const verifications = await verifySession(await openSession(selection));
  print(values.json, verifications, () => verifications.forEach(printVerification));
  const isGood = verifications.every(({ problems, missing }) => problems.length === 0 && missing.length === 0);
  return isGood ? 0 : 1;
}

async function merge(selection: Selection, values: Values): Promise<number> {
  const { folders, parts } = await openSession(selection);
  const results = parts.map(({ grid }) => {
    const name = recordsName(grid.table.id, grid.preset);
    return { name, ...gather(folders, name) };
  });
  print(values.json, results, () => {
    for (const { name, added, notes } of results) {
      console.log(`${name}: ${counted(added, 'record')} added`);
      for (const note of notes) console.log(`  ${note}`);
    }
  });
  return 0;
}

async function cards(selection: Selection, values: Values): Promise<number> {
  const written = await writeCards(selection);
  print(values.json, written, () => console.log(`${counted(written.length, 'card')} written below benchmarks/cards/`));
  return 0;
}

async function show(selection: Selection, { json, table }: Values): Promise<number> {
  if (table === undefined) throw new RequestError('show needs --table ID; it trains a column of that table again');
  const session = await openSession(selection);
  const shows = await writeShows(session, selection.root, selection.out, json ? undefined : (row) => console.log(row));
  print(json, shows, () => {
    for (const { column, folder, written, left, different } of shows) {
      console.log(`${column}: ${counted(written.length, 'run')} shown in ${folder}`);
      for (const { row, reason } of left) console.log(`  left out ${row}: ${reason}`);
      for (const sentence of different) console.error(`  another run: ${sentence}`);
    }
  });
  return shows.some(({ different, written }) => different.length > 0 || written.length === 0) ? 1 : 0;
}

async function agree(selection: Selection, { backends, only, resume, tried, json, out }: Values): Promise<number> {
  const { agreement, problems, file, interrupted } = await agreeOn({
    root: selection.root,
    backends,
    ...(only === undefined ? {} : { only }),
    ...(out === undefined ? {} : { out }),
    resume,
    tried,
    signal: stopSignal(),
    report: (line) => console.error(line),
  });
  print(json, agreement, () => {
    for (const { name, ...rest } of agreement.backends) if (rest.status === 'missing') console.log(`${name} was left out: ${rest.reason}`);
    for (const problem of problems) console.log(problem);
    console.log(
      `${counted(agreement.parity.length, 'kind')} of stored cases and ${counted(agreement.methods.length, 'method')} on ` +
        `${counted(agreement.backends.length, 'back-end')}: ${problems.length === 0 ? 'all agree' : counted(problems.length, 'disagreement')}` +
        `${interrupted ? '; interrupted, the same command with --resume goes on' : ''}${file === undefined ? '' : `; written to ${file}`}`,
    );
  });
  return interrupted ? 130 : problems.length === 0 ? 0 : 1;
}

function planAsData(plan: Plan) {
  const { table, preset, present, failed, skipped } = plan;
  return {
    table,
    preset,
    runs: plan.runs.length,
    trials: plan.trials.length,
    present,
    failed,
    skipped,
    coreMinutes: plan.seconds / 60,
    wholeGridCoreMinutes: plan.wholeSeconds / 60,
    measuredRuns: plan.measured,
    longestRunSeconds: Math.max(0, ...plan.runs.map((run) => run.seconds)),
  };
}

function printPlan(plan: Plan, everyRun: boolean): void {
  const data = planAsData(plan);
  console.log(`${data.table} (${data.preset})`);
  console.log(`  to do    ${counted(data.runs, 'run')} and ${counted(data.trials, 'trial')}: ${data.coreMinutes.toFixed(1)} core-minutes`);
  console.log(`  there    ${counted(data.present, 'run')}${data.failed > 0 ? `, ${data.failed} failed (--retry-failed)` : ''}`);
  for (const { reason, runs, cells } of data.skipped) {
    console.log(`  skipped  ${counted(runs, 'run')} of ${counted(cells.length, 'cell')}: ${reason}`);
  }
  console.log(
    `  whole    ${data.wholeGridCoreMinutes.toFixed(1)} core-minutes, trials included (${(data.wholeGridCoreMinutes / 2).toFixed(0)} minutes on two cores); ` +
      `cost measured for ${data.measuredRuns} of ${data.runs} runs to do, else estimated; longest ${data.longestRunSeconds.toFixed(0)} s`,
  );
  if (everyRun) for (const { cell, seed, seconds } of plan.runs) console.log(`  ${cell.id} seed ${seed}: ${seconds.toFixed(1)} s`);
}

function printVerification({ name, records, runs, done, failed, problems, missing }: Verification): void {
  console.log(
    `${name}: ${counted(records, 'record')} read, ${done} of ${runs} runs done, ${failed} failed, ${counted(problems.length, 'problem')}, ` +
      `${counted(missing.length, 'cell')} incomplete`,
  );
  for (const problem of problems) console.error(`  ${problem}`);
  for (const line of missing) console.error(`  missing ${line}`);
}

function printEvent(event: RunEvent): void {
  if (event.type === 'note') console.log(event.message);
  if (event.type === 'started') {
    for (const { skipped } of event.plans) for (const { reason, runs } of skipped) console.log(`skipping ${counted(runs, 'run')}: ${reason}`);
    console.log(`${counted(event.jobs, 'job')}, about ${duration(event.secondsLeft)}`);
  }
  if (event.type === 'done') {
    endLine();
    const spent = event.seconds > 0 ? ` in ${event.seconds.toFixed(1)} s` : '';
    console.log(`[${event.done}/${event.jobs}] ${event.label}: ${event.outcome}${spent}; ${duration(event.secondsLeft)} left`);
  }
  if (event.type === 'progress' && process.stdout.isTTY) {
    const { stage, done, total } = event.progress;
    process.stdout.write(`\r\u001b[K${event.label}: ${stage} ${done}/${total}; ${duration(event.secondsLeft)} left`);
  }
}

function endLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
}

function print(asJson: boolean, data: unknown, asText: () => void): void {
  if (asJson) console.log(JSON.stringify(data, null, 2));
  else asText();
}

function counted(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

function readSeeds(text: string): readonly number[] {
  return text.split(',').map((part) => readCount('--seeds', part.trim(), 0));
}

function readShard(text: string): { index: number; count: number } {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) < 1 || Number(index) > Number(count)) {
    throw new RequestError(`--shard ${text}: write i/n with 1 ≤ i ≤ n, as in 1/2`);
  }
  return { index: Number(index) - 1, count: Number(count) };
}

function readOrder(text: string | undefined): 'longest' | 'table' {
  if (text === undefined || text === 'longest' || text === 'table') return text ?? 'longest';
  throw new RequestError(`--order: ${unknownName('order', text, ['longest', 'table'])}`);
}

function readCount(option: string, text: string, least = 1): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new RequestError(`${option} ${text}: write a whole number of at least ${least}`);
  return value;
}
