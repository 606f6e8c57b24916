import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../parts/root.ts';
import { median } from './median.ts';

const recipe = join(import.meta.dirname, 'lighthouse');
const folder = join(root, '.atlas', 'lighthouse');
const program = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');

/** The four scores, from 0 to 1. */
export interface Scores {
  readonly performance: number;
  readonly accessibility: number;
  readonly 'best-practices': number;
  readonly seo: number;
}
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

const report = z.object({
  categories: z.object(Object.fromEntries(categories.map((name) => [name, z.object({ score: z.number().nullable() })]))),
  audits: z.record(z.string(), z.object({ score: z.number().nullable(), title: z.string(), scoreDisplayMode: z.string() })),
});

/** What one page scored: the median of each score, and the audits that it didn't pass in full, apart from those of speed. */
export interface PageScores {
  readonly scores: Scores;
  readonly missed: readonly string[];
}

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject).on('close', (code) => resolve({ code, said }));
  });
}

/**
 * Installs Lighthouse into `.atlas/lighthouse` from its own lockfile, where it isn't yet; it is too large to be a
 * dependency of the project. @throws {Error} with npm's words when that fails.
 */
export async function installLighthouse(say: (text: string) => void): Promise<void> {
  const lock = 'package-lock.json';
  if (existsSync(program) && readFileSync(join(folder, lock), 'utf8') === readFileSync(join(recipe, lock), 'utf8')) return;
  say('Installing Lighthouse into .atlas/lighthouse (about 180 MB, once) …');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', lock]) cpSync(join(recipe, name), join(folder, name));
  const { code, said } = await run('npm', ['ci', '--no-audit', '--no-fund', '--omit-lockfile-registry-resolved'], folder, process.env);
  if (code !== 0) throw new Error(`npm could not install Lighthouse (exit code ${code}); go without it by --no-lighthouse.\n${said}`);
}

/** The scores of a page by Lighthouse's mobile preset, the median of `rounds` runs in the browser that listens on `port`. */
export async function scorePage(address: string, port: number, rounds: number): Promise<PageScores> {
  const runs: z.infer<typeof report>[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const file = join(tmpdir(), `atlas-lighthouse-${process.pid}.json`);
    const args = [program, address, `--port=${port}`, '--output=json', `--output-path=${file}`, '--quiet', `--only-categories=${categories.join()}`];
    const { code, said } = await run(process.execPath, args, folder, process.env);
    if (code !== 0) throw new Error(`Lighthouse ended with code ${code} on ${address}.\n${said}`);
    runs.push(report.parse(JSON.parse(readFileSync(file, 'utf8'))));
    rmSync(file);
  }
  const scoreOf = (name: (typeof categories)[number]): number => median(runs.map((each) => each.categories[name]?.score ?? 0));
  const last = runs.at(-1)?.audits ?? {};
  const missed = Object.entries(last).filter(([, { score, scoreDisplayMode }]) => scoreDisplayMode === 'binary' && score !== null && score < 1);
  return {
    scores: { performance: scoreOf('performance'), accessibility: scoreOf('accessibility'), 'best-practices': scoreOf('best-practices'), seo: scoreOf('seo') },
    missed: missed.map(([id, { title }]) => `${id}: ${title}`),
  };
}
