import type { Decomposition } from '../text-set.ts';
import { additionWords } from './addition.ts';

/** A sum of two digits as it was answered: its tens, 0 or 1, and its ones; `null` where that is no such sum. */
function readSum(answer: string): { readonly tens: number; readonly ones: number } | null {
  const found = /^([01]) ([0-9])$/u.exec(answer);
  return found ? { tens: Number(found[1]), ones: Number(found[2]) } : null;
}

const ask = (first: number, second: number): { readonly ask: string } => ({ ask: additionWords([first], [second]).join(' ') });

/**
 * The sum of two numbers from sums of two digits, from the right: both digits of a column, and where something is carried
 * into it, their ones and 1.
 */
export function decomposeAddition(first: readonly number[], second: readonly number[]): Decomposition {
  return (answers) => {
    const left = [...answers];
    const written: number[] = [];
    let carry = 0;
    for (let place = first.length - 1; place >= 0; place -= 1) {
      const own = left.shift();
      if (own === undefined) return ask(first[place] ?? 0, second[place] ?? 0);
      const sum = readSum(own);
      if (!sum) return null;
      if (carry === 0) {
        written.unshift(sum.ones);
        carry = sum.tens;
        continue;
      }
      const withCarry = left.shift();
      if (withCarry === undefined) return ask(sum.ones, carry);
      const whole = readSum(withCarry);
      // nine and nine and one carried are 19: never two tens
      if (!whole || sum.tens + whole.tens > 1) return null;
      written.unshift(whole.ones);
      carry = sum.tens + whole.tens;
    }
    return left.length === 0 ? { compose: [carry, ...written].join(' ') } : null;
  };
}
