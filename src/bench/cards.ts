import { countNumbers, disposeParams } from '../tensor/index.ts';
import { createGenerator } from '../random/index.ts';
import { canonicalJson } from '../results/index.ts';
import { findTask } from '../tasks/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { imageTextModelIds, imageTextModelRow, languageModelIds, languageModelRow, modelRow, takesPictures } from '../models/index.ts';
import type { ImageTextArchitecture, ModelInput, WeightShapes } from '../models/index.ts';
import { adaptAnywhere, adaptForCard } from './adapt-for-card.ts';
import { approach } from './approaches.ts';
import type { Grid, GridColumn, GridRow } from './grid.ts';
import type { OwnAccuracy } from './own-accuracy.ts';

function titleOf(modelId: string): string {
  if (imageTextModelIds.includes(modelId)) return imageTextModelRow(modelId).title;
  return (languageModelIds.includes(modelId) ? languageModelRow(modelId) : modelRow(modelId)).title;
}

/** A table's rows and columns for readers that know nothing of the engine. */
export function tableCard(grid: Grid): unknown {
  const { table, rows, columns, cells, seeds } = grid;
  const there = new Set(cells.map((cell) => `${cell.row.key}\n${cell.column.key}`));
  return {
    id: table.id,
    title: table.title,
    question: table.question,
    ...(table.metric === undefined ? {} : { metric: table.metric }),
    notes: table.notes,
    seeds,
    rows: rows.map(({ key, label, methodId, options, control }) => ({
      key,
      label,
      methodId,
      options,
      family: approach(methodId).family,
      ...(control === undefined ? {} : { control }),
    })),
    columns: columns.map(({ key, name, modelId, taskId, split, epochs, batch }) => ({
      key,
      modelId,
      taskId,
      ...(name === undefined ? {} : { train: split.train }),
      label: [findTask(taskId).title, ...(name === undefined ? [] : [name])].join(', '),
      groupLabel: titleOf(modelId),
      split,
      epochs,
      batch,
    })),
    empty: rows.flatMap((row) =>
      columns
        .filter((column) => !there.has(`${row.key}\n${column.key}`))
        .map((column) => ({ row: row.key, column: column.key, reason: whyEmpty(row, column) })),
    ),
  };
}

/** A method as the engine knows it, with its class computed and its trainable numbers counted where a table has it. */
export function methodCard(method: Method, grids: readonly Grid[]): unknown {
  const { id, name, family, paper, follows, file, options, recipe, trainable, tricks } = method;
  const cells = grids.flatMap((grid) => grid.cells).filter((cell) => cell.spec.methodId === id && cell.spec.control === undefined);
  const counts = cells.map(({ spec }) => {
    const adapted = adaptForCard(method, spec.options, spec.modelId, spec.taskId);
    return { modelId: spec.modelId, taskId: spec.taskId, options: spec.options, trainable: adapted.trainable, taxonomy: adapted.taxonomy };
  });
  // A table may ask for other options alone, such as no program at all: the class is that of the method as it comes.
  const asItComes = counts.find((count) => Object.keys(options).every((name) => count.options[name] === options[name]));
  return {
    id,
    name,
    family,
    taxonomy: (asItComes ?? adaptAnywhere(method) ?? counts[0])?.taxonomy ?? null,
    classes: [...new Map(counts.map(({ taxonomy }) => [canonicalJson(taxonomy), taxonomy])).values()],
    paper,
    follows,
    file,
    options,
    trainable,
    trained: recipe === null ? null : { ...recipe.optimiser, schedule: recipe.schedule.name, learningRates: recipe.learningRates, initial: recipe.initial },
    tricks,
    tables: grids.filter((grid) => grid.rows.some((row) => row.methodId === id)).map((grid) => grid.table.id),
    counts: counts.map(({ taxonomy: _, ...count }) => count),
  };
}

