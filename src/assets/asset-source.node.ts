import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetUnavailable } from './asset-source.ts';
import type { AssetSource, OpenedAsset } from './asset-source.ts';
import { FormatError } from './bytes.ts';
import { digestContent } from './digest-content.ts';
import { homeMadeFiles, openHomeMade } from './home-made.ts';
import { gunzip } from './inflate.ts';
import { nearest } from './nearest.ts';
import { findAsset, registry } from './registry.ts';
import type { AssetRow, Source, SourceFile } from './registry.ts';

export interface NodeAssetOptions {
  /** Where downloaded files are kept; default `.atlas/assets` in the repository. */
  readonly cacheDir?: string;
  /** A folder that holds packs; default {@link findMirror}; `false`: none. */
  readonly mirror?: string | false;
  /** Never ask the network. */
  readonly offline?: boolean;
  /** Take assets whose licence forbids commercial use. */
  readonly acceptLicence?: boolean;
  /** Where home-made weights stand; default `benchmarks/models` in the repository. */
  readonly homeMadeDir?: string;
  readonly rows?: readonly AssetRow[];
  readonly download?: (url: string) => Promise<Uint8Array>;
  /** Told of each step, in words. */
  readonly onProgress?: (message: string) => void;
}

/** What {@link NodeAssetSource.bring} did. */
export interface BroughtAsset {
  readonly id: string;
  readonly digest: string;
  readonly route: 'cache' | 'mirror' | 'upstream' | 'home-made';
  /** Of all its files. */
  readonly bytes: number;
}

export interface NodeAssetSource extends AssetSource {
  /** Verifies an asset and keeps its files in the cache. Throws {@link AssetUnavailable}. */
  readonly bring: (id: string) => Promise<BroughtAsset>;
  /** The names of home-made assets found here. */
  readonly homeMade: () => Promise<readonly string[]>;
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const downloadTimeoutMs = 120_000;
const largestDownload = 2 ** 30;

/** The folder of packs: the environment's `ATLAS_MIRROR`, else the sibling `../shared/data` where it exists. */
export function findMirror(): string | false {
  const named = process.env['ATLAS_MIRROR'];
  if (named) return named;
  const sibling = join(root, '..', 'shared', 'data');
  return existsSync(sibling) ? sibling : false;
}

async function downloadFile(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > largestDownload) throw new Error(`${length} bytes announced; at most ${largestDownload} are taken`);
  return new Uint8Array(await response.arrayBuffer());
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? `${error.message} (${cause.message})` : error.message;
}

/** Throws unless every digest that the registry states agrees; the message holds both. */
async function verify(file: SourceFile, bytes: Uint8Array): Promise<void> {
  const found = file.sha256 === undefined ? undefined : sha256(bytes);
  if (found !== file.sha256) {
    throw new FormatError(file.name, 0, `the file has SHA-256 ${found}; ${file.sha256} expected`);
  }
  if (file.unpackedSha256 === undefined || file.sha256 !== undefined) return;
  const unpacked = sha256(await gunzip(bytes, file.name));
  if (unpacked !== file.unpackedSha256) {
    throw new FormatError(file.name, 0, `the file unfolds to SHA-256 ${unpacked}; ${file.unpackedSha256} expected`);
  }
}

/** Another process sees the whole file or none. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

type Route = 'cache' | 'mirror' | 'upstream';
interface Attempt {
  readonly route: Route;
  readonly source: Source;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly opened: OpenedAsset;
}

/**
 * Assets on a machine with files: cache → mirror folder → upstream address, whichever first gives files with the
 * digests of the registry; the decoded content must then have the asset's own digest. Downloads are kept in the cache.
 * Home-made weights come from the repository.
 */
