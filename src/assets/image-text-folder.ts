import { languageFolder } from './language-folder.ts';
import type { LanguageFolder } from './language-folder.ts';
import type { AssetRow } from './registry.ts';

/** What a row says of a pair of image and text towers that somebody has in a folder, in Hugging Face's files. */
export type ImageTextFolder = Omit<LanguageFolder, 'holds' | 'tokenizer'>;

/**
 * The row of a `CLIPModel` in the folder `models/<id>/` below the mirror folder, which holds `config.json`,
 * `model.safetensors` (whole, not in shards) and `tokenizer.json`; the catalogue of image-text models takes such rows from
 * the registry by itself. For OpenAI's smallest:
 *
 *     imageTextFolder({
 *       id: 'clip-vit-base-patch32', title: 'CLIP ViT-B/32', licence: { name: 'MIT', nonCommercial: false },
 *       citation: 'radford2021learning', contentDigest: '…',
 *     })
 *
 * Which digest the content has, the message of `npm run fetch -- clip-vit-base-patch32` says as long as another one stands
 * in the row.
 */
export function imageTextFolder(row: ImageTextFolder): AssetRow {
  return languageFolder({ ...row, holds: 'image-text-model', tokenizer: 'tokenizer.json' });
}
