/** `npm run bench:site`: what the site weighs and how fast it is built, filtered and searched, against its goals. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../tests/browser/browser.ts';
import { fileOf, pageAddresses } from '../tests/site/built-site.ts';
import { largestPages, templateOfPage } from '../tests/site/templates.ts';
import { goals, rowsOf, type Row } from './bench-site/goals.ts';
import { installLighthouse, scorePage } from './bench-site/lighthouse.ts';
import { servePacked } from './bench-site/packed-server.ts';
import { scaleFor } from './bench-site/page-weight.ts';
import { runChecks } from './bench-site/run-checks.ts';
import { timeBuild } from './bench-site/time-build.ts';
import { timeFirstFacet } from './bench-site/time-facets.ts';
import { bytesOfTwoSearches, timeFirstResult } from './bench-site/time-search.ts';
import { writeCatalogue } from './bench-site/write-catalogue.ts';
import { writeReport } from './bench-site/write-report.ts';
import { root } from './parts/root.ts';

const parts = ['build', 'sizes', 'facets', 'search', 'lighthouse', 'checks'] as const;
type Part = (typeof parts)[number];

const help = `npm run bench:site -- [options]
Builds the site as it is, and catalogues filled up with made-up entries; measures them; prints a table with medians and
puts it into docs/site-report.md. Facets and searches are timed on tabs with empty caches: at full speed, and on slow 4G
(150 ms, 1.6 Mbit/s, a quarter of the processor). Nothing else should run on the machine meanwhile.

  --entries N,M    sizes of the made-up catalogues (default 1000,10000; goals are set for these two)
  --only A,B       of ${parts.join(', ')} (default all)
  --rounds N       how often each time is taken (default 5; builds 1)
  --build-rounds N how often each catalogue is built, cold and warm (default 1)
  --no-lighthouse  without it; else it is installed into .atlas/lighthouse where it isn't yet (about 180 MB)
  --dry            print, and leave docs/site-report.md as it is
  --json           one JSON object instead of the table
  --help`;

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000,10000' },
    only: { type: 'string', default: parts.join() },
    rounds: { type: 'string', default: '5' },
    'build-rounds': { type: 'string', default: '1' },
    'no-lighthouse': { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const measured = new Map<string, number[]>();
const notes: string[] = [];
const add = (id: string, ...values: readonly number[]): void => void measured.set(id, [...(measured.get(id) ?? []), ...values]);
const say = (text: string): void => console.error(text);
const kilobyte = 1024;
const report = join(root, 'docs', 'site-report.md');

/** Folders of one made-up catalogue. */
function placesOf(size: number) {
  const folder = join('.atlas', 'bench-site', String(size));
  return { content: join(folder, 'content'), state: join(folder, 'state'), out: join(folder, `bench-${size}`), astro: join('.atlas', 'astro', `bench-${size}`) };
}

/** Builds a made-up catalogue from nothing and again, and takes the times; or only makes sure that it is there. */
async function buildCatalogue(size: number, rounds: number): Promise<void> {
  const { content, state, out, astro } = placesOf(size);
  if (rounds === 0 && existsSync(join(root, out, 'index.html'))) return;
  writeCatalogue(join(root, content), size);
  const env = { ATLAS_CONTENT: content, ATLAS_STATE: state };
  for (let round = 0; round < Math.max(1, rounds); round += 1) {
    for (const folder of [state, out, astro]) rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, out, '..'), { recursive: true });
    for (const temperature of rounds === 0 ? (['cold'] as const) : (['cold', 'warm'] as const)) {
      say(`${size} entries: building, ${temperature} …`);
      const { seconds, peakBytes, said } = await timeBuild(out, env);
      // Share pictures are drawn once and kept; they are a line of their own.
      const pictures = Number(/^share pictures: ([\d.]+) s/m.exec(said)?.[1] ?? 0);
      say(said.trim().replace(/^/gm, '  '));
      if (rounds === 0) continue;
      add(`build-${temperature}-${size}`, seconds - pictures);
      measured.set(`build-memory-${size}`, [Math.max(peakBytes / 1e9, ...(measured.get(`build-memory-${size}`) ?? []))]);
      add(`pictures-${temperature}-${size}`, pictures);
    }
  }
  const archive = join(root, out, 'data', 'v1', 'atlas-offline.zip');
  if (existsSync(archive)) add(`archive-${size}`, statSync(archive).size / 1e6);
}

/** The weight of the real site's pages. */
function weighPages(folder: string): void {
  const weigh = scaleFor(folder, '/');
  const entries = pageAddresses(folder).filter((address) => templateOfPage(address) === 'methods/[id]').map((address) => weigh(fileOf(address)));
  if (entries.length === 0) throw new Error('There is no entry page to weigh.');
  add('entry-html', Math.max(...entries.map(({ html }) => html)) / kilobyte);
  add('entry-total', Math.max(...entries.map(({ total }) => total)) / kilobyte);
  add('catalogue-scripts', weigh('methods/index.html').scripts / kilobyte);
}

