import { indicesByClass } from '../draw-split.ts';
import type { TaskRow } from '../catalogue.ts';
import { pictureAt } from '../picture-set.ts';
import type { Task } from '../task.ts';
import { contactSheet } from './contact-sheet.ts';
import type { Sheet } from './contact-sheet.ts';

/** What a page shows of a task: `benchmarks/cards/tasks/<id>.json`, its pictures beside it. */
export interface TaskCard {
  readonly schema: 'task-card/1';
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly generated: boolean;
  readonly licence: string;
  /** Key in the bibliography; null for the project's own. */
  readonly citation: string | null;
  /** Rows, columns and channels of a picture. */
  readonly shape: readonly [number, number, number];
  /** Pictures in the pools that splits are drawn from. */
  readonly counts: { readonly train: number; readonly test: number };
  readonly digest: string;
  /**
   * Training pictures, `across` in a row, class by class in the order of the classes and then again from the first;
   * null where no licence permits showing them.
   */
  readonly samples: {
    readonly file: string;
    readonly across: number;
    readonly shown: number;
    readonly width: number;
    readonly height: number;
    readonly credit: string;
  } | null;
}

const fewestShown = 40;

/** Pictures in a row: a whole share or multiple of the classes, between 8 and 16 where that is possible. */
function acrossFor(classes: number): number {
  if (classes > 16) return Math.ceil(classes / Math.ceil(classes / 16));
  return classes * Math.ceil(8 / classes);
}

/** The card of a task, and the sheet of sample pictures where they may be shown. */
export function makeTaskCard(row: TaskRow, task: Task): { card: TaskCard; sheet: Sheet | null } {
  const across = acrossFor(task.classes.length);
  const wanted = Math.ceil(fewestShown / across) * across;
  const lists = indicesByClass(task.train, task.classes.length);
  const rounds = Math.ceil(wanted / lists.length);
  const shown = Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1)))
    .flat()
    .slice(0, wanted);
  const pictures = shown.map((index) => pictureAt(task.train, index));
  const sheet = row.samples === undefined ? null : contactSheet(pictures, task.train.shape, across);
  const card: TaskCard = {
    schema: 'task-card/1',
    id: task.id,
    title: task.title,
    classes: task.classes,
    generated: task.generated,
    licence: row.licence,
    citation: row.citation ?? null,
    shape: task.train.shape,
    counts: { train: task.train.count, test: task.test.count },
    digest: task.digest,
    samples:
      sheet && row.samples !== undefined
        ? {
            file: `${task.id}.png`,
            across,
            shown: shown.length,
            width: sheet.columns,
            height: sheet.rows,
            credit: row.samples,
          }
        : null,
  };
  return { card, sheet };
}
