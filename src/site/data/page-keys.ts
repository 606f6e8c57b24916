import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, works } from './entries.ts';
import { folders } from './project.ts';
import { siteConfig } from './site-config.ts';

const digestOf = (...parts: readonly string[]): string => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part).update('\0');
  return digest.digest('hex');
};

/** Digest of the names and bytes of all files below a folder. */
function folderDigest(folder: string): string {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return digestOf(...paths.flatMap((path) => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]));
}

const { methods, models, tasks, concepts, papers } = catalogue;
const entries = [methods, models, tasks, concepts, papers].flat();
const citation = join(process.cwd(), 'CITATION.cff');
const thisMachine = join(folders.state, 'this-machine.json');
const textIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Everything that the site is made from but the texts of its entries and its own code. */
const facts = digestOf(
  JSON.stringify(entries.map(({ data }) => data)),
  JSON.stringify([...works]),
  folderDigest(folders.benchmarks),
  JSON.stringify(siteConfig),
  textIfThere(citation),
  textIfThere(thisMachine),
);

/**
 * What a page is made from besides the code of its template, as Astro's incremental build wants it: a page whose key and
 * code are those of the build before is taken from there. This one is right for every page.
 */
export const siteKey = digestOf(facts, ...entries.map(({ text }) => text));

/** The key of a page that shows the text of one entry and, of all others, no more than their front matter. */
export const entryKey = ({ text }: { readonly text: string }): string => digestOf(facts, text);
