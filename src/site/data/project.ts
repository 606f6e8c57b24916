import { join, resolve } from 'node:path';

const root = process.cwd();

/**
 * The folders that the site reads, all below the folder in which it is built. `ATLAS_BENCHMARKS` names another folder of
 * the form of `benchmarks/`, which the tests use to build pages from records made up for them.
 */
export const folders = {
  content: join(root, 'content'),
  benchmarks: resolve(root, process.env['ATLAS_BENCHMARKS'] ?? 'benchmarks'),
  state: join(root, '.atlas'),
} as const;
