import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { siteConfig } from '../../src/site/index.node.ts';
import { pageRecord, scriptOf } from '../../src/site/index.ts';
import type { SearchRecord } from '../../src/site/index.ts';
import { classicScripts } from './classic-scripts.ts';
import { offlinePage, searchMarkup } from './offline-page.ts';
import { offlineRecords } from './offline-records.ts';

export interface WrittenArchive {
  readonly pages: number;
  readonly bytes: number;
}

/** The folder that unpacking makes. */
const top = 'reprogrammability-atlas';

/** Only for the web: what search and programs read there, other forms of pages, pictures for links, lists by facet for readers without scripts. */
const left = /^(methods\/by|share|pagefind|records|feed|data\/v1|offline)\/|^(404\.html|feed\.xml|sitemap\.xml|robots\.txt)$|\.(bib|jsonl)$/;

/** Files that the pages' scripts ask for. */
const asked = /^(data|search)\/.*\.json$|^results\/.*\.(json|csv|md|tex)$/;

/** Files that only scripts ask for, and no link. */
const onlyAsked = /^(data|search)\/.*\.json$|^_astro\/.*\.js$/;

const readme = (version: string): string => `Reprogrammability Atlas ${version}, to read without a connection.

Open index.html in a browser. Facets, comparisons and the search over names and summaries work from disk; the search over whole
texts, single records and share pictures stand on the site alone.

Text, tables and plots: CC BY 4.0. Code: MIT. The page about/index.html says more.
`;

/** A script that hands a file's text to the pages. */
const asScript = (path: string, text: string): string =>
  `atlasFile(${JSON.stringify(path)},${JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')})\n`;

/**
 * Packs a built site into one zip that opens from disk: pages with links from file to file, classic scripts, data in scripts. The same
 * bytes for the same site.
 * @param site the folder of the built site
 * @param records what the pages handed over to its search
 * @param file where the zip goes
 */
export async function writeArchive(site: string, records: readonly SearchRecord[], file: string): Promise<WrittenArchive> {
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1).replaceAll('\\', '/'))
    .filter((path) => !left.test(path))
    .sort();
  const linked = new Set(files.filter((path) => !onlyAsked.test(path)));
  const read = (path: string): string => readFileSync(join(site, path), 'utf8');
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const packed: Record<string, Uint8Array> = { 'README.txt': encode(readme(siteConfig.version)) };

  const modules = new Set<string>();
  const found = new Map(records.map((record) => [record.path, record]));
  for (const path of linked) {
    const holds = (target: string): boolean => linked.has(target);
    if (!path.endsWith('.html')) {
      packed[path] = readFileSync(join(site, path));
      continue;
    }
    const html = read(path);
    for (const [, name = ''] of html.matchAll(/<script type="module" src="[^"]*\/([^"/]+\.js)"/g)) modules.add(name);
    const address = path.replace(/(^|\/)index\.html$/, '$1');
    packed[path] = encode(offlinePage(html, address, { ...siteConfig, holds }));
    const overview = found.has(address) ? undefined : pageRecord(html, address);
    if (overview) found.set(address, overview);
  }
  const askedFiles = new Map(files.filter((path) => asked.test(path)).map((path): [string, string] => [path, read(path)]));
  askedFiles.set('search/records.json', JSON.stringify(offlineRecords([...found.values()])));
  for (const [script, inside] of Map.groupBy(askedFiles, ([path]) => scriptOf(path))) packed[script] = encode(inside.map(([path, text]) => asScript(path, text)).join(''));
  for (const [name, text] of await classicScripts(join(site, '_astro'), [...modules].sort(), searchMarkup(read('index.html')) ?? '')) packed[`offline/${name}`] = encode(text);

  const zip = zipSync(sortedAndDated(packed), { level: 9 });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, zip);
  return { pages: Object.keys(packed).filter((path) => path.endsWith('.html')).length, bytes: zip.length };
}

/** Pictures are packed already; all files bear the first day that a zip knows, in whatever zone it is made. */
function sortedAndDated(packed: Readonly<Record<string, Uint8Array>>): Zippable {
  const mtime = new Date(1980, 0, 1);
  return Object.fromEntries(
    Object.entries(packed)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => [`${top}/${path}`, [bytes, { mtime, level: path.endsWith('.png') ? 0 : 9 }]]),
  );
}
