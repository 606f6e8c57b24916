/** npm run bench:knowledge: how long `npm run validate` takes for catalogues of generated entries. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ContentFile } from '../src/knowledge/index.ts';
import { madeUpCatalogue } from './made-up-catalogue.ts';

const help = `npm run bench:knowledge -- [options]
Writes catalogues of generated entries into a temporary folder (about 200 words an entry, a work of its own for each,
one work in three cited by a second entry as well), runs the validate command on them as a process of its own, the
sizes in turn, and prints seconds from start to end of that process. Ends with 1 where a run found a mistake or read
another number of entries than were written.

  --entries N,M  sizes of the catalogues (default 1000,10000)
  --rounds N     how often each is read (default 5)
  --json         one JSON object
  --help`;

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

function write(folder: string, files: readonly ContentFile[]): void {
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

interface Run {
  readonly seconds: number;
  readonly read: number;
  readonly mistakes: number;
  readonly first: string;
}

const scripts = import.meta.dirname;
const account = z.object({ read: z.number(), errors: z.array(z.unknown()) });

/** The command as `npm run validate` runs it, from start to end. */
async function validate(folder: string): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(scripts, 'bootstrap.mjs'), 'scripts/validate.ts', '--json', '--root', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const seconds = (performance.now() - start) / 1000;
  const { read, errors } = account.parse(JSON.parse(output));
  return { seconds, read, mistakes: errors.length, first: JSON.stringify(errors[0] ?? null) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

async function main(sizes: readonly number[], rounds: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-knowledge-'));
  try {
    for (const size of sizes) write(join(folder, String(size)), madeUpCatalogue(size));
    const runs = new Map<number, readonly Run[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const size of sizes) runs.set(size, [...(runs.get(size) ?? []), await validate(join(folder, String(size)))]);
    }
    const rows = [...runs].map(([entries, all]) => {
      const seconds = all.map((run) => run.seconds);
      const wrong = all.find((run) => run.read !== entries || run.mistakes > 0);
      const middle = median(seconds);
      return { entries, min: Math.min(...seconds), median: middle, perSecond: entries / middle, seconds, wrong };
    });
    if (options.json) console.log(JSON.stringify({ rounds, rows }, null, 2));
    for (const { entries, min, median: middle, perSecond, wrong } of rows) {
      const shown = `${entries} entries: min ${min.toFixed(2)} s, median ${middle.toFixed(2)} s, ${perSecond.toFixed(0)} entries per second`;
      if (!options.json) console.log(shown);
      if (wrong) console.error(`${entries} entries: ${wrong.read} read, ${wrong.mistakes} mistakes; the first: ${wrong.first}`);
    }
    return rows.every(({ wrong }) => wrong === undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (options.help) {
  console.log(help);
} else {
  const sizes = options.entries.split(',').map(Number);
  const rounds = Number(options.rounds);
  if (![...sizes, rounds].every((n) => Number.isInteger(n) && n >= 1)) {
    console.error(`--entries and --rounds take whole numbers of at least 1.\n\n${help}`);
    process.exitCode = 2;
  } else if (!(await main(sizes, rounds))) process.exitCode = 1;
}
