import type { OpenedAsset } from '../assets/index.ts';
import type { Task } from './task.ts';
import type { TextSet, Wording } from './text-set.ts';

/** What the catalogue says of a task of labelled sentences that lie in an asset. */
export interface TextTaskRow {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly wordings: readonly Wording[];
}

function fail({ id }: OpenedAsset, reason: string): never {
  throw new Error(`asset ${id}: ${reason}; fetch it again, or check how it is converted`);
}

function textSet(asset: OpenedAsset, part: 'train' | 'test', classes: readonly string[]): TextSet {
  const text = asset.text.get(`${part}-sentences`) ?? fail(asset, `there is no text ${part}-sentences`);
  const given = asset.tensors.get(`${part}-labels`) ?? fail(asset, `there is no tensor ${part}-labels`);
  const sentences = text.split('\n').slice(0, -1);
  const labels = Int32Array.from(given.values);
  if (labels.length !== sentences.length) fail(asset, `${sentences.length} sentences but ${labels.length} labels in part ${part}`);
  const wrong = labels.findIndex((label) => classes[label] === undefined);
  if (wrong >= 0) fail(asset, `${part}-labels: number ${wrong} is ${labels[wrong]}, the classes are 0 to ${classes.length - 1}`);
  return {
    count: sentences.length,
    labels,
    questions: (index) => {
      const question = sentences[index];
      const answer = classes[labels[index] ?? -1];
      if (question === undefined || answer === undefined) throw new RangeError(`no sentence ${index} in a set of ${sentences.length}`);
      return { question, answer };
    },
  };
}

/**
 * The task of an opened asset with the texts `train-sentences` and `test-sentences`, one sentence a line, and the tensors
 * `train-labels` and `test-labels`: the sentence is the question, the name of its class the answer.
 */
export function textTask({ id, title, classes, wordings }: TextTaskRow, asset: OpenedAsset): Task {
  const named = asset.text.get('classes')?.trim().split('\n');
  if (named && named.join('\n') !== classes.join('\n')) {
    throw new Error(`asset ${asset.id} names the classes ${named.join(', ')}; the catalogue of tasks has ${classes.join(', ')}`);
  }
  return {
    id,
    title,
    classes,
    wordings,
    train: textSet(asset, 'train', classes),
    test: textSet(asset, 'test', classes),
    digest: asset.digest,
    generated: false,
  };
}
