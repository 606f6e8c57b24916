import { FormatError } from './bytes.ts';
import { gunzip } from './inflate.ts';
import { readCsv } from './read-csv.ts';
import { readIdx } from './read-idx.ts';
import { readNpy } from './read-npy.ts';
import { readNpz } from './read-npz.ts';
import { readTfjsLayers } from './read-tfjs-layers.ts';
import { readTflite } from './read-tflite.ts';
import { readTorch } from './read-torch.ts';
import type { TensorData } from './tensor-data.ts';

/** What files decode to. */
export interface Content {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly text: ReadonlyMap<string, string>;
}

/** Verified files by name → content. */
export type Converter = (files: ReadonlyMap<string, Uint8Array>) => Promise<Content>;

const noText: ReadonlyMap<string, string> = new Map();

/** Throws when it is missing. */
export function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new FormatError(name, 0, 'the file is missing');
  return bytes;
}

/** The names that a labelled set of pictures has: uint8 pictures, uint8 labels, for training and for testing. */
export interface PictureFiles {
  readonly 'train-images': string;
  readonly 'train-labels': string;
  readonly 'test-images': string;
  readonly 'test-labels': string;
}

function checkPictures(
  tensors: ReadonlyMap<string, TensorData>,
  classes: readonly string[],
  files: PictureFiles,
): void {
  for (const part of ['train', 'test'] as const) {
    const images = tensors.get(`${part}-images`);
    const labels = tensors.get(`${part}-labels`);
    const labelFile = files[`${part}-labels`];
    if (images?.dtype !== 'uint8' || images.shape.length < 3) {
      throw new FormatError(files[`${part}-images`], 0, 'pictures of unsigned bytes expected');
    }
    if (labels?.dtype !== 'uint8' || labels.shape.length !== 1) {
      throw new FormatError(labelFile, 0, 'a list of labels expected');
    }
    if (labels.shape[0] !== images.shape[0]) {
      throw new FormatError(labelFile, 0, `${labels.shape[0]} labels for ${images.shape[0]} pictures`);
    }
    const wrong = labels.values.findIndex((label) => label >= classes.length);
    if (wrong >= 0) {
      throw new FormatError(
        labelFile,
        0,
        `label ${wrong} is ${labels.values[wrong]}; there are ${classes.length} classes`,
      );
    }
  }
}

function picturesBy(read: (bytes: Uint8Array, file: string) => Promise<TensorData>): (
  files: PictureFiles,
  classes: readonly string[],
) => Converter {
  return (names, classes) => async (files) => {
    const tensors = new Map<string, TensorData>();
    for (const [tensor, file] of Object.entries(names)) tensors.set(tensor, await read(fileOf(files, file), file));
    checkPictures(tensors, classes, names);
    return { tensors, text: new Map([['classes', `${classes.join('\n')}\n`]]) };
  };
}

/** Four gzipped idx files → pictures `[n, rows, columns]` and labels. */
export const picturesFromIdx = picturesBy(async (bytes, file) => readIdx(await gunzip(bytes, file), file));

/** Four NumPy arrays → pictures `[n, rows, columns, channels]` and labels. */
export const picturesFromNpy = picturesBy(async (bytes, file) => readNpy(bytes, file, { bytes: 'uint8' }));

interface Clip {
  readonly digit: number;
  readonly speaker: string;
  /** Full scale −1…1. */
  readonly wave: Float32Array;
}

/**
 * Clips → for each pool `<pool>-waves` (float32, full scale −1…1, back to back), `<pool>-lengths`, `<pool>-labels` and
 * `<pool>-speakers`, `sample-rate`, and the names of classes and speakers. No speaker is in both pools; within a pool the
 * order stays.
 */
