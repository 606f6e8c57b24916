import { asText } from '../entry-file.ts';
import { spotOfValue } from '../places.ts';
import { lineOf } from '../report.ts';
import type { Check } from './check.ts';
import { walkFields } from './walk-fields.ts';

/** People may share a name; nothing else in a list does. */
const withRepeats = new Set(['authors']);

/** The line without a repeated value and the comma before it, or the empty line where it stands alone in it. */
function withoutRepeat(line: string, source: string, column: number): string | null {
  const at = column - 1;
  if (source === '' || !line.startsWith(source, at)) return null;
  if (/^\s*-\s*$/.test(line.slice(0, at)) && line.slice(at + source.length).trim() === '') return '';
  return (line.slice(0, at).replace(/,\s*$/, '') + line.slice(at + source.length)).trimEnd();
}

/** A sign that stands where a text should; the validator itself writes the first one into lines to paste. */
export const isPlaceholder = (text: string): boolean => /^(?:…|\.\.\.|todo|tbd|xxx)$/i.test(text.trim());

/** A list has each value once, and no text is the sign that stands for one. */
export const checkLists: Check = ({ data, front, file }, report) => {
  walkFields(data, (value, path) => {
    const field = path.length > 0 ? String(path[0]) : undefined;
    if (typeof value === 'string' && isPlaceholder(value)) {
      const { place, source } = spotOfValue(front, path);
      report({ rule: 'wrong-value', place, found: source || value, allowed: 'what the field asks for', fixed: null, field });
    }
    if (!Array.isArray(value) || withRepeats.has(String(path.at(-1)))) return;
    const seen = new Set<unknown>();
    for (const [i, item] of value.entries()) {
      if (typeof item !== 'string' || !seen.has(item)) {
        seen.add(item);
        continue;
      }
      const { place, source } = spotOfValue(front, [...path, i]);
      const fixed = withoutRepeat(lineOf(file.text, place.line), source, place.column);
      report({ rule: 'repeated-value', place, found: source || asText(item), allowed: 'each value once', fixed, field });
    }
  });
};
