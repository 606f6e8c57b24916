import { countOption, wordsInFront } from '../reprogramming/index.ts';
import type { LanguageManipulation, Options } from '../reprogramming/index.ts';

/** An option that must be a share of a whole, 0 and 1 included. */
function redrawnOption(options: Options): number {
  const value = options['redrawn'] ?? 0;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new RangeError(`Option "redrawn" is ${JSON.stringify(value)}; it must be a share, from 0 to 1.`);
}

/**
 * Answered questions in front of the one that is asked, by the options `shots` (none if 0) and `redrawn`, the share of them
 * whose label is drawn again at random.
 */
export function demonstrations(options: Options, choice: 'random' | 'similar'): readonly LanguageManipulation[] {
  const count = countOption(options, 'shots', 0);
  return count === 0 ? [] : [wordsInFront({ kind: 'demonstrations', count, choice, redrawn: redrawnOption(options) })];
}
