import type { z } from 'zod';
import type { EntryFile } from '../entry-file.ts';
import { asText, isRecord } from '../entry-file.ts';
import { entrySchemas } from '../entry.ts';
import { fieldsAt, formAt, formInWords, plausibleValue } from '../field-form.ts';
import type { Known } from '../known.ts';
import { nearest } from '../nearest.ts';
import { gapAt, spotOfKey, spotOfValue } from '../places.ts';
import type { Path } from '../places.ts';
import { lineOf, lineWith } from '../report.ts';
import type { Report } from '../report.ts';
import { yamlText } from '../yaml-text.ts';
import type { Check } from './check.ts';
import { correctedValue } from './corrected-value.ts';
import { misspelledFields } from './misspelled-fields.ts';

type Issue = z.core.$ZodIssue;

/** Our own refinements name their rule and the words that may stand there. */
interface Params {
  readonly rule?: unknown;
  readonly words?: readonly string[];
}

const paramsOf = (issue: Issue): Params => (issue.code === 'custom' ? (issue.params ?? {}) : {});

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isRecord(value) ? value[String(key)] : undefined;
  }, data);
}

const pathText = (path: Path): string => path.map(String).join('.');

/** The field at the margin that a path starts with. */
const marginOf = (path: Path): string | undefined => (path.length > 0 ? String(path[0]) : undefined);

/** What is known of a field without asking anybody: from the file's name, the work and the day. */
function knownValue({ kind, stem, data }: EntryFile, path: Path, { works, today }: Known): string | undefined {
  const work = typeof data['paper'] === 'string' && (kind === 'methods' || kind === 'papers') ? works.get(data['paper']) : undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    id: stem,
    reviewed: today,
    title: work && yamlText(work.title),
    authors: work && `[${work.authors.map(yamlText).join(', ')}]`,
    year: work?.year === undefined ? today.slice(0, 4) : String(work.year),
    venue: work?.venue === undefined ? undefined : yamlText(work.venue),
    code: 'none found',
    source: 'made by this project',
    trainable: '{ unknown: … }',
    'classification.source': 'derived',
  };
  return values[pathText(path)];
}

/** Says that a field is missing, and gives the line to add, or the line with the field where the map stands in braces. */
export function reportMissing(entry: EntryFile, path: Path, report: Report, known: Known, allowed?: string): void {
  const { front, file, kind } = entry;
  const name = String(path.at(-1) ?? '');
  const form = formAt(kind, path);
  const value = knownValue(entry, path, known) ?? (form ? plausibleValue(form) : '…');
  const { place, indent, flow } = gapAt(front, path);
  const field = `${name}: ${value}`;
  const inBraces = flow.replace(/\s*\}$/, flow.replace(/[{}\s]/g, '') === '' ? ` ${field} }` : `, ${field} }`);
  report({
    rule: 'missing-field',
    place,
    found: flow,
    allowed: allowed ?? `${pathText(path)}: ${form ? formInWords(form) : 'a value'}`,
    fixed: flow === '' ? ' '.repeat(indent) + field : lineWith(file.text, place, flow, inBraces),
    field: marginOf(path),
  });
}

/** A field without a value. */
function reportEmpty(entry: EntryFile, path: Path, report: Report, known: Known): void {
  const { front, file, kind } = entry;
  const form = formAt(kind, path);
  const spot = spotOfKey(front, path) ?? spotOfValue(front, path);
  const value = knownValue(entry, path, known) ?? (form ? plausibleValue(form) : '…');
  const line = lineOf(file.text, spot.place.line).trimEnd();
  const isAlone = line.slice(spot.place.column - 1) === `${spot.source}:`;
  report({
    rule: 'missing-field',
    place: spot.place,
    found: spot.source,
    allowed: form ? formInWords(form) : 'a value',
    fixed: isAlone ? `${line} ${value}` : null,
    field: marginOf(path),
  });
}

function reportUnknown(entry: EntryFile, path: Path, keys: readonly string[], report: Report): void {
  const known = fieldsAt(entry.kind, path);
  for (const key of keys) {
    const spot = spotOfKey(entry.front, [...path, key]) ?? spotOfValue(entry.front, path);
    const suggestion = nearest(key, known);
    report({
      rule: 'unknown-field',
      place: spot.place,
      found: spot.source || key,
      allowed: known.join(', '),
      suggestion,
      field: marginOf(path),
    });
  }
}

function reportWrong(issue: Issue, entry: EntryFile, report: Report, known: Known): void {
  const { front, data, file, kind } = entry;
  const { path } = issue;
  const value = valueAt(data, path);
  const form = formAt(kind, path);
  const { place, source } = spotOfValue(front, path);
  const found = source || asText(value);
  const params = paramsOf(issue);
  const field = marginOf(path);
  if (params.rule === 'malformed-address') {
    const text = asText(value);
    const secure = /^http:\/\//.test(text) ? text.replace('http:', 'https:') : undefined;
    const bare = /^(www\.|[\w-]+(\.[\w-]+)+\/)/.test(text) ? `https://${text}` : undefined;
    const suggestion = secure ?? bare ?? nearest(text, params.words ?? []);
    report({ rule: 'malformed-address', place, found, allowed: issue.message, suggestion, field });
    return;
  }
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const suggestion = words.length > 0 && typeof value === 'string' ? nearest(value, words) : undefined;
  const corrected = suggestion ?? (form ? correctedValue(value, source, form, { ...entry, known, path }) : undefined);
  report({
    rule: 'wrong-value',
    place,
    found,
    allowed: words.length > 0 ? words.join(', ') : form ? formInWords(form) : issue.message,
    suggestion,
    fixed: corrected === undefined ? null : lineWith(file.text, place, found, corrected),
    field,
  });
}

/** Whether a field that is missing stands there under a name much like its own. */
function isMisspelled({ kind, data }: EntryFile, path: Path): boolean {
  const outer = path.slice(0, -1);
  return misspelledFields(kind, valueAt(data, outer), outer).has(String(path.at(-1)));
}

/** Unknown and missing fields, wrong values, malformed addresses: what the entry's schema says. */
export const checkSchema: Check = (entry, report, known) => {
  const issues = entrySchemas[entry.kind].safeParse(entry.data).error?.issues ?? [];
  if (issues.length === 0) return;
  for (const issue of issues) {
    const { path } = issue;
    const { rule } = paramsOf(issue);
    if (rule === 'repeated-value') continue;
    const value = valueAt(entry.data, path);
    if (issue.code === 'unrecognized_keys') reportUnknown(entry, path, issue.keys, report);
    else if (rule === 'missing-field') reportMissing(entry, [...path, 'unknown'], report, known, `${pathText(path)}: ${issue.message}`);
    else if (value === null) reportEmpty(entry, path, report, known);
    else if (value !== undefined) reportWrong(issue, entry, report, known);
    else if (!isMisspelled(entry, path)) reportMissing(entry, path, report, known);
  }
};
