import type { Manipulation } from '../types.ts';
import type { PairManipulation } from './types.ts';

/** A manipulation of any network, in the image tower. */
export function onImage({ site, action, parameters }: Manipulation): PairManipulation {
  return { acts: [{ tower: 'image', site, action }], parameters };
}
