import { isCollection } from 'yaml';
import type { ContentFile } from './content-file.ts';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import { lineOf } from './report.ts';
import type { Report } from './report.ts';

/** An entry's file taken apart, before its schema has been asked. */
export interface EntryFile {
  readonly file: ContentFile;
  readonly kind: EntryKind;
  /** As stated; '' where it isn't. */
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly front: FrontMatter;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it is shown in a message. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** The texts of a list; none where it isn't one. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

const isKind = (folder: string): folder is EntryKind => Object.hasOwn(entrySchemas, folder);

/** The kind of entry that a path holds: a Markdown file right below the kind's folder. */
export function kindOf(path: string): EntryKind | undefined {
  const [folder = '', name = '', ...deeper] = path.split('/');
  return isKind(folder) && name.endsWith('.md') && deeper.length === 0 ? folder : undefined;
}

/** Takes an entry apart; where that fails, says why and returns undefined. */
export function readEntryFile(file: ContentFile, kind: EntryKind, report: Report): EntryFile | undefined {
  const front = splitFrontMatter(file.text);
  if (!front) {
    report({
      rule: 'no-front-matter',
      place: { line: 1, column: 1 },
      found: lineOf(file.text, 1).slice(0, 60),
      allowed: 'a first line of three hyphens, YAML, and a second such line',
      fixed: '---',
    });
    return undefined;
  }
  for (const error of front.document.errors) {
    const place = front.positionOf(error.pos[0]);
    const message = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    report({ rule: 'yaml-syntax', place, found: lineOf(file.text, place.line).trim(), allowed: message, fixed: null });
  }
  if (front.document.errors.length > 0) return undefined;
  const data: unknown = front.document.toJS();
  if (!isRecord(data) || !isCollection(front.document.contents)) {
    const place = { line: 2, column: 1 };
    report({ rule: 'yaml-syntax', place, found: lineOf(file.text, 2), allowed: 'fields as "name: value"', fixed: null });
    return undefined;
  }
  return { file, kind, id: asText(data['id']), data, front };
}
