import { countNumbers, disposeParams } from '../tensor/index.ts';
import { createGenerator } from '../random/index.ts';
import { findTask, findVerbalizer } from '../tasks/index.ts';
import type { Adapted, LabelMap, Method } from '../reprogramming/index.ts';
import { modelIds, modelRow, takesPictures } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { approach } from './approaches.ts';
import type { Grid, GridColumn, GridRow } from './grid.ts';
import type { OwnAccuracy } from './own-accuracy.ts';
import type { Options } from './types.ts';

/** A table's rows and columns for readers that know nothing of the engine. */
export function tableCard(grid: Grid): unknown {
  const { table, rows, columns, cells, seeds } = grid;
  const there = new Set(cells.map((cell) => `${cell.row.key}\n${cell.column.key}`));
  return {
    id: table.id,
    title: table.title,
    question: table.question,
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
      groupLabel: modelRow(modelId).title,
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
    const adapted = adapt(method, spec.options, spec.modelId, spec.taskId);
    return { modelId: spec.modelId, taskId: spec.taskId, options: spec.options, trainable: adapted.trainable, taxonomy: adapted.taxonomy };
  });
  // A table may ask for other options alone, such as no program at all: the class is that of the method as it comes.
  const asItComes = counts.find((count) => Object.keys(options).every((name) => count.options[name] === options[name]));
  return {
    id,
    name,
    family,
    taxonomy: (asItComes ?? adaptAnywhere(method) ?? counts[0])?.taxonomy ?? null,
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

/** A method with its own options on the first model that takes it, for one that no table has yet. */
function adaptAnywhere(method: Method): Adapted | undefined {
  for (const modelId of modelIds) {
    try {
      return adapt(method, {}, modelId, 'mnist');
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
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
    input: takesPictures(input) ? `${input.rows} × ${input.columns} × ${input.channels}` : `${input.samples} samples at ${input.sampleRate} Hz`,
    blocks: blocks.length,
    ...(width === undefined ? {} : { width }),
    featureWidth,
    outputs,
    ...(loaded === undefined ? {} : { digest: loaded.digest, classes: loaded.classes }),
    ...(loaded?.made === undefined ? {} : { made: loaded.made }),
    ...(loaded?.measured === undefined ? {} : { measured: loaded.measured }),
  };
}

/** Why a table has no cell there: what the method itself says against it. */
function whyEmpty(row: GridRow, column: GridColumn): string {
  try {
    adapt(approach(row.methodId), row.options, column.modelId, column.taskId);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'This table does not ask for it.';
}

/** Applies a method to a model with drawn weights: class and counts don't depend on the weights' values. */
function adapt(method: Method, options: Options, modelId: string, taskId: string): Adapted {
  const { architecture, homeMade } = modelRow(modelId);
  const { classes, seriesLength } = findTask(taskId);
  const weights = architecture.initialise(createGenerator(0));
  const model: FrozenModel = { id: modelId, architecture, weights, digest: '', classes: [], homeMade };
  try {
    return method.adapt({
      model,
      targets: classes.length,
      options: { ...method.options, ...options },
      verbalizer: verbalizerMap(modelId, taskId, architecture.outputs, classes.length),
      ...(seriesLength === undefined ? {} : { seriesLength }),
    });
  } finally {
    disposeParams(weights);
  }
}

/** A stand-in with the verbalizer's form: the names of source classes are known with the weights alone. */
function verbalizerMap(modelId: string, taskId: string, sources: number, targets: number): LabelMap | null {
  if (!findVerbalizer(modelId, taskId)) return null;
  return { sources, targets, weights: new Float32Array(sources * targets) };
}
