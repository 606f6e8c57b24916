import { isCollection, isMap, isNode, isPair, isScalar } from 'yaml';
import type { Node } from 'yaml';
import { readBibliography } from './bibliography.ts';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import { evaluateFormula, FormulaError, lettersOf } from './formula.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { FrontMatter, Position } from './front-matter.ts';
import type { Finding, Rule } from './finding.ts';
import { nearest } from './nearest.ts';

/** A file of the content folder: path relative to it with forward slashes, and its text. */
export interface ContentFile {
  readonly path: string;
  readonly text: string;
}

export interface ValidationReport {
  /** Entries read (Markdown files in the folders of entries). */
  readonly read: number;
  readonly errors: readonly Finding[];
}

type Path = readonly PropertyKey[];

interface Entry {
  readonly file: string;
  readonly kind: EntryKind;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly front: FrontMatter;
}

const isKind = (folder: string): folder is EntryKind => Object.hasOwn(entrySchemas, folder);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: unknown): string => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

/** Where the value at `path` stands, or the nearest thing above it that stands anywhere. */
function placeOfValue(front: FrontMatter, path: Path): Position {
  for (let length = path.length; length > 0; length -= 1) {
    const node = front.document.getIn(path.slice(0, length), true);
    const offset = offsetOf(node) ?? placeOfKeyOffset(front, path.slice(0, length));
    if (offset !== undefined) return front.positionOf(offset);
  }
  return { line: front.closingLine, column: 1 };
}

function placeOfKeyOffset(front: FrontMatter, path: Path): number | undefined {
  const parent = path.length > 1 ? front.document.getIn(path.slice(0, -1), true) : front.document.contents;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
  return offsetOf(pair?.key);
}

/** Where a missing field belongs: after the last line of the map that lacks it. */
function placeOfMissing(front: FrontMatter, path: Path): Position {
  if (path.length <= 1) return { line: front.closingLine, column: 1 };
  const key = placeOfKeyOffset(front, path.slice(0, -1));
  return key === undefined ? placeOfValue(front, path.slice(0, -1)) : front.positionOf(key);
}

/** An example of a field, to paste. */
function exampleOf(path: Path): string {
  return `${String(path.at(-1) ?? '')}: …`;
}

function lineOf(text: string, line: number): string {
  return text.split('\n')[line - 1] ?? '';
}

function replaced(text: string, place: Position, found: string, suggestion: string | undefined): string | null {
  if (suggestion === undefined || found === '') return null;
  const line = lineOf(text, place.line);
  const at = line.indexOf(found, place.column - 1);
  return at < 0 ? null : line.slice(0, at) + suggestion + line.slice(at + found.length);
}

type Report = (rule: Rule, place: Position, found: string, allowed: string, suggestion?: string | undefined, fixed?: string | null) => void;

function reporter(file: ContentFile, errors: Finding[]): Report {
  return (rule, place, found, allowed, suggestion, fixed) => {
    errors.push({
      file: file.path,
      ...place,
      rule,
      found,
      allowed,
      suggestion: suggestion ?? null,
      fixed: fixed === undefined ? replaced(file.text, place, found, suggestion) : fixed,
    });
  };
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: Path;
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly params?: { readonly rule?: string; readonly words?: readonly string[] } | undefined;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[key] : undefined), data);
}

function keysOf(kind: EntryKind, path: Path): readonly string[] {
  let schema: unknown = entrySchemas[kind];
  for (const key of path) {
    schema = unwrapped(schema);
    schema = isRecord(schema) && isRecord(schema['shape']) ? schema['shape'][String(key)] : undefined;
  }
  schema = unwrapped(schema);
  return isRecord(schema) && isRecord(schema['shape']) ? Object.keys(schema['shape']) : [];
}

function unwrapped(schema: unknown): unknown {
  const optional = schema as { unwrap?: () => unknown; type?: string } | undefined;
  return optional?.type === 'optional' && optional.unwrap ? unwrapped(optional.unwrap()) : schema;
}

