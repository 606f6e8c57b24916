import type { FrozenLanguageModel, FrozenModel } from '../models/index.ts';
import type { Params } from '../tensor/index.ts';

/** What of a transformer decides how many numbers a rival has inside it. */
export interface TransformerParts {
  readonly depth: number;
  readonly width: number;
  /** Width of the queries of all heads side by side. */
  readonly queryWidth: number;
  /** Width of the keys of all heads side by side; the values have the same. */
  readonly keyWidth: number;
  readonly weights: Params;
}

/** @throws RangeError where the model is no transformer; `rival` is who asks */
export function partsOf({ id, architecture: { width, blocks, kind }, weights }: FrozenModel, rival: string): TransformerParts {
  if (width === undefined) throw new RangeError(`${rival} needs a transformer; ${id} is a ${kind} net without attention.`);
  return { depth: blocks.length, width, queryWidth: width, keyWidth: width, weights };
}

export function partsOfLanguage({ architecture, weights }: FrozenLanguageModel): TransformerParts {
  const { depth, width, keyWidth, heads, keyValueHeads } = architecture;
  return { depth, width, queryWidth: (keyWidth / keyValueHeads) * heads, keyWidth, weights };
}

/** Numbers of the blocks, counted from 0. */
export const blocksOf = ({ depth }: TransformerParts): readonly number[] => Array.from({ length: depth }, (_, block) => block);
