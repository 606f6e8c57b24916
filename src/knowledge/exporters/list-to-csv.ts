import type { ListedMethod, MethodList } from './method-list.ts';

/** Columns of the table, in order. */
export const listFields = [
  'id',
  'name',
  'title',
  'authors',
  'year',
  'venue',
  'family',
  'configuration',
  'location',
  'operator',
  'alignment',
  'source',
  'modalities',
  'here',
  'code',
  'summary',
  'address',
  'paper',
] as const satisfies readonly (keyof ListedMethod)[];

function cell(value: string | number | null | readonly string[]): string {
  const text = value === null ? '' : typeof value === 'object' ? value.join('; ') : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180: a heading, then one row a method; sets and authors stand with semicolons, a code that wasn't found is empty. */
export function listToCsv({ methods }: MethodList): string {
  const rows = methods.map((method) => listFields.map((field) => cell(method[field])));
  return [listFields, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
