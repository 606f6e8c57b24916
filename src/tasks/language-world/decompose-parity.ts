import type { Decomposition } from '../text-set.ts';

/**
 * The parity of two or more bits from parities of two: that of the first two, then of the answer and the next bit, and so on
 * to the last.
 */
export function decomposeParity(bits: readonly number[]): Decomposition {
  if (bits.length < 2) throw new RangeError(`Parities of two bits make up one of two bits or more, not of ${bits.length}.`);
  return (answers) => {
    if (answers.length >= bits.length || !answers.every((answer) => answer === '0' || answer === '1')) return null;
    const known = answers.at(-1) ?? String(bits[0]);
    const next = bits[answers.length + 1];
    return next === undefined ? { compose: known } : { ask: `${known} ${next}` };
  };
}
