import { idFor } from '../compose-entry.ts';
import type { FieldForm } from '../field-form.ts';
import type { Known } from '../known.ts';
import type { Path } from '../places.ts';
import { yamlText } from '../yaml-text.ts';

interface Where {
  readonly stem: string;
  readonly path: Path;
  readonly known: Known;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const two = (number: string | number): string => String(number).padStart(2, '0');

/** A day in one of the usual ways of writing, as YYYY-MM-DD. */
function dayOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[./ -](\d{1,2})[./ -](\d{1,2})\b/.exec(text) ?? [];
  if (year && month && day) return `${year}-${two(month)}-${two(day)}`;
  const [, first, name, last] = /^(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})$/.exec(text) ?? [];
  const at = months.indexOf((name ?? '').toLowerCase());
  return first && last && at >= 0 ? `${last}-${two(at + 1)}-${two(first)}` : undefined;
}

/** A value that was meant, by the form that it should have, written as YAML; undefined where that can't be told. */
export function correctedValue(value: unknown, source: string, form: FieldForm, { stem, path, known }: Where): string | undefined {
  if (source === '') return undefined;
  const { type, pattern } = form;
  if (type === 'array' && !Array.isArray(value) && (typeof value === 'string' || typeof value === 'number')) return `[${source}]`;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return JSON.stringify(source);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (type === 'integer' || type === 'number') {
    const number = /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
    return type === 'integer' && number?.includes('.') ? undefined : number;
  }
  if (type === 'boolean') {
    if (/^(yes|true|on|y)$/i.test(text)) return 'true';
    return /^(no|false|off|n)$/i.test(text) ? 'false' : undefined;
  }
  if (pattern === undefined) return undefined;
  const [field] = path;
  const readings = [
    path.length === 1 && field === 'id' ? stem : undefined,
    dayOf(text),
    idFor(text),
    path.length === 1 && field === 'reviewed' ? known.today : undefined,
    `src/methods/${text.replace(/^.*\//, '').replace(/(\.ts)?$/, '.ts')}`,
  ];
  const fitting = readings.find((reading) => reading !== undefined && new RegExp(pattern).test(reading));
  return fitting === undefined ? undefined : yamlText(fitting);
}
