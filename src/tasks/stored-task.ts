import type { OpenedAsset } from '../assets/index.ts';
import type { PictureSet } from './picture-set.ts';
import type { Task } from './task.ts';

/** What the catalogue says of a task whose pictures lie in an asset. */
export interface StoredTaskRow {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
}

/** An asset may bring its class names, one a line: they have to be the catalogue's. */
function checkClasses({ id, text }: OpenedAsset, classes: readonly string[]): void {
  const named = text.get('classes')?.trim().split('\n');
  if (named && named.join('\n') !== classes.join('\n')) {
    throw new Error(`asset ${id} names the classes ${named.join(', ')}; the catalogue of tasks has ${classes.join(', ')}`);
  }
}

function pictures(asset: OpenedAsset, part: 'train' | 'test', classes: number): PictureSet {
  const fail = (reason: string): never => {
    throw new Error(`asset ${asset.id}: ${reason}; fetch it again, or check how it is converted`);
  };
  const stored = (name: string) => asset.tensors.get(name) ?? fail(`there is no tensor ${name}`);
  const images = stored(`${part}-images`);
  const labels = stored(`${part}-labels`);
  if (!(images.values instanceof Uint8Array)) return fail(`${part}-images holds ${images.dtype}, not bytes`);
  const [count = 0, rows = 0, columns = 0, channels = 1] = images.shape;
  if (images.shape.length < 3 || images.shape.length > 4 || images.values.length !== count * rows * columns * channels) {
    return fail(`${part}-images has the shape [${images.shape.join(', ')}], not pictures, rows, columns (, channels)`);
  }
  if (labels.values.length !== count) return fail(`${count} pictures but ${labels.values.length} labels in part ${part}`);
  const wrong = labels.values.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (wrong >= 0) {
    return fail(`${part}-labels: number ${wrong} is ${labels.values[wrong]}, the classes are 0 to ${classes - 1}`);
  }
  return { images: images.values, shape: [rows, columns, channels], labels: Int32Array.from(labels.values), count };
}

/** The task of an opened asset with tensors `train-images`, `train-labels`, `test-images` and `test-labels`. */
export function storedTask({ id, title, classes }: StoredTaskRow, asset: OpenedAsset): Task {
  checkClasses(asset, classes);
  return {
    id,
    title,
    classes,
    train: pictures(asset, 'train', classes.length),
    test: pictures(asset, 'test', classes.length),
    digest: asset.digest,
    generated: false,
  };
}
