import type { Architecture } from '../models/index.ts';
import { promptBound } from './prompt-bound.ts';

/**
 * The width of a transformer's tokens, and the bound of first values that VPT gives prompts of that width.
 *
 * @throws RangeError where the model has no tokens; `method` is who asks
 */
export function promptShape(
  { id, architecture }: { readonly id: string; readonly architecture: Pick<Architecture, 'width' | 'tokenInputs' | 'kind'> },
  method: string,
): { readonly width: number; readonly bound: number } {
  const { width, tokenInputs, kind } = architecture;
  if (width === undefined || tokenInputs === undefined) {
    throw new RangeError(`${method} needs a transformer; ${id} is a ${kind} net without tokens.`);
  }
  return { width, bound: promptBound(tokenInputs, width) };
}
