import { isMap } from 'yaml';
import type { ContentFile } from './content-file.ts';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import { splitFrontMatter, withYaml } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import { mendYaml } from './mend-yaml.ts';
import { lineOf } from './report.ts';
import type { Report } from './report.ts';

/** An entry's file taken apart, before its schema has been asked. Mistakes in its YAML are mended where they can be. */
export interface EntryFile {
  readonly file: ContentFile;
  readonly kind: EntryKind;
  /** The file's name without its ending. */
  readonly stem: string;
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

/** The name of a path's file without folder and ending. */
export const stemOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');

/** Places in a mended text are places in the file: it has as many lines. */
function mendedFile(file: ContentFile, front: FrontMatter, mended: string): ContentFile {
  return { path: file.path, text: file.text.replace(front.yaml, () => mended) };
}

/** The hyphens above or below the front matter are missing. */
function reportHyphens({ text }: ContentFile, report: Report): void {
  const lines = text.replace(/^\ufeff/, '').split('\n').map((line) => line.trimEnd());
  const [first = ''] = lines;
  const allowed = 'a first line of three hyphens, YAML, and a second such line';
  if (first === '---') {
    const end = lines.findIndex((line, i) => i > 0 && (line === '' || /^#{1,6} /.test(line)));
    const place = { line: (end < 0 ? lines.length - 1 : end) + 1, column: 1 };
    report({ rule: 'no-front-matter', place, found: '', allowed, fixed: '---' });
  } else {
    const fixed = /^[\s-]*$/.test(first) ? '---' : `---\n${first}`;
    report({ rule: 'no-front-matter', place: { line: 1, column: 1 }, found: first, allowed, fixed });
  }
}

/** Takes an entry apart; where that fails, says why and returns undefined. */
export function readEntryFile(file: ContentFile, kind: EntryKind, report: Report): EntryFile | undefined {
  const stem = stemOf(file.path);
  const front = splitFrontMatter(file.text);
  if (!front) {
    reportHyphens(file, report);
    return undefined;
  }
  const { data } = front;
  const isSound = front.isPlain || front.document.errors.length + front.document.warnings.length === 0;
  if (isSound && isRecord(data)) return { file, kind, stem, id: asText(data['id']), data, front };

  const { mistakes, mended } = mendYaml(front.yaml);
  for (const { place: { line, column }, ...mistake } of mistakes) report({ ...mistake, place: { line: line + 1, column } });
  if (mended === undefined) return undefined;
  const whole = mended === front.yaml ? front : withYaml(front, mended);
  const fields = whole.data;
  if (!isRecord(fields) || !isMap(whole.document.contents)) {
    const place = { line: 2, column: 1 };
    const allowed = 'fields as "name: value"';
    if (mistakes.length === 0) report({ rule: 'yaml-syntax', place, found: lineOf(file.text, 2), allowed, fixed: null });
    return undefined;
  }
  return { file: mendedFile(file, front, mended), kind, stem, id: asText(fields['id']), data: fields, front: whole };
}