/** What is known of a model once its weights are loaded; `undefined` where they can't be had here. */
export interface LoadedFacts {
  readonly digest: string;
  readonly classes: readonly string[];
  /** What the card of home-made weights says besides. */
  readonly made?: unknown;
  /** How well it does the task that it was trained for, where that is in the catalogue. */
  readonly measured?: OwnAccuracy;
}

/** A model as the engine knows it. */
export function modelCard(id: string, loaded: LoadedFacts | undefined): unknown {
  const { title, architecture, homeMade } = modelRow(id);
  const { input, kind, blocks, featureWidth, width, outputs } = architecture;
  const weights = architecture.initialise(createGenerator(0));
  const parameters = countNumbers(weights);
  disposeParams(weights);
  return {
    id,
    title,
    homeMade,
    kind,
    parameters,
    input: inputOf(input),
    blocks: blocks.length,
    ...(width === undefined ? {} : { width }),
    featureWidth,
    outputs,
    ...(loaded === undefined ? {} : { digest: loaded.digest, classes: loaded.classes }),
    ...(loaded?.made === undefined ? {} : { made: loaded.made }),
    ...(loaded?.measured === undefined ? {} : { measured: loaded.measured }),
  };
}

/** A language model as the engine knows it; its shape is that of the weights where it isn't known before. */
export function languageModelCard(id: string, loaded: LoadedFacts | undefined): unknown {
  const { title, architecture, homeMade } = languageModelRow(id);
  if (!architecture) return { id, title, homeMade, kind: 'language', ...loaded };
  const { shapes, vocabulary, contextLength, depth, width, heads, keyValueHeads } = architecture;
  return {
    id,
    title,
    homeMade,
    kind: 'language',
    parameters: sizeOfAll(shapes),
    input: `text of at most ${contextLength} tokens out of ${vocabulary}`,
    blocks: depth,
    width,
    heads,
    keyValueHeads,
    featureWidth: width,
    outputs: vocabulary,
    ...(loaded === undefined ? {} : { digest: loaded.digest, classes: loaded.classes }),
    ...(loaded?.made === undefined ? {} : { made: loaded.made }),
  };
}

/** What is known of a pair once its weights are loaded. */
export interface LoadedPairFacts extends LoadedFacts {
  readonly architecture: ImageTextArchitecture;
}

/** A pair of towers as the engine knows it; a folder's shape is that of its weights. */
export function imageTextModelCard(id: string, loaded: LoadedPairFacts | undefined): unknown {
  const { title, homeMade } = imageTextModelRow(id);
  if (!loaded) return { id, title, homeMade, kind: 'image-text' };
  const { architecture: { image, text }, digest, classes, made } = loaded;
  const { contextLength, vocabulary, depth, width, heads } = text.language;
  const [ofImage, ofText] = [sizeOfAll(image.shapes), sizeOfAll(text.shapes)];
  return {
    id,
    title,
    homeMade,
    kind: 'image-text',
    parameters: ofImage + ofText + 1,
    image: {
      input: inputOf(image.input),
      blocks: image.blocks.length,
      ...(image.width === undefined ? {} : { width: image.width }),
      parameters: ofImage,
    },
    text: { contextLength, vocabulary, blocks: depth, width, heads, parameters: ofText },
    embeddingWidth: text.embeddingWidth,
    digest,
    classes,
    ...(made === undefined ? {} : { made }),
  };
}

const sizeOfAll = (shapes: WeightShapes): number =>
  shapes.reduce((sum, [, shape]) => sum + shape.reduce((product, n) => product * n, 1), 0);

const inputOf = (input: ModelInput): string =>
  takesPictures(input) ? `${input.rows} × ${input.columns} × ${input.channels}` : `${input.samples} samples at ${input.sampleRate} Hz`;

/** Why a table has no cell there: what the method itself says against it. */
function whyEmpty(row: GridRow, column: GridColumn): string {
  try {
    adaptForCard(approach(row.methodId), row.options, column.modelId, column.taskId);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'This table does not ask for it.';
}
