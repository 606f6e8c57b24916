import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from './built-site.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'site', 'pages');

/** A file of `src/site/pages/` that makes pages. */
export interface Template {
  /** `methods/[id]` */
  readonly name: string;
  readonly matches: (address: string) => boolean;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|\\]/g, '\\$&');

function templateOf(path: string): Template {
  const name = path.replace(/\.astro$/, '');
  const steps = name.split('/').map((step) => escaped(step).replace(/\[\\\.\\\.\\\.\w+\]/g, '.+').replace(/\[\w+\]/g, '[^/]+'));
  const last = steps.at(-1) === 'index' ? steps.slice(0, -1) : steps;
  const isFile = name === '404';
  const pattern = new RegExp(`^/${last.map((step) => `${step}${isFile ? '\\.html' : '/'}`).join('')}$`);
  return { name, matches: (address) => pattern.test(address) };
}

/** As in Astro: step by step, a fixed name goes before a parameter. */
function byPrecedence(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (const [i, step] of left.entries()) {
    const difference = Number(step.includes('[')) - Number((right[i] ?? '').includes('['));
    if (difference !== 0) return difference;
    if (step !== right[i]) break;
  }
  return a.localeCompare(b, 'en');
}

/** Every template of the site: a new file of `src/site/pages/` is a new template. */
export const templates: readonly Template[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.astro'))
  .sort(byPrecedence)
  .map(templateOf);

/** The template that made a page. */
export function templateOfPage(address: string): string | undefined {
  return templates.find(({ matches }) => matches(address))?.name;
}

/** For each template its largest page, which is where it breaks first; `undefined` where it made none. */
export function largestPages(addresses: readonly string[], dist: string): ReadonlyMap<string, string | undefined> {
  const largest = new Map<string, { address: string; size: number }>();
  for (const address of addresses) {
    const name = templateOfPage(address);
    if (name === undefined) continue;
    const { size } = statSync(join(dist, fileOf(address)));
    if (size > (largest.get(name)?.size ?? -1)) largest.set(name, { address, size });
  }
  return new Map(templates.map(({ name }) => [name, largest.get(name)?.address]));
}
