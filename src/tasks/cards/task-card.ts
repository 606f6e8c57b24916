import { indicesByClass } from '../draw-split.ts';
import { examplesCalled, kindOf } from '../example-set.ts';
import type { TaskRow } from '../catalogue.ts';
import { pictureAt } from '../picture-set.ts';
import type { PictureSet } from '../picture-set.ts';
import type { Task } from '../task.ts';
import type { TextSet, Wording } from '../text-set.ts';
import { largestSize, peakOf } from '../wave-set.ts';
import type { WaveSet } from '../wave-set.ts';
import { promptText } from '../compose-prompt.ts';
import { contactSheet } from './contact-sheet.ts';
import type { Sheet } from './contact-sheet.ts';
import { wavePath } from './wave-path.ts';

/** What a page shows of a task: `benchmarks/cards/tasks/<id>.json`, a sheet of pictures beside it. */
export type TaskCard = PictureTaskCard | WaveTaskCard | TextTaskCard;

interface CommonCard {
  readonly schema: 'task-card/1';
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** The first so many classes have training examples; absent: all. */
  readonly trainedClasses?: number;
  readonly generated: boolean;
  readonly licence: string;
  /** Key in the bibliography; null for the project's own. */
  readonly citation: string | null;
  /** Examples in the pools that splits are drawn from. */
  readonly counts: { readonly train: number; readonly test: number };
  readonly digest: string;
}

export interface PictureTaskCard extends CommonCard {
  /** Rows, columns and channels of a picture. */
  readonly shape: readonly [number, number, number];
  /**
   * Training pictures, `across` in a row, class by class in the order of the classes that have any and then again from the
   * first; null where no licence permits showing them.
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

export interface WaveTaskCard extends CommonCard {
  /** Values a second, null for series without a rate; how many values the shortest and the longest wave have. */
  readonly wave: { readonly sampleRate: number | null; readonly shortest: number; readonly longest: number };
  /**
   * The first training wave of each class, in the order of the classes, as SVG paths in a frame of `width` × `height`; null
   * where they may not be shown.
   */
  readonly drawings: {
    readonly width: number;
    readonly height: number;
    readonly credit: string;
    readonly waves: readonly { readonly values: number; readonly path: string }[];
  } | null;
}

/** A question as a language model reads it, and what it is to answer. */
export interface SampleText {
  readonly asked: string;
  readonly answer: string;
}

export interface TextTaskCard extends CommonCard {
  readonly texts: {
    /** How questions are asked, the plainest way first. */
    readonly wordings: readonly Wording[];
    /** The first training questions, as the first wording asks them; with their steps where the task has any. */
    readonly samples: readonly (SampleText & { readonly inSteps?: SampleText })[];
    /** The words that have to stand beside samples; `null`, without samples, where they may not be shown. */
    readonly credit: string | null;
  };
}

/** A card, and the sheet of sample pictures where a task has pictures that may be shown. */
export interface MadeCard<Card extends TaskCard = TaskCard> {
  readonly card: Card;
  readonly sheet: Sheet | null;
}

const fewestShown = 40;
const frame = { width: 160, height: 48 };

/** Pictures in a row: a whole share or multiple of the classes, between 8 and 16 where that is possible. */
function acrossFor(classes: number): number {
  if (classes > 16) return Math.ceil(classes / Math.ceil(classes / 16));
  return classes * Math.ceil(8 / classes);
}

function pictureCard(row: TaskRow, task: Task, train: PictureSet): MadeCard<PictureTaskCard> {
  const lists = indicesByClass(train, task.trainedClasses ?? task.classes.length);
  const across = acrossFor(lists.length);
  const wanted = Math.ceil(fewestShown / across) * across;
  const rounds = Math.ceil(wanted / lists.length);
  const shown = Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1)))
    .flat()
    .slice(0, wanted);
  const pictures = shown.map((index) => pictureAt(train, index));
  const sheet = row.samples === undefined ? null : contactSheet(pictures, train.shape, across);
  const card: PictureTaskCard = {
    schema: 'task-card/1',
    id: task.id,
    title: task.title,
    classes: task.classes,
    ...(task.trainedClasses === undefined ? {} : { trainedClasses: task.trainedClasses }),
    generated: task.generated,
    licence: row.licence,
    citation: row.citation ?? null,
    shape: train.shape,
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

function waveCard(row: TaskRow, task: Task, pools: readonly [train: WaveSet, test: WaveSet]): MadeCard<WaveTaskCard> {
  const [train] = pools;
  const lengths = pools.flatMap(({ waves, count }) => Array.from({ length: count }, (_, i) => waves(i).length));
  const firsts = indicesByClass(train, task.classes.length).map(([first]) => (first === undefined ? new Float32Array() : train.waves(first)));
  // A clip is heard scaled to its own peak, a series to that of its task.
  const peak = train.sampleRate === null ? peakOf(train) : null;
  const card: WaveTaskCard = {
    schema: 'task-card/1',
    id: task.id,
    title: task.title,
    classes: task.classes,
    generated: task.generated,
    licence: row.licence,
    citation: row.citation ?? null,
    wave: {
      sampleRate: train.sampleRate,
      shortest: lengths.reduce((least, length) => Math.min(least, length), Infinity),
      longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    },
    counts: { train: task.train.count, test: task.test.count },
    digest: task.digest,
    drawings:
      row.samples === undefined
        ? null
        : {
            ...frame,
            credit: row.samples,
            waves: firsts.map((wave) => ({ values: wave.length, path: wavePath(wave, peak ?? largestSize(wave), frame) })),
          },
  };
  return { card, sheet: null };
}

const shownTexts = 4;

function sampleText(wording: Wording, set: TextSet, index: number): SampleText & { readonly inSteps?: SampleText } {
  const question = set.questions(index);
  const demonstrations = set.demonstrations?.(index) ?? [];
  const instruction = wording.instruction !== null;
  const sample = (steps: boolean): SampleText => ({
    asked: promptText(wording, question.question, { instruction, steps, demonstrations }),
    answer: `${steps ? `${question.steps ?? ''}${wording.therefore ?? ''}` : ''}${question.answer}`,
  });
  const hasSteps = wording.askSteps !== undefined && question.steps !== undefined;
  return { ...sample(false), ...(hasSteps ? { inSteps: sample(true) } : {}) };
}

function textCard(row: TaskRow, task: Task, train: TextSet): MadeCard<TextTaskCard> {
  const [wording] = task.wordings ?? [];
  if (!wording) throw new Error(`${task.id} has texts and says in no way how they are asked`);
  const card: TextTaskCard = {
    schema: 'task-card/1',
    id: task.id,
    title: task.title,
    classes: task.classes,
    generated: task.generated,
    licence: row.licence,
    citation: row.citation ?? null,
    texts: {
      wordings: task.wordings ?? [],
      samples:
        row.samples === undefined
          ? []
          : Array.from({ length: Math.min(shownTexts, train.count) }, (_, index) => sampleText(wording, train, index)),
      credit: row.samples ?? null,
    },
    counts: { train: task.train.count, test: task.test.count },
    digest: task.digest,
  };
  return { card, sheet: null };
}

/** The card of a task, with the sheet of sample pictures where it has any that may be shown. */
export function makeTaskCard(row: TaskRow, task: Task): MadeCard {
  const { train, test } = task;
  if ('images' in train) return pictureCard(row, task, train);
  if ('questions' in train) return textCard(row, task, train);
  if (!('waves' in test)) throw new Error(`${task.id} has waves to train on and ${examplesCalled[kindOf(test)]} to test on`);
  return waveCard(row, task, [train, test]);
}
