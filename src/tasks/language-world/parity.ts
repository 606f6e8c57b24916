import type { Worked } from './worked.ts';

/** The parity of bits: 1 when an odd number of them is 1. */
export const parityOf = (bits: readonly number[]): number => bits.reduce((parity, bit) => (parity + bit) % 2, 0);

/** A question for the parity of bits; its steps are the parities of the bits so far. */
export function parityQuestion(bits: readonly number[]): Worked {
  return {
    question: bits.map(String),
    steps: bits.map((_, index) => String(parityOf(bits.slice(0, index + 1)))),
    answer: [String(parityOf(bits))],
  };
}
