import { registry } from '../assets/index.ts';
import type { OpenedAsset } from '../assets/index.ts';
import type { FrozenLanguageEncoder } from './frozen-language-encoder.ts';
import { encoderFolderRows } from './language-folder-rows.ts';

/** An encoder that can be had: which asset holds weights and tokenizer, and how they are read. */
export interface LanguageEncoderRow {
  readonly id: string;
  readonly title: string;
  readonly asset: string;
  readonly read: (asset: OpenedAsset) => Pick<FrozenLanguageEncoder, 'architecture' | 'weights' | 'tokenizer'>;
  readonly homeMade: boolean;
}

export const languageEncoderRows: readonly LanguageEncoderRow[] = encoderFolderRows(registry);
