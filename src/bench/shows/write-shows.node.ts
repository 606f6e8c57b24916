import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeAssetSource } from '../../assets/index.node.ts';
import type { AssetSource } from '../../assets/index.ts';
import { loadImageTextModel, loadModel, oneTree } from '../../models/index.ts';
import type { ModelInput } from '../../models/index.ts';
import { createGenerator } from '../../random/index.ts';
import { wholeCanvas } from '../../reprogramming/index.ts';
import type { Fit } from '../../reprogramming/index.ts';
import { canonicalJson, currentRecords } from '../../results/index.ts';
import type { DoneRecord, RunRecord } from '../../results/index.ts';
import { classWording, drawSplit, examplesToTensor, loadTask } from '../../tasks/index.ts';
import { encodePng } from '../../tasks/index.node.ts';
import type { Sheet, Task } from '../../tasks/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../tensor/index.ts';
import type { BackendInfo, Tensor } from '../../tensor/index.ts';
import { adaptWithRewind } from '../adapt-with-rewind.ts';
import { environmentHere } from '../environment.node.ts';
import type { GridCell } from '../grid.ts';
import { requestOf } from '../identity.ts';
import { isPair } from '../pair/pair-setting.ts';
import { prepareRun, releaseRun } from '../prepare-run.ts';
import type { Prepared } from '../prepare-run.ts';
import { recordsName, recordsOf } from '../project.node.ts';
import type { GridPart } from '../run-grid.node.ts';
import type { Session } from '../session.node.ts';
import { RequestError } from '../table.ts';
import type { CellContext } from '../types.ts';
import { wordsOf } from './near-words.ts';
import type { Words } from './near-words.ts';
import { picturesBefore, shapeOf } from './picture-change.ts';
import { showRun } from './show-run.ts';
import type { RunShown } from './show-run.ts';
import type { ShownRun, Shows } from './show.ts';

/** What became of the rows of a table. */
export interface WrittenShows {
  readonly table: string;
  readonly column: string;
  readonly folder: string;
  readonly written: readonly string[];
  /** Rows that nothing is shown of, with the reason. */
  readonly left: readonly { readonly row: string; readonly reason: string }[];
  /** Runs that came out otherwise here than their records say; nothing is shown of them. */
  readonly different: readonly string[];
}

const picturesShown = 4;

/** A model as far as its runs are shown. */
interface ShownModel {
  readonly input: ModelInput;
  readonly digest: string;
  readonly words: Words | null;
  readonly dispose: () => void;
}

async function openShownModel(id: string, assets: AssetSource): Promise<ShownModel> {
  if (!isPair(id)) {
    const { architecture, weights, digest } = await loadModel(id, assets);
    return { input: architecture.input, digest, words: null, dispose: () => disposeParams(weights) };
  }
  const pair = await loadImageTextModel(id, assets);
  const words = wordsOf(pair);
  return {
    input: pair.architecture.image.input,
    digest: pair.digest,
    words,
    dispose: () => {
      words.dispose();
      disposeParams(oneTree(pair.weights));
    },
  };
}

/** The record of a cell's run at a seed on this back-end, the latest that nothing supersedes. */
function recordOf({ spec }: GridCell, seed: number, { name, kernels }: BackendInfo, records: readonly RunRecord[]): DoneRecord | undefined {
  return records.findLast((record): record is DoneRecord => {
    const { methodId, options, modelId, taskId, split, control } = requestOf(record);
    return (
      record.status === 'done' &&
      record.seed === seed &&
      record.env.backend === name &&
      record.env.kernels === kernels &&
      canonicalJson({ methodId, options, modelId, taskId, split, control }) ===
        canonicalJson({ methodId: spec.methodId, options: spec.options, modelId: spec.modelId, taskId: spec.taskId, split: spec.split, control: spec.control })
    );
  });
}

/** The first test picture of each of the first classes, by their places among the test pictures of the task. */
function picturesOf(task: Task, { train, test }: GridCell['spec']['split'], seed: number): readonly number[] {
  const drawn = drawSplit(task, { train, validation: 0, test }, createGenerator(seed).split('split'));
  return task.classes.flatMap((_, label) => [...drawn.test].filter((index) => task.test.labels[index] === label).slice(0, 1)).slice(0, picturesShown);
}

/** Whether a run that was trained again is the one of its record; the sentence that says why not. */
function whyDifferent({ drawing, model, task }: Prepared, trained: string | null, { spec, drawn, result }: DoneRecord): string | undefined {
  if (spec.task.digest !== task.digest) return `the task has the digest ${task.digest}, the record ${spec.task.digest}`;
  if (spec.model.digest !== model.digest) return `the model has the digest ${model.digest}, the record ${spec.model.digest}`;
  if (drawn.splitDigest !== drawing.digest) return `the draw has the digest ${drawing.digest}, the record ${drawn.splitDigest}`;
  return trained === result.trainedDigest ? undefined : `trained again, the parameters have the digest ${trained ?? 'of nothing'}, the record ${result.trainedDigest ?? 'of nothing'}`;
}

/** A cell and its record, where it has one. */
interface Found {
  readonly cell: GridCell;
  readonly record: DoneRecord | undefined;
}

interface Rerun {
  readonly context: CellContext;
  readonly model: ShownModel;
  readonly indices: readonly number[];
}

const laid = (task: Task, indices: readonly number[], { input }: ShownModel, fit: Fit, id: string): Tensor =>
  examplesToTensor(task.test, Int32Array.from(indices), input, fit, { task: task.id, model: id });

