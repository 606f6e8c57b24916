import { doodlenetEmnistLetters } from './doodlenet-emnist-letters.ts';
import { doodlenetFashionMnist } from './doodlenet-fashion-mnist.ts';
import { doodlenetMnist } from './doodlenet-mnist.ts';
import type { Verbalizer } from './verbalizer.ts';
import { worldVitWorldOutlines } from './world-vit-world-outlines.ts';

export { resolveVerbalizer } from './verbalizer.ts';
export type { Verbalizer } from './verbalizer.ts';

/** All preset assignments. */
export const verbalizers: readonly Verbalizer[] = [
  doodlenetMnist,
  doodlenetFashionMnist,
  doodlenetEmnistLetters,
  worldVitWorldOutlines,
];

/** The preset assignment for a model and a task; `undefined` where nobody has written one. */
export function findVerbalizer(model: string, task: string): Verbalizer | undefined {
  return verbalizers.find((verbalizer) => verbalizer.model === model && verbalizer.task === task);
}
