import { FormatError } from '../assets/index.ts';
import type { OpenedAsset } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import { readTokenizerJson, readVocabTxt } from '../text/index.ts';
import type { Tokenizer } from '../text/index.ts';
import { configFields } from './config-fields.ts';
import type { ConfigFields } from './config-fields.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import type { LanguageEncoder } from './language-encoder.ts';
import { languageFamilies } from './language-folder-families.ts';

/** A checkpoint as its folder has it. */
export interface LanguageFolderContent {
  readonly architecture: LanguageArchitecture | LanguageEncoder;
  /** The caller owns them. */
  readonly weights: Params;
  readonly tokenizer: Tokenizer;
  /** The token that a text begins with; `null` where there is none. */
  readonly start: number | null;
}

type Folder = Pick<OpenedAsset, 'id' | 'tensors' | 'text'>;

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError(file, 0, 'the file is not JSON');
  }
}

function tokenizerIn({ id, text }: Folder): { readonly tokenizer: Tokenizer; readonly file: string } {
  const [jsonFile, listFile, settingsFile] = [`${id}/tokenizer.json`, `${id}/vocab.txt`, `${id}/tokenizer_config.json`];
  const json = text.get('tokenizer.json');
  if (json !== undefined) return { tokenizer: readTokenizerJson(parsedJson(json, jsonFile), jsonFile), file: jsonFile };
  const list = text.get('vocab.txt');
  const settings = text.get('tokenizer_config.json');
  if (list === undefined) throw new FormatError(jsonFile, 0, 'the folder has neither this file nor vocab.txt');
  if (settings === undefined) {
    throw new FormatError(settingsFile, 0, "the folder lacks this file, and vocab.txt alone doesn't say whether letters lose their case");
  }
  const cased = !configFields(settings, settingsFile).truth('do_lower_case');
  return { tokenizer: readVocabTxt(list, { cased }, listFile), file: listFile };
}

/**
 * `bos_token_id` of the config, or else what the tokenizer puts before a text. Where a tokenizer of a causal model puts
 * something there, the two must agree.
 */
function startOf(config: ConfigFields, file: string, tokenizer: Tokenizer, vocabulary: number): number | null {
  const stated = config.wholeOrNull('bos_token_id', { least: 0, most: vocabulary - 1 });
  const [alone] = tokenizer.encode('');
  // what ends a text stands behind this letter
  const put = tokenizer.encode('a')[0] === alone ? alone : undefined;
  if (stated !== null && put !== undefined && put !== stated) {
    throw new FormatError(file, 0, `bos_token_id is ${stated}, but the tokenizer begins a text with token ${put}`);
  }
  return stated ?? put ?? null;
}

/**
 * Architecture, weights and tokenizer of a checkpoint in Hugging Face's files, as `languageFolder` brings them: the tensors
 * of `model.safetensors`, and as texts `config.json`, and `tokenizer.json` or `vocab.txt` with `tokenizer_config.json`.
 * Families: GPT-2, Llama and BERT, told by `model_type`. A field of the config that is missing, impossible or asks for what
 * isn't computed here is refused, and so are tensors of other names or shapes than the config's and a tokenizer with ids
 * that the embeddings don't have; embeddings may have more rows than tokens, as where a vocabulary was padded.
 * @throws FormatError, TokenizerError, RangeError or Error, one sentence each
 */
export function readLanguageFolder(folder: Folder): LanguageFolderContent {
  const configFile = `${folder.id}/config.json`;
  const description = folder.text.get('config.json');
  if (description === undefined) throw new FormatError(configFile, 0, 'the folder lacks this file');
  const config = configFields(description, configFile);
  const { architecture, read } = config.pick('model_type', languageFamilies)(config, folder.tensors);
  const { tokenizer, file } = tokenizerIn(folder);
  if (tokenizer.size > architecture.vocabulary) {
    throw new FormatError(file, 0, `its token ids go up to ${tokenizer.size - 1}, and the vocab_size of config.json is ${architecture.vocabulary}`);
  }
  const start = architecture.kind === 'language' ? startOf(config, configFile, tokenizer, architecture.vocabulary) : null;
  return { architecture, weights: read(), tokenizer, start };
}
