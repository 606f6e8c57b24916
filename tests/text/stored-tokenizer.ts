import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTokenizerJson } from '../../src/text/index.ts';
import type { Tokenizer } from '../../src/text/index.ts';

export const families = ['clip', 'gpt2', 'llama', 'wordpiece'] as const;
export type Family = (typeof families)[number];

const folder = (family: Family): string => join(import.meta.dirname, '../oracles', `tokenise-${family}-a`);

type Json = Record<string, unknown>;

/** The parsed tokenizer.json of a stored case. */
export const storedJson = (family: Family): Json => JSON.parse(readFileSync(join(folder(family), 'tokenizer.json'), 'utf8'));

/** The tokenizer of a stored case, with some parts of its file replaced. */
export const storedTokenizer = (family: Family, changed: Json = {}): Tokenizer =>
  readTokenizerJson({ ...storedJson(family), ...changed });

/** The model part of a stored file, with some entries replaced. */
export const storedModel = (family: Family, changed: Json): Json => ({ ...(storedJson(family)['model'] as Json), ...changed });

/** The texts of a stored case. */
export function storedTexts(family: Family): readonly string[] {
  const strings: readonly { readonly text: string }[] = JSON.parse(readFileSync(join(folder(family), 'strings.json'), 'utf8'));
  return strings.map(({ text }) => text);
}
