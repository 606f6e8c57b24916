import { nearest } from './nearest.ts';

/** `unknown model "doodelnet"; did you mean "doodlenet"? Known: doodlenet, world-vit.` A long list is cut to a dozen. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  const hint = guess === undefined ? '' : ` did you mean "${guess}"?`;
  const shown = known.slice(0, 12).join(', ') + (known.length > 12 ? ` and ${known.length - 12} more` : '');
  return `unknown ${what} "${name}";${hint} ${known.length === 0 ? 'There is none.' : `Known: ${shown}.`}`;
}
