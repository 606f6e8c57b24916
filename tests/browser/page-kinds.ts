import { readdirSync } from 'node:fs';
import { sep } from 'node:path';

export interface PageKind {
  /** `methods/*`: the pages of one template. */
  readonly name: string;
  /** Addresses from the site's root: `/methods/vpt-shallow/`. */
  readonly addresses: readonly string[];
}

/** The kinds of pages of a built site, found by folder: every first-level page is a kind of its own. */
export function pageKinds(folder: string): readonly PageKind[] {
  const addresses = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.html') && !path.startsWith('pagefind/'))
    .map((path) => `/${path.replace(/index\.html$/, '')}`)
    .sort();
  return [...Map.groupBy(addresses, kindOf)].map(([name, members]) => ({ name, addresses: members }));
}

function kindOf(address: string): string {
  const [section = '', ...rest] = address.split('/').filter((part) => part !== '');
  if (section === '') return 'home';
  return [section, ...rest.map(() => '*')].join('/');
}
