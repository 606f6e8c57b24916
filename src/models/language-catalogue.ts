import { registry } from '../assets/index.ts';
import type { OpenedAsset } from '../assets/index.ts';
import type { FrozenLanguageModel } from './frozen-language-model.ts';
import { causalFolderRows } from './language-folder-rows.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import { readStories260k, stories260k } from './stories260k.ts';
import { readWorldLm, worldLm } from './world-lm.ts';

/** A language model that can be had: which asset holds weights and tokenizer, and how they are read. */
export interface LanguageModelRow {
  readonly id: string;
  readonly title: string;
  readonly asset: string;
  readonly read: (asset: OpenedAsset) => Pick<FrozenLanguageModel, 'architecture' | 'weights' | 'tokenizer' | 'start'>;
  readonly homeMade: boolean;
  /** Where it is known before any weights are read. */
  readonly architecture?: LanguageArchitecture;
}

export const languageModelRows: readonly LanguageModelRow[] = [
  { id: 'world-lm', title: 'World LM', asset: 'world-lm', read: readWorldLm, homeMade: true, architecture: worldLm },
  { id: 'stories260k', title: 'stories260K', asset: 'stories260k', read: readStories260k, homeMade: false, architecture: stories260k },
  ...causalFolderRows(registry),
];