export function nodeAssetSource(options: NodeAssetOptions = {}): NodeAssetSource {
  const {
    cacheDir = join(root, '.atlas', 'assets'),
    mirror = findMirror(),
    offline = false,
    acceptLicence = false,
    homeMadeDir = join(root, 'benchmarks', 'models'),
    rows = registry,
    download = downloadFile,
    onProgress = () => undefined,
  } = options;

  const cachePath = (row: AssetRow, source: Source, file: SourceFile): string =>
    join(cacheDir, row.id, source.route, file.name);

  const readers: Readonly<Record<Route, (row: AssetRow, source: Source, file: SourceFile) => Promise<Uint8Array>>> = {
    cache: (row, source, file) => readFile(cachePath(row, source, file)),
    mirror: (_, __, file) => readFile(join(mirror || '', file.at)),
    upstream: async (_, __, file) => {
      onProgress(`downloading ${file.at}`);
      return download(file.at);
    },
  };

  const attempt = async (row: AssetRow, source: Source, route: Route): Promise<Attempt> => {
    const files = new Map<string, Uint8Array>();
    for (const file of source.files) {
      const bytes = await readers[route](row, source, file);
      await verify(file, bytes);
      files.set(file.name, bytes);
    }
    const { tensors, text } = await source.convert(files);
    const digest = digestContent(tensors, text);
    if (digest !== row.contentDigest) {
      throw new FormatError(row.id, 0, `the content has digest ${digest}; ${row.contentDigest} expected`);
    }
    if (route === 'upstream') {
      for (const file of source.files) {
        await writeWhole(cachePath(row, source, file), files.get(file.name) ?? new Uint8Array());
      }
    }
    return { route, source, files, opened: { id: row.id, digest, tensors, text } };
  };

  const openRow = async (row: AssetRow): Promise<Attempt> => {
    if (row.licence.nonCommercial && !acceptLicence) {
      throw new AssetUnavailable(
        row.id,
        `its licence (${row.licence.name}) forbids commercial use: accept it with --accept-license`,
      );
    }
    const reasons: string[] = [];
    const tryOne = async (source: Source, route: Route, what: string): Promise<Attempt | undefined> => {
      try {
        return await attempt(row, source, route);
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        const file = missing && 'path' in error && typeof error.path === 'string' ? `, ${basename(error.path)}` : '';
        if (!(missing && route === 'cache')) reasons.push(`${what}${file}: ${missing ? 'not there' : reasonOf(error)}`);
        return undefined;
      }
    };
    for (const source of row.sources) {
      const cached = await tryOne(source, 'cache', `cache (${source.route})`);
      if (cached) return cached;
    }
    if (reasons.length === 0) reasons.push('cache: not there');
    for (const source of row.sources) {
      if (source.route === 'mirror' && mirror === false) {
        reasons.push('mirror: no folder given (set ATLAS_MIRROR)');
        continue;
      }
      if (source.route === 'upstream' && offline) {
        reasons.push('upstream: not asked, working offline');
        continue;
      }
      const where = source.route === 'mirror' ? `mirror ${mirror}` : 'upstream';
      const memory = source.restsOnMemory ? ' (its address rests on memory)' : '';
      const found = await tryOne(source, source.route, `${where}${memory}`);
      if (found) return found;
    }
    if (!row.sources.some(({ route }) => route === 'upstream')) reasons.push('upstream: none, it comes only as a pack');
    throw new AssetUnavailable(row.id, reasons.join('; '));
  };

  const homeMade = async (): Promise<readonly string[]> => {
    const names = await readdir(homeMadeDir).catch(() => []);
    return names.filter((name) => existsSync(join(homeMadeDir, name, homeMadeFiles.card))).sort();
  };

  const openOwn = async (id: string): Promise<OpenedAsset> => {
    const own = await homeMade();
    if (!own.includes(id)) {
      const meant = nearest(id, [...rows.map((row) => row.id), ...own]);
      throw new AssetUnavailable(id, `no asset has this name${meant ? `; did you mean ${meant}?` : ''}`);
    }
    try {
      return await openHomeMade(id, (name) => readFile(join(homeMadeDir, id, name)));
    } catch (error) {
      throw new AssetUnavailable(id, reasonOf(error));
    }
  };

  return {
    homeMade,
    open: async (id) => {
      const row = findAsset(id, rows);
      return row ? (await openRow(row)).opened : openOwn(id);
    },
    bring: async (id) => {
      const row = findAsset(id, rows);
      if (!row) {
        const { digest, tensors } = await openOwn(id);
        return {
          id,
          digest,
          route: 'home-made',
          bytes: [...tensors.values()].reduce((sum, { values }) => sum + values.byteLength, 0),
        };
      }
      const { route, source, files, opened } = await openRow(row);
      if (route === 'mirror') {
        onProgress(`copying ${files.size} files of ${id} into the cache`);
        for (const file of source.files) {
          await writeWhole(cachePath(row, source, file), files.get(file.name) ?? new Uint8Array());
        }
      }
      return {
        id,
        digest: opened.digest,
        route,
        bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
      };
    },
  };
}