async function timeInBrowser(size: number, wanted: readonly Part[], rounds: number): Promise<void> {
  const { out } = placesOf(size);
  const server = await servePacked(join(root, out));
  const browser = await launchBrowser();
  try {
    for (let round = 0; round < rounds; round += 1) {
      say(`${size} entries: round ${round + 1} of ${rounds} in the browser …`);
      if (wanted.includes('facets')) {
        const { drawn, painted } = await timeFirstFacet(browser, server.address);
        add(`facet-${size}`, drawn);
        add(`facet-painted-${size}`, painted);
      }
      if (wanted.includes('search')) {
        add(`search-full-${size}`, await timeFirstResult(browser, server.address, 'full'));
        add(`search-slow-${size}`, await timeFirstResult(browser, server.address, 'slow'));
      }
    }
    if (wanted.includes('search')) add(`search-bytes-${size}`, (await bytesOfTwoSearches(browser, server)) / kilobyte);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function scoreTemplates(folder: string): Promise<void> {
  await installLighthouse(say);
  const port = 9_222 + (process.pid % 1000);
  const server = await servePacked(folder);
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  try {
    for (const [template, address] of largestPages(pageAddresses(folder), folder)) {
      if (address === undefined || template === '404') continue;
      const { scores, missed } = await scorePage(new URL(address.slice(1), server.address).href, port, 3);
      say(`${template}: ${Object.entries(scores).map(([name, score]) => `${name} ${score}`).join(', ')}${missed.map((each) => `\n  ${each}`).join('')}`);
      // What asks not to be found can't score as a page to be found.
      const isHidden = readFileSync(join(folder, fileOf(address)), 'utf8').includes('<meta name="robots" content="noindex"');
      for (const [name, score] of Object.entries(scores).filter(([each]) => !(isHidden && each === 'seo'))) {
        const id = `lighthouse-${name}`;
        measured.set(id, [Math.min(score, ...(measured.get(id) ?? []))]);
        if (score < (goals.find((goal) => goal.id === id)?.limit ?? 1)) notes.push(`Lighthouse, ${template}: ${name} ${score}${missed.length > 0 ? ` (${missed.join('; ')})` : ''}`);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

function printTable(rows: readonly Row[]): void {
  for (const { goal, what, threshold, figure, isReached } of rows) {
    console.log(`${isReached === undefined ? '   ' : isReached ? 'yes' : 'NO '} goal ${String(goal ?? '–').padStart(2)}  ${what}: ${figure} (${threshold})`);
  }
  for (const note of notes) console.log(`note: ${note}`);
}

async function main(sizes: readonly number[], wanted: readonly Part[], rounds: number, buildRounds: number): Promise<void> {
  const dist = join(root, 'dist');
  const checks: Row[] = [];
  if (wanted.some((part) => ['sizes', 'lighthouse', 'checks'].includes(part))) {
    say('Building the site as it is …');
    await timeBuild('dist', {});
  }
  if (wanted.includes('sizes')) weighPages(dist);
  if (wanted.some((part) => ['build', 'facets', 'search'].includes(part))) {
    for (const size of sizes) {
      await buildCatalogue(size, wanted.includes('build') ? buildRounds : 0);
      if (wanted.includes('facets') || wanted.includes('search')) await timeInBrowser(size, wanted, rounds);
    }
  }
  if (wanted.includes('lighthouse') && !options['no-lighthouse']) await scoreTemplates(dist);
  if (wanted.includes('checks')) checks.push(...(await runChecks()));
  const rows = [...rowsOf(measured), ...checks];
  const others = [...measured].filter(([id]) => !rows.some((row) => row.id === id));
  if (options.json) console.log(JSON.stringify({ rows, measured: Object.fromEntries(measured), notes }, null, 2));
  else {
    printTable(rows);
    for (const [id, values] of others) console.log(`    no goal  ${id}: ${values.map((value) => value.toFixed(2)).join(', ')}`);
  }
  if (!options.dry && rows.length > 0) {
    writeReport(report, rows, new Date().toISOString().slice(0, 10));
    say('docs/site-report.md is up to date with this run.');
  }
  if (rows.some(({ isReached }) => isReached === false)) process.exitCode = 1;
}

if (options.help) console.log(help);
else {
  const sizes = options.entries.split(',').map(Number);
  const asked = options.only.split(',');
  const wanted = parts.filter((part) => asked.includes(part));
  const counts = [...sizes, Number(options.rounds), Number(options['build-rounds'])];
  if (!counts.every((n) => Number.isInteger(n) && n >= 1) || asked.some((name) => !parts.some((part) => part === name))) {
    console.error(`--entries, --rounds and --build-rounds take whole numbers of at least 1, --only takes ${parts.join(', ')}.\n\n${help}`);
    process.exitCode = 2;
  } else await main(sizes, wanted, Number(options.rounds), Number(options['build-rounds']));
}
