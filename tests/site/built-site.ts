import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';

const root = join(import.meta.dirname, '..', '..');

/** The folders under test; the environment may name another built site and the folders that it was built from. */
export const dist = resolve(root, process.env['ATLAS_DIST'] ?? 'dist');
export const benchmarks = resolve(root, process.env['ATLAS_BENCHMARKS'] ?? 'benchmarks');
export const content = resolve(root, process.env['ATLAS_CONTENT'] ?? 'content');

export interface BuiltPage {
  /** Address from the site's root: `/methods/ilm-vp/`. */
  readonly address: string;
  readonly html: HTMLElement;
  /** The file as it is. */
  readonly source: string;
}

/** Builds the site where it isn't there yet; the test runner has usually built it before. */
export async function ensureBuilt(): Promise<void> {
  if (existsSync(join(dist, 'index.html'))) return;
  // Loaded when it is needed: the builder is large.
  const { buildSite } = await import('../../scripts/build-site.ts');
  await buildSite();
}

/** The addresses of all pages of a built site in order, the search index's own left out. */
export function pageAddresses(folder = dist): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html') && !path.startsWith('pagefind/'))
    .sort()
    .map((path) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`);
}

/** The file of an address: `/methods/` is `methods/index.html`. */
export const fileOf = (address: string): string => `${address.slice(1)}${address.endsWith('/') ? 'index.html' : ''}`;

/** One page of a built site. */
export function readPage(address: string, folder = dist): BuiltPage {
  const source = readFileSync(join(folder, fileOf(address)), 'utf8');
  return { address, source, html: parse(source, { comment: false }) };
}

/** Every page of the built site, those below the address `below` only if one is given. */
export function builtPages(below = '/'): readonly BuiltPage[] {
  return pageAddresses()
    .filter((address) => address.startsWith(below))
    .map((address) => readPage(address));
}
