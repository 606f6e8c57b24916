import { unknownName } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import { digestParams } from '../tensor/index.ts';
import type { FrozenLanguageEncoder } from './frozen-language-encoder.ts';
import { languageEncoderRows } from './language-encoder-catalogue.ts';
import type { LanguageEncoderRow } from './language-encoder-catalogue.ts';

/**
 * Loads an encoder with the weights and the tokenizer of its asset and freezes it. Throws `AssetUnavailable` where the asset
 * can't be had, a `RangeError` for an unknown id.
 */
export async function loadLanguageEncoder(
  id: string,
  source: AssetSource,
  rows: readonly LanguageEncoderRow[] = languageEncoderRows,
): Promise<FrozenLanguageEncoder> {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(unknownName('language encoder', id, rows.map((known) => known.id)));
  const read = row.read(await source.open(row.asset));
  return { id, ...read, digest: digestParams(read.weights), homeMade: row.homeMade };
}
