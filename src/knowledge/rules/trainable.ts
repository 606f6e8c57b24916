import { asText, isRecord } from '../entry-file.ts';
import { evaluateFormula, FormulaError, lettersOf } from '../formula.ts';
import { nearest } from '../nearest.ts';
import { spotOfKey, spotOfValue } from '../places.ts';
import { lineOf } from '../report.ts';
import type { Check } from './check.ts';

/** Nobody writes a longer one by hand, and one of brackets alone would exhaust the reader. */
const longest = 500;

function numbersOf(value: unknown): Readonly<Record<string, number>> {
  const pairs = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(pairs.flatMap(([name, number]) => (typeof number === 'number' ? [[name, number]] : [])));
}

/** The formula of trained numbers evaluates, explains its letters, and gives what its example says. */
export const checkTrainable: Check = ({ data, front, file }, report) => {
  const trainable = data['trainable'];
  if (!isRecord(trainable) || typeof trainable['formula'] !== 'string') return;
  const { formula, where, example } = trainable;
  const field = 'trainable';
  const written = () => {
    const { place, source } = spotOfValue(front, ['trainable', 'formula']);
    return { place, found: source || formula };
  };
  if (formula.length > longest) {
    report({ rule: 'formula', ...written(), allowed: `a formula of up to ${longest} characters`, fixed: null, field });
    return;
  }
  const explained = Object.keys(isRecord(where) ? where : {});
  try {
    const letters = lettersOf(formula);
    const unnamed = letters.find((letter) => !explained.includes(letter));
    if (unnamed !== undefined) {
      const { place } = written();
      const within = lineOf(file.text, place.line).slice(place.column - 1).search(new RegExp(`(?<![A-Za-z0-9_])${unnamed}(?![A-Za-z0-9_])`));
      const allowed = `letters that "where" explains: ${explained.join(', ') || 'none yet'}`;
      const suggestion = unnamed.length > 1 ? nearest(unnamed, explained) : undefined;
      report({ rule: 'formula', place: { ...place, column: place.column + Math.max(0, within) }, found: unnamed, allowed, suggestion, field });
      return;
    }
    const values = isRecord(example) && isRecord(example['values']) ? numbersOf(example['values']) : undefined;
    const lacking = values && letters.find((letter) => values[letter] === undefined);
    if (lacking !== undefined) {
      const { place, source } = spotOfKey(front, ['trainable', 'example', 'values']) ?? spotOfValue(front, ['trainable', 'example']);
      const allowed = `a number for each letter of the formula: ${lacking} has none`;
      report({ rule: 'formula', place, found: source || 'values', allowed, fixed: null, field });
      return;
    }
    const value = evaluateFormula(formula, values ?? Object.fromEntries(letters.map((letter, i) => [letter, i + 2])));
    if (!values || !isRecord(example) || !Number.isInteger(example['is']) || value === example['is']) return;
    const { place, source } = spotOfValue(front, ['trainable', 'example', 'is']);
    const suggestion = Number.isInteger(value) ? String(value) : undefined;
    report({ rule: 'formula', place, found: source || asText(example['is']), allowed: `${value}, which the formula gives`, suggestion, field });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const allowed = `letters, numbers, + - * / ^ and brackets (${error.message} at character ${error.offset + 1})`;
    const { place, found } = written();
    const closed = /a bracket is not closed/.test(error.message) ? `${found})` : undefined;
    report({ rule: 'formula', place, found, allowed, suggestion: closed, field });
  }
};
