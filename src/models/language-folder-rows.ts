import type { AssetRow, OpenedAsset } from '../assets/index.ts';
import type { LanguageModelRow } from './language-catalogue.ts';
import type { LanguageEncoderRow } from './language-encoder-catalogue.ts';
import { readLanguageFolder } from './read-language-folder.ts';

/** What a folder holds, which has to be of the kind that its row in the registry says. */
function readCausal(asset: OpenedAsset): ReturnType<LanguageModelRow['read']> {
  const { architecture, ...rest } = readLanguageFolder(asset);
  if (architecture.kind === 'language') return { architecture, ...rest };
  throw new Error(`The folder of ${asset.id} holds an encoder, and its row in the registry says causal-language-model.`);
}

function readEncoder(asset: OpenedAsset): ReturnType<LanguageEncoderRow['read']> {
  const { architecture, weights, tokenizer } = readLanguageFolder(asset);
  if (architecture.kind === 'encoder') return { architecture, weights, tokenizer };
  throw new Error(`The folder of ${asset.id} holds a causal language model, and its row in the registry says language-encoder.`);
}

/** The causal language models among the rows of a registry that folders hold. */
export function causalFolderRows(rows: readonly AssetRow[]): LanguageModelRow[] {
  const own = rows.filter(({ holds }) => holds === 'causal-language-model');
  return own.map(({ id, title }) => ({ id, title, asset: id, read: readCausal, homeMade: false }));
}

/** The encoders among them. */
export function encoderFolderRows(rows: readonly AssetRow[]): LanguageEncoderRow[] {
  const own = rows.filter(({ holds }) => holds === 'language-encoder');
  return own.map(({ id, title }) => ({ id, title, asset: id, read: readEncoder, homeMade: false }));
}
