import type { AssetSource, OpenedAsset, TensorData } from '../../src/assets/index.ts';
import type { ExampleSet, PictureSet, Task, TextSet, WaveSet } from '../../src/tasks/index.ts';

/** A source without any asset. */
export const noAssets: AssetSource = {
  open: (id) => Promise.reject(new Error(`no asset ${id} here`)),
};

/** A source with one asset. */
export const oneAsset = (asset: OpenedAsset): AssetSource => ({
  open: (id) => (id === asset.id ? Promise.resolve(asset) : noAssets.open(id)),
});

export const bytes = (shape: readonly number[], value: (i: number) => number): TensorData => ({
  dtype: 'uint8',
  shape,
  values: Uint8Array.from({ length: shape.reduce((product, n) => product * n, 1) }, (_, i) => value(i)),
});

/** A set of grey 2 × 2 pictures with the given labels; picture i is filled with i. */
export function smallSet(labels: readonly number[]): PictureSet {
  const images = Uint8Array.from({ length: 4 * labels.length }, (_, i) => Math.floor(i / 4) % 256);
  return { images, shape: [2, 2, 1], labels: Int32Array.from(labels), count: labels.length };
}

/** A task of two small sets. */
export function smallTask(train: readonly number[], test: readonly number[], classes: number): Task {
  return {
    id: 'small',
    title: 'Small',
    classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
    train: smallSet(train),
    test: smallSet(test),
    digest: '',
    generated: false,
  };
}

/** The set, which has to hold pictures. */
export function picturesOf(set: ExampleSet): PictureSet {
  if ('images' in set) return set;
  throw new Error('pictures expected, waves or texts found');
}

/** The set, which has to hold waves. */
export function wavesOf(set: ExampleSet): WaveSet {
  if ('waves' in set) return set;
  throw new Error('waves expected, pictures or texts found');
}

/** The set, which has to hold texts. */
export function textsOf(set: ExampleSet): TextSet {
  if ('questions' in set) return set;
  throw new Error('texts expected, pictures or waves found');
}
