import type { EntryFile } from '../entry-file.ts';
import { asText, isRecord } from '../entry-file.ts';
import { entrySchemas } from '../entry.ts';
import type { EntryKind } from '../entry.ts';
import type { Position } from '../front-matter.ts';
import { nearest } from '../nearest.ts';
import { placeOfKey, placeOfMissing, placeOfValue } from '../places.ts';
import type { Path } from '../places.ts';
import { lineOf } from '../report.ts';
import type { Report } from '../report.ts';

/** What we read of a complaint of zod. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: Path;
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  /** Our own refinements name their rule and the words that may stand there. */
  readonly params?: { readonly rule?: string; readonly words?: readonly string[] } | undefined;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isRecord(value) ? value[String(key)] : undefined;
  }, data);
}

function withoutOptional(schema: unknown): unknown {
  const wrapped = schema as { readonly type?: string; readonly unwrap?: () => unknown } | undefined;
  return wrapped?.type === 'optional' && wrapped.unwrap ? withoutOptional(wrapped.unwrap()) : schema;
}

/** The fields that the schema of a kind knows at `path`. */
function fieldsAt(kind: EntryKind, path: Path): readonly string[] {
  const schema = path.reduce<unknown>((outer, key) => {
    const { shape } = withoutOptional(outer) as { readonly shape?: Readonly<Record<string, unknown>> };
    return shape?.[String(key)] ?? {};
  }, entrySchemas[kind]);
  const { shape } = withoutOptional(schema) as { readonly shape?: Readonly<Record<string, unknown>> };
  return Object.keys(shape ?? {});
}

/** The line without a repeated value and the comma before it. */
function withoutRepeat(line: string, found: string, { column }: Position): string | null {
  const at = column - 1;
  if (!line.startsWith(found, at)) return null;
  return (line.slice(0, at).replace(/,\s*$/, '') + line.slice(at + found.length)).trimEnd();
}

function reportUnknownFields({ keys = [], path }: Issue, { front, kind }: EntryFile, report: Report): void {
  const known = fieldsAt(kind, path);
  for (const key of keys) {
    const place = placeOfKey(front, [...path, key]);
    report({ rule: 'unknown-field', place, found: key, allowed: known.join(', '), suggestion: nearest(key, known) });
  }
}

function reportIssue(issue: Issue, entry: EntryFile, report: Report): void {
  const { front, data, file } = entry;
  const value = valueAt(data, issue.path);
  if (value === undefined) {
    const place = placeOfMissing(front, issue.path);
    const fixed = `${String(issue.path.at(-1) ?? '')}: …`;
    report({ rule: 'missing-field', place, found: '', allowed: `${issue.path.join('.')}: ${issue.message}`, fixed });
    return;
  }
  const place = placeOfValue(front, issue.path);
  const found = asText(value);
  if (issue.params?.rule === 'repeated-value') {
    const fixed = withoutRepeat(lineOf(file.text, place.line), found, place);
    report({ rule: 'repeated-value', place, found, allowed: 'each value once', fixed });
  } else if (issue.params?.rule === 'malformed-address') {
    const secure = /^http:\/\//.test(found) ? found.replace('http:', 'https:') : undefined;
    const suggestion = secure ?? nearest(found, issue.params.words ?? []);
    report({ rule: 'malformed-address', place, found, allowed: issue.message, suggestion });
  } else if (issue.values !== undefined) {
    const words = issue.values.map(String);
    const suggestion = typeof value === 'string' ? nearest(found, words) : undefined;
    report({ rule: 'wrong-value', place, found, allowed: words.join(', '), suggestion });
  } else {
    const allowed = issue.expected ? `${issue.expected} (${issue.message})` : issue.message;
    report({ rule: 'wrong-value', place, found, allowed });
  }
}

/** Unknown and missing fields, wrong and repeated values, malformed addresses: what the entry's schema says. */
export function checkSchema(entry: EntryFile, report: Report): void {
  for (const issue of entrySchemas[entry.kind].safeParse(entry.data).error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') reportUnknownFields(issue as Issue, entry, report);
    else reportIssue(issue as Issue, entry, report);
  }
}
