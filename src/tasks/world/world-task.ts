import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { generatedPictures, pictureAt } from '../picture-set.ts';
import type { PictureSet } from '../picture-set.ts';
import type { Task } from '../task.ts';
import { pictureShape, worldLabel, worldPicture, worldVersion } from './pool.ts';
import type { Part } from './pool.ts';
import type { WorldTask } from './tasks.ts';

const digested = 64;

function pool(task: WorldTask, part: Part): PictureSet {
  const labels = Int32Array.from({ length: task.pool[part] }, (_, index) => worldLabel(task, part, index));
  return generatedPictures(pictureShape, labels, (index) => worldPicture(task, part, index));
}

/** A task of the generated world; pictures are drawn when they are asked for. */
export function worldTask(row: WorldTask): Task {
  const { id, title, classes, trainedClasses } = row;
  const train = pool(row, 'train');
  const test = pool(row, 'test');
  const hash = sha256.create();
  hash.update(utf8ToBytes(`${worldVersion}:${id}:${classes.join(',')}:${train.count}:${test.count}\n`));
  for (const set of [train, test]) {
    for (let i = 0; i < Math.min(digested, set.count); i++) hash.update(pictureAt(set, i));
  }
  return {
    id,
    title,
    classes,
    ...(trainedClasses === undefined ? {} : { trainedClasses }),
    train,
    test,
    digest: bytesToHex(hash.digest()),
    generated: true,
  };
}
