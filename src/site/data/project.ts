import { resolve } from 'node:path';

const root = process.cwd();

/**
 * The folders that the site reads, all below the folder in which it is built. `ATLAS_CONTENT`, `ATLAS_BENCHMARKS` and
 * `ATLAS_STATE` name other folders of the form of `content/`, `benchmarks/` and `.atlas/`, which tests and timings use to
 * build pages from made-up entries and records.
 */
export const folders = {
  content: resolve(root, process.env['ATLAS_CONTENT'] ?? 'content'),
  benchmarks: resolve(root, process.env['ATLAS_BENCHMARKS'] ?? 'benchmarks'),
  state: resolve(root, process.env['ATLAS_STATE'] ?? '.atlas'),
} as const;
