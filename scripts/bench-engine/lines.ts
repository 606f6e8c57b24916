import type { Speedup } from './goals.ts';
import type { LanguageSpeeds, TokenRate } from './language.ts';

/** A road beside the plain one, as it is printed. */
export function speedupLine({ name, factor, goal, fast, plain }: Speedup): string {
  const cells = [`${fast.toFixed(2)} ms`, `${plain.toFixed(2)} ms`, `${factor.toFixed(2)} ×`, goal === undefined ? '' : `goal ${goal} ×`];
  return `  ${name.padEnd(52)}${cells.map((cell) => cell.padStart(13)).join('')}`.trimEnd();
}

function rateLine({ name, tokens, milliseconds }: TokenRate): string {
  const cells = [`${milliseconds.toFixed(2)} ms`, `${Math.round((1000 * tokens) / milliseconds)} tokens/s`];
  return `  ${name.padEnd(52)}${cells.map((cell) => cell.padStart(17)).join('')}`;
}

/** What was measured of a language model, as it is printed. */
export function languageLines({ name, rates, speedups }: LanguageSpeeds): readonly string[] {
  return [`\n${name}, random weights`, ...rates.map(rateLine), '  roads that compute the same, or the same kind of step, the one taken and the other', ...speedups.map(speedupLine)];
}
