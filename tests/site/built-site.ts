import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';
import { buildSite } from '../../scripts/build-site.ts';

const root = join(import.meta.dirname, '..', '..');

/** The folders under test; the environment may name another built site and the benchmark folder it was built from. */
export const dist = resolve(root, process.env['ATLAS_DIST'] ?? 'dist');
export const benchmarks = resolve(root, process.env['ATLAS_BENCHMARKS'] ?? 'benchmarks');

export interface BuiltPage {
  /** Address from the site's root: `/methods/ilm-vp/`. */
  readonly address: string;
  readonly html: HTMLElement;
}

/** Builds the site where it isn't there yet; the test runner has usually built it before. */
export async function ensureBuilt(): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) await buildSite();
}

/** Every page of the built site, those below the address `below` only if one is given. */
export function builtPages(below = '/'): readonly BuiltPage[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html') && !path.startsWith('pagefind/') && `/${path}`.startsWith(below))
    .sort()
    .map((path) => ({
      address: `/${path.replace(/(^|\/)index\.html$/, '$1')}`,
      html: parse(readFileSync(join(dist, path), 'utf8'), { comment: false }),
    }));
}
