import { unknownName } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import { digestParams } from '../tensor/index.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import { imageTextModelRows } from './image-text-catalogue.ts';
import type { ImageTextModelRow } from './image-text-catalogue.ts';
import { oneTree } from './image-text-architecture.ts';

export const imageTextModelIds: readonly string[] = imageTextModelRows.map((row) => row.id);

/** The catalogue's row of a pair; an unknown id names the nearest. */
export function imageTextModelRow(id: string, rows: readonly ImageTextModelRow[] = imageTextModelRows): ImageTextModelRow {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(unknownName('image-text model', id, rows.map((known) => known.id)));
  return row;
}

/**
 * Loads a pair of towers with the weights and the tokenizer of its asset and freezes it. Throws `AssetUnavailable` where the
 * asset can't be had, a `RangeError` for an unknown id.
 */
export async function loadImageTextModel(
  id: string,
  source: AssetSource,
  rows: readonly ImageTextModelRow[] = imageTextModelRows,
): Promise<FrozenImageTextModel> {
  const row = imageTextModelRow(id, rows);
  const read = row.read(await source.open(row.asset));
  return { id, ...read, digest: digestParams(oneTree(read.weights)), homeMade: row.homeMade };
}
