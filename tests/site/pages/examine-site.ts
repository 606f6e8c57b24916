import { readdirSync } from 'node:fs';
import { pageAddresses, readPage } from '../built-site.ts';
import { samplePages } from '../sample-pages.ts';
import { templateOfPage } from '../templates.ts';
import type { MakeCheck, PageCheck } from './page-check.ts';

/** What one check found on a whole site. */
export interface Examination {
  readonly check: PageCheck;
  readonly faults: readonly string[];
  readonly pages: number;
}

export interface Place {
  readonly folder: string;
  readonly base: string;
  readonly siteUrl: string;
}

/** Shows every page of a built site once to every check; a page is read, looked at by all and forgotten. */
export function examineSite({ folder, base, siteUrl }: Place, makers: readonly MakeCheck[]): readonly Examination[] {
  const addresses = pageAddresses(folder);
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')));
  const site = { folder, base, siteUrl, files, sample: new Set(samplePages(addresses, folder, 30)) };
  const running = makers.map((make) => ({ check: make(site), faults: [] as string[] }));
  for (const address of addresses) {
    const page = readPage(address, folder);
    const examinedPage = { ...page, elements: page.html.querySelectorAll('*'), template: templateOfPage(address) ?? '' };
    for (const { check, faults } of running) faults.push(...[...check.see(examinedPage)].map((fault) => `${address}: ${fault}`));
  }
  for (const { check, faults } of running) faults.push(...(check.finish?.() ?? []));
  return running.map(({ check, faults }) => ({ check, faults, pages: addresses.length }));
}
