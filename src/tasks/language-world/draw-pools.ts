import { createGenerator } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import type { Item, Part } from './language-task.ts';
import { languageVersion } from './version.ts';

/** How many questions each pool has. */
export type PoolSizes = Readonly<Record<Part, number>>;

/**
 * Both pools of a task: questions drawn one after another, those that were drawn before left out, so that no question stands
 * twice. There must be as many different ones.
 */
export function drawPools(id: string, sizes: PoolSizes, draw: (generator: Generator) => Item): Readonly<Record<Part, readonly Item[]>> {
  const generator = createGenerator(languageVersion).split('questions').split(id);
  const items = new Map<string, Item>();
  while (items.size < sizes.train + sizes.test) {
    const item = draw(generator);
    if (!items.has(item.question.question)) items.set(item.question.question, item);
  }
  const all = [...items.values()];
  return { train: all.slice(0, sizes.train), test: all.slice(sizes.train) };
}