function clipPools(
  clips: readonly Clip[],
  { sampleRate, heldOutSpeakers }: Pick<ClipFiles, 'sampleRate' | 'heldOutSpeakers'>,
  classes: readonly string[],
  file: string,
): Content {
  const wrong = clips.find(({ digit }) => digit >= classes.length);
  if (wrong) throw new FormatError(file, 0, `digit ${wrong.digit}; there are ${classes.length} classes`);
  const speakers = [...new Set(clips.map(({ speaker }) => speaker))].sort();
  const heldOut = new Set(speakers.slice(-heldOutSpeakers));
  if (heldOut.size === speakers.length) throw new FormatError(file, 0, `${speakers.length} speakers, and ${heldOutSpeakers} to hold out`);
  const tensors = new Map<string, TensorData>([
    ['sample-rate', { dtype: 'int32', shape: [1], values: Int32Array.of(sampleRate) }],
  ]);
  for (const part of ['train', 'test'] as const) {
    const own = clips.filter(({ speaker }) => heldOut.has(speaker) === (part === 'test'));
    const waves = new Float32Array(own.reduce((sum, { wave }) => sum + wave.length, 0));
    let at = 0;
    for (const { wave } of own) {
      waves.set(wave, at);
      at += wave.length;
    }
    const shape = [own.length];
    tensors.set(`${part}-waves`, { dtype: 'float32', shape: [waves.length], values: waves });
    tensors.set(`${part}-lengths`, { dtype: 'int32', shape, values: Int32Array.from(own, ({ wave }) => wave.length) });
    tensors.set(`${part}-labels`, { dtype: 'uint8', shape, values: Uint8Array.from(own, ({ digit }) => digit) });
    tensors.set(`${part}-speakers`, { dtype: 'uint8', shape, values: Uint8Array.from(own, ({ speaker }) => speakers.indexOf(speaker)) });
  }
  return { tensors, text: new Map([['classes', `${classes.join('\n')}\n`], ['speakers', `${speakers.join('\n')}\n`]]) };
}

/** Clips that lie back to back in one array, and the list that says where each is and who speaks. */
export interface ClipFiles {
  /** int16, `[values]`. */
  readonly samples: string;
  /** Columns `digit`, `speaker`, `offset`, `length` (the latter two in values). */
  readonly index: string;
  readonly sampleRate: number;
  /** So many speakers, the last of the alphabet, are heard in the test pool alone. */
  readonly heldOutSpeakers: number;
}

/** A NumPy array of clips and its list → pools by speaker, in the order of the list. */
export function clipsFromNpy({ samples, index, ...pools }: ClipFiles, classes: readonly string[]): Converter {
  return async (files) => {
    const { values, shape } = readNpy(fileOf(files, samples), samples);
    if (shape.length !== 1 || values.some((value) => value < -32768 || value > 32767)) {
      throw new FormatError(samples, 0, 'one list of 16-bit values expected');
    }
    const fail = (reason: string): never => {
      throw new FormatError(index, 0, reason);
    };
    const { header, rows } = readCsv(fileOf(files, index), index);
    const column = (name: string): number => {
      const at = header.indexOf(name);
      return at >= 0 ? at : fail(`there is no column ${name}`);
    };
    const at = { digit: column('digit'), speaker: column('speaker'), offset: column('offset'), length: column('length') };
    const clips = rows.map((row, i): Clip => {
      const whole = (place: number): number => {
        const text = row[place] ?? '';
        return /^[0-9]{1,9}$/.test(text) ? Number(text) : fail(`row ${i + 1}: '${text}' is no whole number`);
      };
      const [digit, offset, length] = [whole(at.digit), whole(at.offset), whole(at.length)];
      if (length === 0 || offset + length > values.length) fail(`row ${i + 1}: ${length} values from ${offset} on, of ${values.length}`);
      const wave = Float32Array.from({ length }, (_, n) => (values[offset + n] ?? 0) / 32768);
      return { digit, speaker: row[at.speaker] ?? '', wave };
    });
    return clipPools(clips, pools, classes, index);
  };
}

/** Labels as an archive has them, in the order of `classes`. */
export interface SeriesClasses {
  readonly labels: readonly number[];
  readonly classes: readonly string[];
}

type Pool = 'train' | 'test';

