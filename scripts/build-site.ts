import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DrawnPictures, SharePicture, WrittenFile } from '../src/site/index.node.ts';
import { searchSource } from '../src/site/index.ts';
import { drawPictures, siteConfig, sitemap, withDigests, withPolicy } from '../src/site/index.node.ts';
import { packArchive, type ArchiveUnderWay } from './archive/pack-archive.ts';
import { indexSite } from './index-site.ts';
import { root } from './parts/root.ts';
import { renderPages } from './render-pages.ts';

/** One stretch of the build. */
export interface BuildPhase {
  readonly name: string;
  readonly seconds: number;
  /** What it made, in a few words. */
  readonly made: string;
}

export interface BuiltSite {
  readonly pages: number;
  /** Things in the search index. */
  readonly searchable: number;
  /** Records with an address of their own. */
  readonly records: number;
  readonly seconds: number;
  readonly phases: readonly BuildPhase[];
}

export interface BuildOptions {
  /** The folder to build into, in the checkout. */
  readonly out?: string;
  /** Told of each phase when it ends. */
  readonly onPhase?: (phase: BuildPhase) => void;
}

/** Where the files of data stand whose digests the site names. */
const dataFolder = 'data/v1';
const archiveFile = `${dataFolder}/atlas-offline.zip`;

/**
 * Builds the site into `dist/`, or into another folder of the checkout: the pages, their policies, the search index, the share
 * pictures, the offline archive, the digests of the data. What stood there stays until the new site is whole, so a failed or stopped
 * build leaves the old one.
 * @throws {Error} where content or records are wrong, a page holds what its policy forbids, or no page can be searched.
 */
export async function buildSite({ out = 'dist', onPhase }: BuildOptions = {}): Promise<BuiltSite> {
  const began = performance.now();
  const phases: BuildPhase[] = [];
  async function phase<T>(name: string, work: () => T | Promise<T>, made: (result: T) => string): Promise<T> {
    const start = performance.now();
    const result = await work();
    const done = { name, seconds: (performance.now() - start) / 1000, made: made(result) };
    phases.push(done);
    onPhase?.(done);
    return result;
  }

  process.chdir(root);
  const state = resolve(root, process.env['ATLAS_STATE'] ?? '.atlas');
  const workshop = join(root, '.atlas', `dist-${process.pid}`);
  const tidy = (): void => rmSync(workshop, { recursive: true, force: true });
  process.once('exit', tidy);
  let archive: ArchiveUnderWay | undefined;
  const emptied = emptyTrash();
  const ahead = renderAhead(state);
  try {
    const cacheDir = join(root, '.atlas', 'astro', basename(out));
    await phase('pages', () => renderPages(workshop, cacheDir), () => `${htmlFiles(workshop).length} pages`);
    await ahead?.terminate();
    const pictures = takePictures(workshop);
    const { records } = searchSource.parse(JSON.parse(readFileSync(join(workshop, 'search', 'records.json'), 'utf8')));
    await phase('policies', () => writePolicies(workshop), (count) => `${count} pages${siteConfig.siteUrl === '' ? '' : ', sitemap'}`);
    fillDigests(workshop);
    archive = packArchive({ site: workshop, records, file: join(workshop, archiveFile) });
    const searchable = await phase('search', () => indexSite(workshop), (count) => `${count} things`);
    const packed = archive.finish();
    await phase('offline archive, beside the search', () => packed, ({ pages, bytes }) => `${pages} pages, ${(bytes / 1e6).toFixed(1)} MB`);
    await phase('share pictures', () => drawPictures(pictures, { folder: workshop, store: join(state, 'share') }), picturesInWords);
    await phase('digests', () => fillDigests(workshop), (count) => `${count} files`);
    const files = readdirSync(workshop, { recursive: true, encoding: 'utf8' });
    replace(resolve(root, out), workshop);
    return {
      pages: files.filter((file) => file.endsWith('.html')).length,
      searchable,
      records: files.filter((file) => /^records[\\/][^\\/]+\.json$/.test(file)).length,
      seconds: (performance.now() - began) / 1000,
      phases,
    };
  } finally {
    await archive?.stop();
    await ahead?.terminate();
    await emptied;
    tidy();
    process.off('exit', tidy);
  }
}

