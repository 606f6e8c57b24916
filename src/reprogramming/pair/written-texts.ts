import type { PairManipulation } from './types.ts';

/** Whole texts for each class `[classes][texts]`; nothing in them is learned. */
export function writtenTexts(written: readonly (readonly string[])[]): PairManipulation {
  return { acts: [{ tower: 'text', site: { location: 'input' }, action: { operator: 'concatenative', written } }], parameters: {} };
}
