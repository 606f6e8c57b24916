import { modelFromFolder } from './language-converters.ts';
import type { AssetRow } from './registry.ts';

/** What a row says of a checkpoint that somebody has in a folder, in the files that Hugging Face's libraries write. */
export interface LanguageFolder
  extends Pick<AssetRow, 'id' | 'title' | 'licence' | 'citation' | 'contentDigest' | 'note'>,
    Required<Pick<AssetRow, 'holds'>> {
  /** `vocab.txt` is BERT's; then `tokenizer_config.json` says by `do_lower_case` whether the model is cased. */
  readonly tokenizer: 'tokenizer.json' | 'vocab.txt';
}

/**
 * The row of a language model in the folder `models/<id>/` below the mirror folder, which holds `config.json`,
 * `model.safetensors` (whole, not in shards) and the tokenizer's file. Families: see `readLanguageFolder`; the catalogue of
 * language models takes such rows from the registry by itself. For GPT-2 small:
 *
 *     languageFolder({
 *       id: 'gpt2', title: 'GPT-2 small', holds: 'causal-language-model', tokenizer: 'tokenizer.json',
 *       licence: { name: 'modified MIT', nonCommercial: false }, citation: 'radford2019gpt2', contentDigest: '…',
 *     })
 *
 * Which digest the content has, the message of `npm run fetch -- gpt2` says as long as another one stands in the row.
 */
export function languageFolder({ tokenizer, ...row }: LanguageFolder): AssetRow {
  const names = ['config.json', 'model.safetensors', tokenizer, ...(tokenizer === 'vocab.txt' ? ['tokenizer_config.json'] : [])];
  return {
    ...row,
    kind: 'weights',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: names.map((name) => ({ name, at: `models/${row.id}/${name}` })),
        convert: modelFromFolder,
      },
    ],
  };
}
