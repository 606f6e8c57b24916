import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AssetUnavailable, findAsset, gunzip } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { openSession } from '../../src/bench/index.node.ts';
import { imageTextModelIds, imageTextModelRow, languageModelIds, languageModelRow, modelIds, modelRow } from '../../src/models/index.ts';
import { findTask } from '../../src/tasks/index.ts';

/** A table and the preset that is run. */
export interface Wanted {
  readonly table: string;
  readonly preset: string;
}

/** Ids of the assets that some grids need and that don't stand in the repository. */
export async function neededAssets(root: string, wanted: readonly Wanted[]): Promise<readonly string[]> {
  const sessions = await Promise.all(wanted.map(({ table, preset }) => openSession({ root, tables: [table], preset })));
  const columns = sessions.flatMap(({ parts }) => parts.flatMap(({ grid }) => grid.columns));
  const ids = new Set(columns.flatMap(({ modelId, taskId }) => [assetOf(modelId) ?? [], assetOf(taskId) ?? []].flat()));
  return [...ids].filter((id) => findAsset(id) !== undefined);
}

function assetOf(id: string): string | undefined {
  if (imageTextModelIds.includes(id)) return imageTextModelRow(id).asset;
  if (languageModelIds.includes(id)) return languageModelRow(id).asset;
  if (modelIds.includes(id)) return modelRow(id).asset;
  return findTask(id).generated ? undefined : id;
}

/**
 * Puts an asset's files, verified, where the engine keeps downloads. Files that are known by what they unfold to are folded
 * without being made smaller, since the archive does that better.
 * @returns a sentence where the asset can't be had here
 */
export async function packAsset(id: string, cacheDir: string): Promise<string | undefined> {
  try {
    await nodeAssetSource({ offline: true, cacheDir }).bring(id);
  } catch (error) {
    if (error instanceof AssetUnavailable) return error.message;
    throw error;
  }
  const upstream = findAsset(id)?.sources.find(({ route }) => route === 'upstream');
  const isKnownByContent = upstream?.files.every((file) => file.sha256 === undefined && file.unpackedSha256 !== undefined);
  if (!upstream || !isKnownByContent) return undefined;
  const from = join(cacheDir, id, 'mirror');
  const to = join(cacheDir, id, 'upstream');
  mkdirSync(to, { recursive: true });
  for (const { name } of upstream.files) {
    writeFileSync(join(to, name), gzipSync(await gunzip(readFileSync(join(from, name)), name), { level: 0 }));
  }
  rmSync(from, { recursive: true });
  return undefined;
}
