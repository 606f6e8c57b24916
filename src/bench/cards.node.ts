import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetUnavailable } from '../assets/index.ts';
import { nodeAssetSource } from '../assets/index.node.ts';
import { loadModel, modelRow } from '../models/index.ts';
import { disposeParams, useBackend } from '../tensor/index.ts';
import { approaches } from './approaches.ts';
import { methodCard, modelCard, tableCard } from './cards.ts';
import type { LoadedFacts } from './cards.ts';
import { committedPreset } from './grid.ts';
import { openTables } from './session.node.ts';
import type { Selection } from './session.node.ts';

/**
 * Writes `benchmarks/cards/{tables,methods,models}/<id>.json` and removes cards of what is no longer there. A model whose
 * weights can't be had here gets a card without digest and classes.
 *
 * @returns the paths below `benchmarks/cards/`.
 */
export async function writeCards(selection: Selection): Promise<readonly string[]> {
  await useBackend('cpu');
  const tables = await openTables(selection);
  const grids = tables.flatMap(({ grids }) => grids.filter((grid) => grid.preset === committedPreset));
  const models = [...new Set(grids.flatMap((grid) => grid.columns.map((column) => column.modelId)))];
  const cards = join(selection.out ?? join(selection.root, 'benchmarks'), 'cards');
  const facts = await Promise.all(models.map(async (id) => [id, modelCard(id, await loadedFacts(id))] as const));
  return [
    ...writeFolder(cards, 'tables', grids.map((grid) => [grid.table.id, tableCard(grid)])),
    ...writeFolder(cards, 'methods', approaches.map((method) => [method.id, methodCard(method, grids)])),
    ...writeFolder(cards, 'models', facts),
  ];
}

async function loadedFacts(id: string): Promise<LoadedFacts | undefined> {
  const assets = nodeAssetSource({ offline: true });
  try {
    const { digest, classes, weights } = await loadModel(id, assets);
    disposeParams(weights);
    if (!modelRow(id).homeMade) return { digest, classes };
    const { text } = await assets.open(modelRow(id).asset);
    const card = text.get('model.json');
    return { digest, classes, ...(card === undefined ? {} : { made: withoutRepeats(JSON.parse(card)) }) };
  } catch (error) {
    if (error instanceof AssetUnavailable) return undefined;
    throw error;
  }
}

/** What the card of weights says beyond what every model's card says. */
function withoutRepeats(card: unknown): unknown {
  if (typeof card !== 'object' || card === null) return card;
  const repeated = new Set(['id', 'classes', 'digest', 'title']);
  return Object.fromEntries(Object.entries(card).filter(([name]) => !repeated.has(name)));
}

function writeFolder(cards: string, folder: string, entries: readonly (readonly [string, unknown])[]): readonly string[] {
  const path = join(cards, folder);
  mkdirSync(path, { recursive: true });
  const names = entries.map(([id]) => `${id}.json`);
  for (const file of readdirSync(path)) if (file.endsWith('.json') && !names.includes(file)) rmSync(join(path, file));
  for (const [id, card] of entries) writeFileSync(join(path, `${id}.json`), `${JSON.stringify(card, null, 2)}\n`);
  return names.map((name) => `${folder}/${name}`);
}