const picturesInWords = ({ pictures, drawn }: DrawnPictures): string => `${pictures}, ${drawn} of them drawn anew`;

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();

const htmlFiles = (folder: string): readonly string[] => filesBelow(folder).filter((file) => file.endsWith('.html'));

/** The list that the pages hand over to be drawn; the file is taken away. */
function takePictures(folder: string): readonly SharePicture[] {
  const file = join(folder, 'share', 'pictures.json');
  const pictures: readonly SharePicture[] = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return pictures;
}

/** Gives every page its policy; where the site's address is known, writes the sitemap of those that may be found. */
function writePolicies(folder: string): number {
  const pages = htmlFiles(folder);
  const found: string[] = [];
  for (const page of pages) {
    const file = join(folder, page);
    const html = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, withPolicy(html));
    } catch (error) {
      throw new Error(`/${page}: ${error instanceof Error ? error.message : String(error)}`);
    }
    const path = page.replace(/(^|\/)index\.html$/, '$1');
    if (!/<meta name="robots" content="noindex"/.test(html)) found.push(path);
  }
  if (siteConfig.siteUrl !== '') {
    const addresses = found.map((path) => new URL(siteConfig.base + path, siteConfig.siteUrl).href);
    writeFileSync(join(folder, 'sitemap.xml'), sitemap(addresses));
  }
  return pages.length;
}

/** Writes the digests of the files of data, and fills in what the page about them leaves open. Gives how many there are. */
function fillDigests(folder: string): number {
  const names = filesBelow(join(folder, dataFolder)).filter((name) => name !== 'SHA256SUMS');
  const files = new Map(
    names.map((name): [string, WrittenFile] => {
      const content = readFileSync(join(folder, dataFolder, name));
      return [`${dataFolder}/${name}`, { bytes: content.length, digest: createHash('sha256').update(content).digest('hex') }];
    }),
  );
  const sums = names.map((name) => `${files.get(`${dataFolder}/${name}`)?.digest ?? ''}  ${name}\n`);
  writeFileSync(join(folder, dataFolder, 'SHA256SUMS'), sums.join(''));
  const page = join(folder, 'data', 'index.html');
  writeFileSync(page, withDigests(readFileSync(page, 'utf8'), files));
  return files.size;
}

/** Memory for the thread that renders ahead. Where it isn't enough the thread ends early, and the build renders the rest. */
const aheadMegabytes = 512;

/** Where no text was rendered before, a second thread renders while the first one bundles. */
function renderAhead(state: string): Worker | undefined {
  if (existsSync(join(state, 'rendered'))) return undefined;
  const worker = new Worker(new URL('../src/site/data/render-ahead.node.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: aheadMegabytes } });
  // The build itself says what is wrong.
  worker.on('error', () => undefined);
  return worker;
}

/** Where a site lies that a newer one has replaced, until the next build takes it away beside its work. */
const trash = join(root, '.atlas', 'trash');

/** Takes away what was replaced before, in a thread of its own. What can't be taken away is left to the next build. */
function emptyTrash(): Promise<void> {
  if (!existsSync(trash)) return Promise.resolve();
  const worker = new Worker(new URL('./remove-folders.ts', import.meta.url), {
    workerData: readdirSync(trash).map((name) => join(trash, name)),
  });
  return new Promise((resolve) => worker.once('error', () => resolve()).once('exit', () => resolve()));
}

function replace(place: string, made: string): void {
  if (existsSync(place)) {
    mkdirSync(trash, { recursive: true });
    renameSync(place, join(mkdtempSync(join(trash, 'site-')), 'site'));
  }
  renameSync(made, place);
}
