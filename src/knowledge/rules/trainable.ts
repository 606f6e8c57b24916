import type { EntryFile } from '../entry-file.ts';
import { asText, isRecord } from '../entry-file.ts';
import { evaluateFormula, FormulaError, lettersOf } from '../formula.ts';
import { nearest } from '../nearest.ts';
import { placeOfValue } from '../places.ts';
import type { Report } from '../report.ts';

function numbersOf(value: unknown): Readonly<Record<string, number>> {
  const pairs = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(pairs.flatMap(([name, number]) => (typeof number === 'number' ? [[name, number]] : [])));
}

/** The formula of trained numbers evaluates, explains its letters, and gives what its example says. */
export function checkTrainable({ data, front }: EntryFile, report: Report): void {
  const trainable = data['trainable'];
  if (!isRecord(trainable) || typeof trainable['formula'] !== 'string') return;
  const { formula, where, example } = trainable as { formula: string; where?: unknown; example?: unknown };
  const place = placeOfValue(front, ['trainable', 'formula']);
  const explained = Object.keys(isRecord(where) ? where : {});
  try {
    const letters = lettersOf(formula);
    const unnamed = letters.find((letter) => !explained.includes(letter));
    if (unnamed !== undefined) {
      const allowed = `letters that "where" explains: ${explained.join(', ') || 'none yet'}`;
      report({ rule: 'formula', place, found: unnamed, allowed, suggestion: nearest(unnamed, explained), fixed: null });
      return;
    }
    evaluateFormula(formula, Object.fromEntries(letters.map((letter, i) => [letter, i + 2])));
    if (!isRecord(example) || !isRecord(example['values'])) return;
    const value = evaluateFormula(formula, numbersOf(example['values']));
    if (value === example['is']) return;
    report({
      rule: 'formula',
      place: placeOfValue(front, ['trainable', 'example', 'is']),
      found: asText(example['is']),
      allowed: `${value}, which the formula gives`,
      suggestion: String(value),
    });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const allowed = `letters, numbers, + - * / ^ and brackets (${error.message} at character ${error.offset + 1})`;
    report({ rule: 'formula', place, found: formula, allowed });
  }
}
