import { unknownName } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import { digestParams } from '../tensor/index.ts';
import type { FrozenLanguageModel } from './frozen-language-model.ts';
import { languageModelRows } from './language-catalogue.ts';
import type { LanguageModelRow } from './language-catalogue.ts';

export const languageModelIds: readonly string[] = languageModelRows.map((row) => row.id);

/** The catalogue's row of a language model; an unknown id names the nearest. */
export function languageModelRow(id: string, rows: readonly LanguageModelRow[] = languageModelRows): LanguageModelRow {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(unknownName('language model', id, rows.map((known) => known.id)));
  return row;
}

/**
 * Loads a language model with the weights and the tokenizer of its asset and freezes it. Throws `AssetUnavailable` where the
 * asset can't be had, a `RangeError` for an unknown id.
 */
export async function loadLanguageModel(
  id: string,
  source: AssetSource,
  rows: readonly LanguageModelRow[] = languageModelRows,
): Promise<FrozenLanguageModel> {
  const row = languageModelRow(id, rows);
  const read = row.read(await source.open(row.asset));
  return { id, ...read, digest: digestParams(read.weights), homeMade: row.homeMade };
}