/** Turns one complaint of the schema into findings at exact places. */
function reportIssue(issue: Issue, entry: Entry, report: Report, text: string): void {
  const { front, data, kind } = entry;
  const value = valueAt(data, issue.path);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys ?? []) {
      const offset = placeOfKeyOffset(front, [...issue.path, key]);
      const place = offset === undefined ? placeOfValue(front, issue.path) : front.positionOf(offset);
      const keys = keysOf(kind, issue.path);
      report('unknown-field', place, key, keys.join(', '), nearest(key, keys));
    }
    return;
  }
  if (value === undefined) {
    report('missing-field', placeOfMissing(front, issue.path), '', `${issue.path.join('.')}: ${issue.message}`, undefined, exampleOf(issue.path));
    return;
  }
  const place = placeOfValue(front, issue.path);
  const found = asText(value);
  const values = issue.values;
  if (issue.params?.rule === 'repeated-value') {
    report('repeated-value', place, found, 'each value once', undefined, removedFrom(lineOf(text, place.line), found, place.column));
  } else if (issue.params?.rule === 'malformed-address') {
    const words = issue.params.words ?? [];
    const address = /^http:\/\//.test(found) ? found.replace('http:', 'https:') : undefined;
    report('malformed-address', place, found, ['an address that starts with https://', ...words].join(' or '), address ?? nearest(found, words));
  } else if (values !== undefined) {
    const words = values.map(String);
    report('wrong-value', place, found, words.join(', '), typeof value === 'string' ? nearest(found, words) : undefined);
  } else {
    report('wrong-value', place, found, issue.expected ? `${issue.expected} (${issue.message})` : issue.message);
  }
}

function removedFrom(line: string, found: string, column: number): string | null {
  const at = column - 1;
  if (!line.startsWith(found, at)) return null;
  return (line.slice(0, at).replace(/,\s*$/, '') + line.slice(at + found.length)).trimEnd();
}

const unsafeTag = /<\/?(?:script|style|iframe|object|embed|form|link|meta|base|svg|math|img|video|audio|a|div|span|p|table|input|button|template|noscript)\b[^>]*>?|\b(?:javascript|vbscript|data:text\/html):?/i;

function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
}

