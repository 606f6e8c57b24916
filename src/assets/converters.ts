import { FormatError } from './bytes.ts';
import { gunzip } from './inflate.ts';
import { readIdx } from './read-idx.ts';
import { readNpy } from './read-npy.ts';
import { readTfjsLayers } from './read-tfjs-layers.ts';
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

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
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
