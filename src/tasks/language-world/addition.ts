import type { Worked } from './worked.ts';

/** One column of a written addition. */
interface Column {
  readonly digits: readonly [number, number];
  readonly carryIn: number;
  readonly sum: number;
}

/** The columns of an addition, the last digits first. */
function columnsOf(first: readonly number[], second: readonly number[]): Column[] {
  const columns: Column[] = [];
  let carryIn = 0;
  for (let place = first.length - 1; place >= 0; place -= 1) {
    const digits = [first[place] ?? 0, second[place] ?? 0] as const;
    const sum = digits[0] + digits[1] + carryIn;
    columns.push({ digits, carryIn, sum });
    carryIn = sum > 9 ? 1 : 0;
  }
  return columns;
}

/** Both numbers of as many digits; the words of the question. */
export const additionWords = (first: readonly number[], second: readonly number[]): readonly string[] => [
  ...first.map(String),
  '+',
  ...second.map(String),
];

/**
 * A question for the sum of two numbers, each given by as many digits, the most significant first. The answer has one digit
 * more, so that it may begin with 0. The steps add column by column from the right: both digits, the carry, and the sum of
 * the three in two digits.
 */
export function additionQuestion(first: readonly number[], second: readonly number[]): Worked {
  if (first.length !== second.length || first.length === 0) {
    throw new RangeError(`Numbers that are added have as many digits; these have ${first.length} and ${second.length}.`);
  }
  const columns = columnsOf(first, second);
  const tens = (sum: number): number => (sum > 9 ? 1 : 0);
  const carryOut = tens(columns.at(-1)?.sum ?? 0);
  return {
    question: additionWords(first, second),
    steps: columns.flatMap(({ digits, carryIn, sum }, index) => [
      ...(index === 0 ? [] : [',']),
      ...[...digits, carryIn].map(String),
      '>',
      ...[tens(sum), sum % 10].map(String),
    ]),
    answer: [carryOut, ...columns.map(({ sum }) => sum % 10).reverse()].map(String),
  };
}
