import type { OpenedAsset, TensorData } from '../assets/index.ts';
import { kindOf } from './example-set.ts';
import type { ExampleKind, ExampleSet } from './example-set.ts';
import type { PictureSet } from './picture-set.ts';
import type { Task } from './task.ts';
import { largestSize, wavesBackToBack } from './wave-set.ts';
import type { WaveSet } from './wave-set.ts';

/** What the catalogue says of a task whose examples lie in an asset. */
export interface StoredTaskRow {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly kind: ExampleKind;
  /** Of series: how many values each has. */
  readonly seriesLength?: number;
}

type Part = 'train' | 'test';

function fail({ id }: OpenedAsset, reason: string): never {
  throw new Error(`asset ${id}: ${reason}; fetch it again, or check how it is converted`);
}

/** An asset may bring its class names, one a line: they have to be the catalogue's. */
function checkClasses({ id, text }: OpenedAsset, classes: readonly string[]): void {
  const named = text.get('classes')?.trim().split('\n');
  if (named && named.join('\n') !== classes.join('\n')) {
    throw new Error(`asset ${id} names the classes ${named.join(', ')}; the catalogue of tasks has ${classes.join(', ')}`);
  }
}

const stored = (asset: OpenedAsset, name: string): TensorData =>
  asset.tensors.get(name) ?? fail(asset, `there is no tensor ${name}`);

function labelsOf(asset: OpenedAsset, part: Part, classes: number): Int32Array {
  const { values } = stored(asset, `${part}-labels`);
  const wrong = values.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (wrong >= 0) {
    return fail(asset, `${part}-labels: number ${wrong} is ${values[wrong]}, the classes are 0 to ${classes - 1}`);
  }
  return Int32Array.from(values);
}

function pictures(asset: OpenedAsset, part: Part, classes: number): PictureSet {
  const images = stored(asset, `${part}-images`);
  const given = stored(asset, `${part}-labels`).values.length;
  if (!(images.values instanceof Uint8Array)) return fail(asset, `${part}-images holds ${images.dtype}, not bytes`);
  const [count = 0, rows = 0, columns = 0, channels = 1] = images.shape;
  if (images.shape.length < 3 || images.shape.length > 4 || images.values.length !== count * rows * columns * channels) {
    return fail(asset, `${part}-images has the shape [${images.shape.join(', ')}], not pictures, rows, columns (, channels)`);
  }
  if (given !== count) return fail(asset, `${count} pictures but ${given} labels in part ${part}`);
  return { images: images.values, shape: [rows, columns, channels], labels: labelsOf(asset, part, classes), count };
}

/**
 * Waves `[count, length]`, or back to back `[values]` with `<part>-lengths`; with `sample-rate` they are clips of sound.
 * `peak` is of both pools: the training pool's.
 */
function waves(asset: OpenedAsset, part: Part, classes: number, peak: number): WaveSet {
  const { values, shape, dtype } = stored(asset, `${part}-waves`);
  if (!(values instanceof Float32Array)) return fail(asset, `${part}-waves holds ${dtype}, not float32`);
  const labels = labelsOf(asset, part, classes);
  const [rows = 0, columns = 0] = shape;
  const isTable = shape.length === 2 && values.length === rows * columns;
  if (!isTable && shape.length !== 1) return fail(asset, `${part}-waves has the shape [${shape.join(', ')}], not waves and values`);
  const lengths = isTable ? new Int32Array(rows).fill(columns) : Int32Array.from(stored(asset, `${part}-lengths`).values);
  if (labels.length !== lengths.length) return fail(asset, `${lengths.length} waves but ${labels.length} labels in part ${part}`);
  if (lengths.some((length) => length < 0) || lengths.reduce((sum, length) => sum + length, 0) !== values.length) {
    return fail(asset, `${part}-lengths do not add up to the ${values.length} values of ${part}-waves`);
  }
  const sampleRate = asset.tensors.get('sample-rate')?.values[0] ?? null;
  return wavesBackToBack(values, lengths, labels, { sampleRate, peak });
}

function pools(asset: OpenedAsset, classes: number): Readonly<Record<Part, ExampleSet>> {
  if (asset.tensors.has('train-images') || !asset.tensors.has('train-waves')) {
    return { train: pictures(asset, 'train', classes), test: pictures(asset, 'test', classes) };
  }
  const peak = largestSize(stored(asset, 'train-waves').values);
  return { train: waves(asset, 'train', classes, peak), test: waves(asset, 'test', classes, peak) };
}

/**
 * The task of an opened asset with tensors `train-labels`, `test-labels` and for each part pictures (`train-images`) or
 * waves (`train-waves`).
 */
export function storedTask({ id, title, classes, kind, seriesLength }: StoredTaskRow, asset: OpenedAsset): Task {
  checkClasses(asset, classes);
  const { train, test } = pools(asset, classes.length);
  if (kindOf(train) !== kind) fail(asset, `it holds ${kindOf(train)}, and the catalogue of tasks expects ${kind}`);
  if (seriesLength !== undefined && 'waves' in train && train.length !== seriesLength) {
    fail(asset, `its series have ${train.length ?? 'different numbers of'} values, and the catalogue of tasks expects ${seriesLength}`);
  }
  return { id, title, classes, train, test, digest: asset.digest, generated: false };
}
