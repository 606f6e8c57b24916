import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AssetUnavailable } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import { nodeAssetSource } from '../assets/index.node.ts';
import { imageTextModelIds, imageTextModelRow, languageModelIds, languageModelRow, loadImageTextModel, loadLanguageModel, loadModel, modelRow, oneTree } from '../models/index.ts';
import type { ModelRow } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { loadTask } from '../tasks/index.ts';
import type { Task } from '../tasks/index.ts';
import { disposeParams, useBackend } from '../tensor/index.ts';
import { approaches } from './approaches.ts';
import { imageTextModelCard, methodCard, languageModelCard, modelCard, tableCard } from './cards.ts';
import type { LoadedFacts, LoadedPairFacts } from './cards.ts';
import { committedPreset } from './grid.ts';
import { ownAccuracy } from './own-accuracy.ts';
import type { OwnAccuracy } from './own-accuracy.ts';
import { openTables } from './session.node.ts';
import type { Selection } from './session.node.ts';

/** What a stored card says that may still hold. */
const storedCard = z.object({
  digest: z.string().optional(),
  measured: z
    .object({
      task: z.string(),
      taskDigest: z.string(),
      split: z.literal('test'),
      n: z.number(),
      correct: z.number(),
      accuracy: z.number(),
      backend: z.object({ name: z.enum(['wasm', 'cpu', 'node', 'webgpu']), kernels: z.string() }),
    })
    .optional(),
});
type StoredCard = z.infer<typeof storedCard>;

/**
 * Writes `benchmarks/cards/{tables,methods,models}/<id>.json` and removes cards of what is no longer there. A model whose
 * weights can't be had here gets a card without digest and classes. A model whose own task is in the catalogue is measured
 * on it, unless its card has that accuracy for the same weights, data and kernels; where the data can't be had here, what
 * the card has for the same weights stays.
 *
 * @returns the paths below `benchmarks/cards/`.
 */
export async function writeCards(selection: Selection): Promise<readonly string[]> {
  await useBackend('cpu');
  const tables = await openTables(selection);
  const grids = tables.flatMap(({ grids }) => grids.filter((grid) => grid.preset === committedPreset));
  const models = [...new Set(grids.flatMap((grid) => grid.columns.map((column) => column.modelId)))];
  const cards = join(selection.out ?? join(selection.root, 'benchmarks'), 'cards');
  const written = [
    ...writeFolder(cards, 'tables', grids.map((grid) => [grid.table.id, tableCard(grid)])),
    ...writeFolder(cards, 'methods', approaches.map((method) => [method.id, methodCard(method, grids)])),
  ];
  const facts: (readonly [string, unknown])[] = [];
  for (const id of models) {
    if (imageTextModelIds.includes(id)) {
      facts.push([id, imageTextModelCard(id, await loadedPairFacts(id))]);
      continue;
    }
    const isLanguage = languageModelIds.includes(id);
    const stored = readStored(join(cards, 'models', `${id}.json`));
    facts.push([id, isLanguage ? languageModelCard(id, await loadedLanguageFacts(id)) : modelCard(id, await loadedFacts(id, stored))]);
  }
  return [...written, ...writeFolder(cards, 'models', facts)];
}

function readStored(path: string): StoredCard {
  return existsSync(path) ? storedCard.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

async function loadedFacts(id: string, stored: StoredCard): Promise<LoadedFacts | undefined> {
  const assets = nodeAssetSource({ offline: true });
  const model = await unlessUnavailable(loadModel(id, assets));
  if (model === undefined) return undefined;
  const { digest, classes } = model;
  const measured = await measuredOnOwnTask(model, stored, assets);
  disposeParams(model.weights);
  if (measured !== undefined) return { digest, classes, measured };
  return { digest, classes, ...(await howMade(modelRow(id), assets)) };
}

/** The classes of a language model are its vocabulary, which no page lists. */
async function loadedLanguageFacts(id: string): Promise<LoadedFacts | undefined> {
  const assets = nodeAssetSource({ offline: true });
  const model = await unlessUnavailable(loadLanguageModel(id, assets));
  if (model === undefined) return undefined;
  const { digest } = model;
  disposeParams(model.weights);
  return { digest, classes: [], ...(await howMade(languageModelRow(id), assets)) };
}

/** Any texts can be the classes of a pair. */
async function loadedPairFacts(id: string): Promise<LoadedPairFacts | undefined> {
  const assets = nodeAssetSource({ offline: true });
  const model = await unlessUnavailable(loadImageTextModel(id, assets));
  if (model === undefined) return undefined;
  const { architecture, digest } = model;
  disposeParams(oneTree(model.weights));
  return { architecture, digest, classes: [], ...(await howMade(imageTextModelRow(id), assets)) };
}

/** What the card of home-made weights says of how they were made. */
async function howMade({ homeMade, asset }: Pick<ModelRow, 'homeMade' | 'asset'>, assets: AssetSource): Promise<Pick<LoadedFacts, 'made'>> {
  if (!homeMade) return {};
  const card = (await assets.open(asset)).text.get('model.json');
  return card === undefined ? {} : { made: withoutRepeats(JSON.parse(card)) };
}

async function measuredOnOwnTask(model: FrozenModel, stored: StoredCard, assets: AssetSource): Promise<OwnAccuracy | undefined> {
  const { ownTask } = modelRow(model.id);
  if (ownTask === undefined) return undefined;
  const known = stored.digest === model.digest ? stored.measured : undefined;
  const task: Task | undefined = await unlessUnavailable(loadTask(ownTask, assets));
  if (task === undefined) return known;
  const backend = await useBackend('wasm');
  const isToday = known?.task === task.id && known.taskDigest === task.digest && known.backend.kernels === backend.kernels;
  return isToday ? known : ownAccuracy(model, task, backend);
}

async function unlessUnavailable<T>(loading: Promise<T>): Promise<T | undefined> {
  try {
    return await loading;
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
