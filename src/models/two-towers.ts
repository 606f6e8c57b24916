import { entry } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { ImageTextWeights } from './image-text-architecture.ts';

/**
 * The weights of both towers out of one tree, the opposite of `oneTree`; the tensors are the same.
 * @throws Error where the tree has no `logitScale`
 */
export function twoTowers(tree: Params): ImageTextWeights {
  const under = (prefix: string): Params =>
    Object.fromEntries(Object.entries(tree).flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [])));
  return { image: under('image.'), text: under('text.'), logitScale: entry(tree, 'logitScale') };
}