/** Series `[n, length]` with the archive's labels → `<pool>-waves` and `<pool>-labels`. */
function seriesPools(
  pools: Readonly<Record<Pool, { readonly series: TensorData; readonly given: ArrayLike<number>; readonly file: string }>>,
  { labels, classes }: SeriesClasses,
): Content {
  const tensors = new Map<string, TensorData>();
  for (const part of ['train', 'test'] as const) {
    const { series, given, file } = pools[part];
    if (series.dtype !== 'float32' || series.shape.length !== 2) throw new FormatError(file, 0, `${part}: series of real numbers expected`);
    if (given.length !== series.shape[0]) throw new FormatError(file, 0, `${part}: ${given.length} labels for ${series.shape[0]} series`);
    const own = Uint8Array.from(given, (label, i) => {
      const place = labels.indexOf(label);
      if (place >= 0) return place;
      throw new FormatError(file, 0, `${part}: label ${i} is ${label}; the labels are ${labels.join(', ')}`);
    });
    tensors.set(`${part}-waves`, series);
    tensors.set(`${part}-labels`, { dtype: 'uint8', shape: [own.length], values: own });
  }
  return { tensors, text: new Map([['classes', `${classes.join('\n')}\n`]]) };
}

/** A NumPy archive with `train_x`, `train_y`, `test_x`, `test_y` → pools of series. */
export function seriesFromNpz(file: string, classes: SeriesClasses): Converter {
  return async (files) => {
    const arrays = await readNpz(fileOf(files, file), file);
    const array = (name: string): TensorData => {
      const found = arrays.get(name);
      if (found) return found;
      throw new FormatError(file, 0, `${name} is missing`);
    };
    const pool = (part: Pool) => ({ series: array(`${part}_x`), given: array(`${part}_y`).values, file });
    return seriesPools({ train: pool('train'), test: pool('test') }, classes);
  };
}

/** Numbers with spaces between, a series a line, its label first. */
function seriesIn(bytes: Uint8Array, file: string): { series: TensorData; given: number[]; file: string } {
  const lines = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim().split(/\r?\n/);
  const rows = lines.map((line, i) =>
    line.trim().split(/\s+/).map((word) => {
      if (/^[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]{1,3})?$/.test(word)) return Number(word);
      throw new FormatError(file, 0, `line ${i + 1}: '${word.slice(0, 40)}' is no number`);
    }),
  );
  const length = (rows[0]?.length ?? 1) - 1;
  const odd = rows.findIndex((row) => row.length !== length + 1);
  if (odd >= 0 || length < 1) throw new FormatError(file, 0, `line ${odd + 1}: a label and ${length} values expected`);
  const series: TensorData = { dtype: 'float32', shape: [rows.length, length], values: Float32Array.from(rows.flatMap((row) => row.slice(1))) };
  return { series, given: rows.map(([label]) => label ?? NaN), file };
}

/** Two texts, as the UCR archive has them → pools of series. */
export function seriesFromTexts(files: Readonly<Record<Pool, string>>, classes: SeriesClasses): Converter {
  return async (bytes) => {
    const pool = (part: Pool) => seriesIn(fileOf(bytes, files[part]), files[part]);
    return seriesPools({ train: pool('train'), test: pool('test') }, classes);
  };
}

/** A TensorFlow.js layers model with its weight files and a list of class names, one a line. Names and layouts stay. */
export function modelFromTfjs(model: string, shards: readonly string[], classNames: string): Converter {
  return async (files) => {
    const parts = new Map(shards.map((shard) => [shard, fileOf(files, shard)]));
    const tensors = readTfjsLayers(fileOf(files, model), parts, model);
    const names = new TextDecoder('utf-8', { fatal: true }).decode(fileOf(files, classNames)).trim().split(/\r?\n/);
    if (new Set(names).size !== names.length || names.includes('')) {
      throw new FormatError(classNames, 0, 'class names must be distinct and not empty');
    }
    return { tensors, text: new Map([['classes', `${names.join('\n')}\n`]]) };
  };
}

/** A training checkpoint of torch: the tensors below `prefix`, without it. Names and layouts stay. */
export function modelFromTorch(file: string, prefix: string): Converter {
  return async (files) => {
    const all = await readTorch(fileOf(files, file), file);
    const tensors = new Map(
      [...all].flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [])),
    );
    if (tensors.size === 0) throw new FormatError(file, 0, `no tensor's name starts with ${JSON.stringify(prefix)}`);
    return { tensors, text: noText };
  };
}

/** The constants of a TensorFlow Lite model. Names and layouts stay. */
export function modelFromTflite(file: string): Converter {
  return async (files) => ({ tensors: readTflite(fileOf(files, file), file), text: noText });
}
