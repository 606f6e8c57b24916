import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { siteConfig } from '../../src/site/index.node.ts';
import { pageRecord, scriptOf } from '../../src/site/index.ts';
import type { SearchRecord } from '../../src/site/index.ts';
import { classicScripts } from './classic-scripts.ts';
import { offlinePages, searchMarkup } from './offline-page.ts';
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

/** A zip that is packed file by file. All files bear the first day that a zip knows, in whatever zone it is made. */
function openZip() {
  const parts: Uint8Array[] = [];
  const names: string[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  return {
    names,
    add(path: string, bytes: Uint8Array | string): void {
      // Pictures are packed already.
      const file = new ZipDeflate(`${top}/${path}`, { level: path.endsWith('.png') ? 0 : 9 });
      file.mtime = new Date(1980, 0, 1);
      zip.add(file);
      file.push(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, true);
      names.push(path);
    },
    end(): Uint8Array {
      zip.end();
      return Buffer.concat(parts);
    },
  };
}

/**
 * Packs a built site into one zip that opens from disk: pages with links from file to file, classic scripts, data in scripts. The same
 * bytes for the same site.
 * @param site the folder of the built site
 * @param records what the pages handed over to its search
 * @param file where the zip goes
 * @param searchIsThere when the files of the search are written; the pages are packed before
 */
export async function writeArchive(site: string, records: readonly SearchRecord[], file: string, searchIsThere: Promise<unknown> = Promise.resolve()): Promise<WrittenArchive> {
  const list = (): readonly string[] =>
    readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1).replaceAll('\\', '/'))
      .filter((path) => !left.test(path))
      .sort();
  const linked = new Set(list().filter((path) => !onlyAsked.test(path)));
  const pageFor = offlinePages({ ...siteConfig, holds: (target) => linked.has(target) });
  const read = (path: string): string => readFileSync(join(site, path), 'utf8');
  const zip = openZip();
  zip.add('README.txt', readme(siteConfig.version));

  const modules = new Set<string>();
  const found = new Map(records.map((record) => [record.path, record]));
  for (const path of linked) {
    if (!path.endsWith('.html')) {
      zip.add(path, readFileSync(join(site, path)));
      continue;
    }
    const html = read(path);
    for (const [, name = ''] of html.matchAll(/<script type="module" src="[^"]*\/([^"/]+\.js)"/g)) modules.add(name);
    const address = path.replace(/(^|\/)index\.html$/, '$1');
    zip.add(path, pageFor(html, address));
    const overview = found.has(address) ? undefined : pageRecord(html, address);
    if (overview) found.set(address, overview);
  }
  for (const [name, text] of await classicScripts(join(site, '_astro'), [...modules].sort(), searchMarkup(read('index.html')) ?? '')) zip.add(`offline/${name}`, text);

  await searchIsThere;
  const askedFiles = new Map(list().filter((path) => asked.test(path)).map((path): [string, string] => [path, read(path)]));
  askedFiles.set('search/records.json', JSON.stringify(offlineRecords([...found.values()])));
  for (const [script, inside] of Map.groupBy(askedFiles, ([path]) => scriptOf(path))) zip.add(script, inside.map(([path, text]) => asScript(path, text)).join(''));

  const bytes = zip.end();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return { pages: zip.names.filter((path) => path.endsWith('.html')).length, bytes: bytes.length };
}
