import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'astro';
import { close, createIndex } from 'pagefind';
import { root } from './parts/root.ts';

export interface BuiltSite {
  readonly pages: number;
  /** Pages that the search finds. */
  readonly searchable: number;
  /** Records with an address of their own. */
  readonly records: number;
  readonly seconds: number;
}

/**
 * Builds the pages and then their search index into `dist/`. What stood there stays until the new site is whole, so a
 * failed or stopped build leaves the old one.
 * @throws {Error} where content or records are wrong, or no page can be searched.
 */
export async function buildSite(): Promise<BuiltSite> {
  const began = performance.now();
  process.chdir(root);
  process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
  const workshop = join(root, '.atlas', `dist-${process.pid}`);
  const tidy = (): void => rmSync(workshop, { recursive: true, force: true });
  process.once('exit', tidy);
  try {
    await build({ root, outDir: workshop, logLevel: 'warn' });
    const searchable = await indexPages(workshop);
    const files = readdirSync(workshop, { recursive: true, encoding: 'utf8' });
    replace(join(root, 'dist'), workshop);
    return {
      pages: files.filter((file) => file.endsWith('.html')).length,
      searchable,
      records: files.filter((file) => /^records[\\/][^\\/]+\.json$/.test(file)).length,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    tidy();
    process.off('exit', tidy);
  }
}

/** Indexes every page that asks for it and writes the index beside the pages; gives how many pages it holds. */
async function indexPages(folder: string): Promise<number> {
  try {
    const { index, errors } = await createIndex({ includeCharacters: '+', forceLanguage: 'en' });
    if (index === undefined) throw new Error(`The search index can't be made: ${errors.join('; ')}`);
    const read = await index.addDirectory({ path: folder });
    const written = await index.writeFiles({ outputPath: join(folder, 'pagefind') });
    const problems = [...read.errors, ...written.errors];
    if (problems.length > 0) throw new Error(`The search index can't be made: ${problems.join('; ')}`);
    if (read.page_count === 0) throw new Error('The search index is empty: no page marks its text for the search.');
    return read.page_count;
  } finally {
    await close();
  }
}

function replace(place: string, made: string): void {
  const old = `${made}-old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
  rmSync(old, { recursive: true, force: true });
}
