import { registry } from '../assets/index.ts';
import type { AssetRow, OpenedAsset } from '../assets/index.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import type { ImageTextArchitecture } from './image-text-architecture.ts';
import { readImageTextFolder } from './read-image-text-folder.ts';
import { readWorldPair, worldPair } from './world-pair.ts';

/** A pair of towers that can be had: which asset holds weights and tokenizer, and how they are read. */
export interface ImageTextModelRow {
  readonly id: string;
  readonly title: string;
  readonly asset: string;
  readonly read: (asset: OpenedAsset) => Pick<FrozenImageTextModel, 'architecture' | 'weights' | 'tokenizer'>;
  readonly homeMade: boolean;
  /** Absent where the shape is known only once the weights are read. */
  readonly architecture?: ImageTextArchitecture;
}

/** The pairs among the rows of a registry that folders hold. */
export function imageTextFolderRows(rows: readonly AssetRow[]): ImageTextModelRow[] {
  const own = rows.filter(({ holds }) => holds === 'image-text-model');
  return own.map(({ id, title }) => ({ id, title, asset: id, read: readImageTextFolder, homeMade: false }));
}

export const imageTextModelRows: readonly ImageTextModelRow[] = [
  { id: 'world-pair', title: 'World pair', asset: 'world-pair', read: readWorldPair, homeMade: true, architecture: worldPair },
  ...imageTextFolderRows(registry),
];