/** Mistakes in the text itself: tags, unsafe addresses, unknown citations, nothing at all. */
function reportBody(entry: Entry, report: Report, works: ReadonlySet<string>): void {
  const lines = entry.front.body.split('\n');
  let fenced = false;
  lines.forEach((line, i) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (fenced) return;
    const shown = withoutCode(line);
    const unsafe = unsafeTag.exec(shown);
    if (unsafe) {
      const place = { line: entry.front.bodyLine + i, column: unsafe.index + 1 };
      report('unsafe-html', place, unsafe[0], 'Markdown without tags; links with https:// or a path', undefined, null);
    }
    for (const match of shown.matchAll(/:cite\[([^\]]*)\]/g)) {
      for (const key of (match[1] ?? '').split(',').map((part) => part.trim())) {
        if (works.has(key)) continue;
        const column = match.index + line.slice(match.index).indexOf(key) + 1;
        report('unknown-work', { line: entry.front.bodyLine + i, column }, key, 'a key of references.bib', nearest(key, [...works]));
      }
    }
  });
  if (!lines.some((line) => /[\p{L}\p{N}]{2}/u.test(line.replace(/^#+.*$/, '').replace(/:cite\[[^\]]*\]/g, '')))) {
    report('empty-body', { line: entry.front.closingLine, column: 1 }, '', 'at least one sentence below the front matter', undefined, null);
  }
}

const sets = ['configuration', 'location', 'operator', 'alignment'] as const;

function reportSets({ data, front }: Entry, report: Report): void {
  const rival = data['family'] === 'PCA';
  if (!rival && !['MR', 'PT', 'PI'].includes(asText(data['family']))) return;
  for (const field of [...sets, 'classification'] as const) {
    if (rival && data[field] !== undefined) {
      const offset = placeOfKeyOffset(front, [field]);
      report('sets-of-a-rival', offset === undefined ? placeOfValue(front, [field]) : front.positionOf(offset), field, 'absent for family PCA', undefined, '');
    }
    if (!rival && data[field] === undefined) {
      report('missing-field', placeOfMissing(front, [field]), '', `${field}: required for family ${asText(data['family'])}`, undefined, exampleOf([field]));
    }
  }
}

function reportFormula({ data, front }: Entry, report: Report): void {
  const trainable = data['trainable'];
  if (!isRecord(trainable) || typeof trainable['formula'] !== 'string') return;
  const formula = trainable['formula'];
  const place = placeOfValue(front, ['trainable', 'formula']);
  const where = isRecord(trainable['where']) ? trainable['where'] : {};
  try {
    const unnamed = lettersOf(formula).find((letter) => !Object.hasOwn(where, letter));
    if (unnamed !== undefined) {
      report('formula', place, unnamed, `letters that "where" explains: ${Object.keys(where).join(', ') || 'none yet'}`, nearest(unnamed, Object.keys(where)), null);
      return;
    }
    evaluateFormula(formula, Object.fromEntries(lettersOf(formula).map((letter, i) => [letter, i + 2])));
    const example = trainable['example'];
    if (!isRecord(example) || !isRecord(example['values'])) return;
    const value = evaluateFormula(formula, example['values'] as Record<string, number>);
    if (value !== example['is']) {
      const at = placeOfValue(front, ['trainable', 'example', 'is']);
      report('formula', at, asText(example['is']), `${value}, which the formula gives`, String(value));
    }
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    report('formula', place, formula, `letters, numbers, + - * / ^ and brackets (${error.message} at character ${error.offset + 1})`);
  }
}

function reportDates({ data, front }: Entry, report: Report, today: string): void {
  const year = data['year'];
  if (typeof year === 'number' && year > Number(today.slice(0, 4))) {
    report('future-date', placeOfValue(front, ['year']), String(year), `a year up to ${today.slice(0, 4)}`);
  }
  const reviewed = data['reviewed'];
  if (typeof reviewed === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(reviewed) && reviewed > today) {
    report('future-date', placeOfValue(front, ['reviewed']), reviewed, `a day up to ${today}`);
  }
}

const relations = ['extends', 'combines', 'contrasts'] as const;

function reportRelations({ data, front, id }: Entry, report: Report, ids: readonly string[]): void {
  const lineage = data['lineage'];
  if (!isRecord(lineage)) return;
  for (const relation of relations) {
    strings(lineage[relation]).forEach((other, i) => {
      const place = placeOfValue(front, ['lineage', relation, i]);
      if (other === id) report('unknown-method', place, other, 'another method than the entry itself', undefined, null);
      else if (!ids.includes(other)) report('unknown-method', place, other, 'the id of an entry in methods/', nearest(other, ids));
    });
  }
}

function reportCycles(entries: readonly Entry[], errors: Finding[], files: ReadonlyMap<string, ContentFile>): void {
  const parents = new Map(entries.map(({ id, data }) => [id, isRecord(data['lineage']) ? strings(data['lineage']['extends']) : []]));
  for (const entry of entries) {
    for (const [i, start] of (parents.get(entry.id) ?? []).entries()) {
      const seen = new Set<string>();
      const waiting = [start];
      for (let id = waiting.pop(); id !== undefined && !seen.has(entry.id); id = waiting.pop()) {
        if (id !== entry.id && seen.has(id)) continue;
        seen.add(id);
        waiting.push(...(parents.get(id) ?? []));
      }
      const file = files.get(entry.file);
      if (!seen.has(entry.id) || start === entry.id || !file) continue;
      reporter(file, errors)('cycle', placeOfValue(entry.front, ['lineage', 'extends', i]), start, `a method that doesn't itself extend "${entry.id}"`, undefined, null);
    }
  }
}

/**
 * Checks every file of a content folder and returns all mistakes, each at its place.
 * @param today the day that counts as now, as YYYY-MM-DD
 */
export function validateContent(files: readonly ContentFile[], { today }: { readonly today: string }): ValidationReport {
  const errors: Finding[] = [];
  const byPath = new Map(files.map((file) => [file.path, file]));
  const bibFile = byPath.get('references.bib');
  const bibliography = readBibliography(bibFile?.text ?? '');
  if (bibFile) {
    const report = reporter(bibFile, errors);
    for (const { rule, position, found, allowed, fixed } of bibliography.mistakes) report(rule, position, found, allowed, undefined, fixed ?? null);
  }
  const works = new Set(bibliography.works.keys());

  const entries: Entry[] = [];
  const entryFiles = files.filter(({ path }) => path.endsWith('.md') && isKind(path.split('/')[0] ?? '') && path.split('/').length === 2);
  for (const file of entryFiles) {
    const [folder = '', name = ''] = file.path.split('/');
    if (!isKind(folder)) continue;
    const report = reporter(file, errors);
    const front = splitFrontMatter(file.text);
    if (!front) {
      report('no-front-matter', { line: 1, column: 1 }, lineOf(file.text, 1).slice(0, 60), 'a first line of three hyphens, YAML, and a second such line', undefined, '---');
      continue;
    }
    for (const error of front.document.errors) {
      const place = front.positionOf(error.pos[0]);
      report('yaml-syntax', place, lineOf(file.text, place.line).trim(), (error.message.split('\n')[0] ?? error.message).replace(/ at line \d+, column \d+:?$/, ''), undefined, null);
    }
    if (front.document.errors.length > 0) continue;
    const data: unknown = front.document.toJS();
    if (!isRecord(data) || !isCollection(front.document.contents)) {
      report('yaml-syntax', { line: 2, column: 1 }, lineOf(file.text, 2), 'fields as "name: value"', undefined, null);
      continue;
    }
    const entry: Entry = { file: file.path, kind: folder, id: asText(data['id']), data, front };
    entries.push(entry);
    const parsed = entrySchemas[folder].safeParse(data);
    for (const issue of parsed.error?.issues ?? []) reportIssue(issue as Issue, entry, report, file.text);
    const stem = name.replace(/\.md$/, '');
    if (entry.id !== '' && entry.id !== stem) report('file-name', placeOfValue(front, ['id']), entry.id, `the file's name: ${stem}`, stem);
    reportDates(entry, report, today);
    const paper = data['paper'];
    if (typeof paper === 'string' && !works.has(paper)) {
      report('unknown-work', placeOfValue(front, ['paper']), paper, 'a key of references.bib', nearest(paper, [...works]));
    }
    if (folder === 'methods') {
      reportSets(entry, report);
      reportFormula(entry, report);
    }
    reportBody(entry, report, works);
  }

  const methods = entries.filter(({ kind }) => kind === 'methods');
  const ids = methods.map(({ id }) => id);
  const names = new Map<string, string>();
  for (const entry of methods) {
    const file = byPath.get(entry.file);
    if (!file) continue;
    const report = reporter(file, errors);
    reportRelations(entry, report, ids);
    const name = asText(entry.data['name']).toLowerCase();
    const twin = names.get(name);
    if (name !== '' && twin !== undefined) report('duplicate-name', placeOfValue(entry.front, ['name']), asText(entry.data['name']), `a name that "${twin}" doesn't have`, undefined, null);
    else names.set(name, entry.id);
  }
  reportCycles(methods, errors, byPath);

  errors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  return { read: entryFiles.length, errors };
}