/** Trains a record's run again and looks at what it changes; a sentence where it isn't the same run. */
async function shownAgain(record: DoneRecord, { context, model, indices }: Rerun): Promise<RunShown | string> {
  const prepared = await prepareRun(requestOf(record), context, null);
  try {
    const { adapted, params } = await adaptWithRewind(prepared);
    const isTrained = record.result.trainedDigest !== null;
    const different = whyDifferent(prepared, isTrained ? digestParams(params) : null, record);
    const { task } = prepared;
    const pictures = laid(task, indices, model, adapted.fit, record.spec.model.id);
    const shown = different ?? showRun({ adapted, params, pictures, label: task.test.labels[indices[0] ?? 0] ?? 0, words: model.words });
    tf.dispose(pictures);
    disposeParams(params);
    return shown;
  } finally {
    releaseRun(prepared);
  }
}

function writeSheet(path: string, { pixels, rows, columns }: Sheet): void {
  writeFileSync(path, encodePng(pixels, rows, columns, pixels.length === rows * columns ? 1 : 3));
}

/**
 * Trains the runs of a table's column again, at one seed and on the wasm back-end, and writes what each changes of its input
 * to `benchmarks/shows/<table>/`: `shows.json` and a sheet of pictures for each run that changes pictures. A run that isn't
 * its record's to the bit is left out and named. Controls are left out.
 *
 * @throws RequestError where the column's task has no pictures, or no run of it is recorded
 */
export async function writeShows(session: Session, root: string, out: string | undefined, report: (row: string) => void = () => undefined): Promise<readonly WrittenShows[]> {
  const backend = await useBackend('wasm');
  const context: CellContext = {
    assets: nodeAssetSource({ offline: true }),
    backend,
    clock: () => performance.now(),
    now: () => new Date().toISOString(),
    environment: environmentHere(root),
  };
  const written: WrittenShows[] = [];
  for (const part of session.parts) {
    const { records } = recordsOf(session.folders, recordsName(part.grid.table.id, part.grid.preset));
    written.push(await showPart(part, currentRecords(records), join(out ?? join(root, 'benchmarks'), 'shows', part.grid.table.id), context, report));
  }
  return written;
}

/** What became of the runs of a column. */
interface ColumnShown {
  readonly runs: ShownRun[];
  readonly left: { row: string; reason: string }[];
  readonly different: string[];
}

/** Shows run after run; the sheets of pictures go to `folder`. */
async function showRuns(found: readonly Found[], rerun: Rerun, folder: string, report: (row: string) => void): Promise<ColumnShown> {
  const runs: ShownRun[] = [];
  const left: { row: string; reason: string }[] = [];
  const different: string[] = [];
  for (const { cell: { row }, record } of found) {
    if (!record) {
      left.push({ row: row.key, reason: 'no record yet' });
      continue;
    }
    report(row.key);
    const shown = await shownAgain(record, rerun);
    if (typeof shown === 'string') {
      different.push(`${row.key}, record ${record.id}: ${shown}`);
      continue;
    }
    const { change, entering, ...rest } = shown;
    if (entering.length === 0) {
      left.push({ row: row.key, reason: 'it changes nothing of the input' });
      continue;
    }
    const file = `${record.id.slice(0, 12)}.png`;
    if (change) writeSheet(join(folder, file), change.sheet);
    runs.push({
      row: row.key,
      record: record.id,
      trainedDigest: record.result.trainedDigest,
      entering,
      ...(change ? { pictures: { file, mean: change.mean, largest: change.largest, beyond: change.beyond } } : {}),
      ...rest,
    });
  }
  return { runs, left, different };
}

async function showPart(
  { grid, choice }: GridPart,
  records: readonly RunRecord[],
  folder: string,
  context: CellContext,
  report: (row: string) => void,
): Promise<WrittenShows> {
  const { id } = grid.table;
  const column = choice.cells[0]?.column;
  const [seed] = choice.seeds;
  if (!column || seed === undefined) throw new RequestError(`table "${id}" has no cell here to show`);
  const cells = choice.cells.filter((cell) => cell.column === column && cell.row.control === undefined);
  const found = cells.map((cell): Found => ({ cell, record: recordOf(cell, seed, context.backend, records) }));
  const first = found.find(({ record }) => record !== undefined);
  if (!first?.record) throw new RequestError(`table "${id}" has no record of ${column.key} at seed ${seed} on ${context.backend.name}; run it first, or choose another column with --cell '*@COLUMN'`);
  const task = await loadTask(column.taskId, context.assets);
  const { test } = task;
  if (!('images' in test)) throw new RequestError(`${task.id} has no pictures, so nothing can be shown of ${column.key}`);
  const model = await openShownModel(column.modelId, context.assets);
  const indices = picturesOf(task, first.cell.spec.split, seed);
  const before = laid(task, indices, model, wholeCanvas(model.input), column.modelId);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file));
  writeSheet(join(folder, 'pictures.png'), picturesBefore(before));
  const [rows, columns] = shapeOf(before);
  before.dispose();

  const { runs, left, different } = await showRuns(found, { context, model, indices }, folder, report);
  const names = classWording(column.modelId, task.id)?.names ?? task.classes;
  const classes = indices.map((index) => names[test.labels[index] ?? 0] ?? '');
  const shows: Shows = {
    schema: 'shows/1',
    table: id,
    column: column.key,
    seed,
    modelDigest: model.digest,
    taskDigest: task.digest,
    splitDigest: first.record.drawn.splitDigest,
    className: classes[0] ?? '',
    pictures: { file: 'pictures.png', classes, rows, columns },
    wordsApart: model.words?.apart ?? null,
    runs,
  };
  model.dispose();
  writeFileSync(join(folder, 'shows.json'), `${JSON.stringify(shows, null, 2)}\n`);
  return { table: id, column: column.key, folder, written: runs.map(({ row }) => row), left, different };
}
