import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Generator } from '../random/index.ts';
import { examplesCalled, kindOf } from './example-set.ts';
import type { ExampleSet } from './example-set.ts';
import type { Task } from './task.ts';

/** How many examples each part of a split gets: `train` and `validation` from the training pool, `test` from the test pool. */
export interface SplitSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Indices into the pools of a task, ascending. */
export interface Split {
  /** Into the training pool. */
  readonly train: Int32Array;
  /** Into the training pool; none of them is in `train`. */
  readonly validation: Int32Array;
  /** Into the test pool. */
  readonly test: Int32Array;
  /** SHA-256 (hex) of the three lists. */
  readonly digest: string;
}

/** The rule that `drawSplit` follows, for records. */
export const splitRule = 'train: equal numbers of each class; validation: held out of the same draw; test: at random';

/** Questions with open answers are all of one class. */
const classCount = ({ classes }: Task): number => Math.max(1, classes.length);

/** The indices of each class, ascending. */
export function indicesByClass({ labels }: Pick<ExampleSet, 'labels'>, classes: number): number[][] {
  const lists = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, index) => lists[label]?.push(index));
  return lists;
}

/**
 * How many to take of each class: equal numbers as far as the classes have them; what is left over goes to different
 * classes at random.
 */
function quotas(available: readonly number[], total: number, generator: Generator): number[] {
  const taken = available.map(() => 0);
  let left = total;
  while (left > 0) {
    const open = available.flatMap((size, k) => (size > (taken[k] ?? 0) ? [k] : []));
    const share = Math.floor(left / open.length);
    if (share === 0) {
      for (const i of generator.choose(open.length, left)) {
        const k = open[i] ?? 0;
        taken[k] = (taken[k] ?? 0) + 1;
      }
      return taken;
    }
    for (const k of open) {
      const more = Math.min(share, (available[k] ?? 0) - (taken[k] ?? 0));
      taken[k] = (taken[k] ?? 0) + more;
      left -= more;
    }
  }
  return taken;
}

/** `total` members of `lists` with the quotas above, each class in a random order of its own. */
function drawBalanced(lists: readonly (readonly number[])[], total: number, generator: Generator): number[][] {
  const sizes = lists.map((list) => list.length);
  const numbers = quotas(sizes, total, generator.split('quotas'));
  return lists.map((list, k) => {
    const order = generator.split('class').split(k).permutation(list.length);
    return [...order.subarray(0, numbers[k] ?? 0)].map((i) => list[i] ?? 0);
  });
}

const ascending = (lists: readonly (readonly number[])[]): Int32Array => Int32Array.from(lists.flat()).sort();

function requireSize(set: ExampleSet, name: string, asked: number, available: number, where: string): void {
  if (Number.isInteger(asked) && asked >= 0 && asked <= available) return;
  throw new RangeError(`a split asks for ${asked} ${name} ${examplesCalled[kindOf(set)]}; ${where} has ${available}`);
}

/**
 * A seeded split of a task.
 *
 * - `train + validation` examples are drawn from the training pool without repeats, equally many of each class as far
 *   as the pool has them (a class that it shows none of gets none); a remainder goes to classes at random. Of this draw `validation` examples are held out,
 *   again equally many of each class. For one seed a draw of fewer whole rounds is part of a larger one.
 * - `test` examples are a plain draw without repeats from the test pool, from a stream of its own: a seed changes
 *   them, the size of the training draw doesn't.
 *
 * RangeError when a pool is too small.
 */
export function drawSplit(task: Task, sizes: SplitSizes, generator: Generator): Split {
  const total = sizes.train + sizes.validation;
  requireSize(task.train, 'training', sizes.train, task.train.count, `the training pool of ${task.id}`);
  requireSize(task.train, 'validation', sizes.validation, task.train.count, `the training pool of ${task.id}`);
  requireSize(task.train, 'training and validation', total, task.train.count, `the training pool of ${task.id}`);
  requireSize(task.test, 'test', sizes.test, task.test.count, `the test pool of ${task.id}`);
  const drawn = drawBalanced(indicesByClass(task.train, classCount(task)), total, generator.split('train'));
  const heldOut = drawBalanced(drawn, sizes.validation, generator.split('validation'));
  const isHeldOut = new Set(heldOut.flat());
  const train = ascending(drawn.map((list) => list.filter((index) => !isHeldOut.has(index))));
  const validation = ascending(heldOut);
  const test = generator.split('test').choose(task.test.count, sizes.test).sort();
  const lists = [train, validation, test].map((list) => list.join(' ')).join('\n');
  return { train, validation, test, digest: bytesToHex(sha256(utf8ToBytes(lists))) };
}

/**
 * `shots` training examples of each class that has any by its task, as ascending indices into the training pool. For one
 * seed fewer shots are part of more. RangeError when a class has too few.
 */
export function drawShots(task: Task, shots: number, generator: Generator): Int32Array {
  const lists = indicesByClass(task.train, task.trainedClasses ?? classCount(task));
  lists.forEach((list, k) => {
    requireSize(task.train, 'training', shots, list.length, `class '${task.classes[k] ?? k}' of ${task.id}`);
  });
  return ascending(drawBalanced(lists, shots * lists.length, generator.split('train')));
}
