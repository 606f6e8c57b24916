import type { ContentFile } from '../content-file.ts';
import { entrySchemas } from '../entry.ts';
import type { EntryKind } from '../entry.ts';
import { nearest } from '../nearest.ts';
import type { Report } from '../report.ts';

const kinds = Object.keys(entrySchemas);
/** Files of the content folder that hold no entry. */
const others = ['README.md', 'references.bib'];

/** A file is UTF-8: a sign that stands for what could not be read is in none. */
export function checkEncoding({ text }: ContentFile, report: Report): void {
  const at = text.search(/[\ufffd\0]/);
  if (at < 0) return;
  const before = text.slice(0, at).replace(/^\ufeff/, '').split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  const found = /^\S+/.exec(text.slice(at))?.[0] ?? '';
  report({ rule: 'not-utf8', place, found, allowed: 'text saved as UTF-8', fixed: null });
}

/** A Markdown file stands right in the folder of its kind, and the bibliography is references.bib. */
export function checkLocation({ path }: ContentFile, kind: EntryKind | undefined, report: Report): void {
  if (kind !== undefined || others.includes(path)) return;
  const place = { line: 1, column: 1 };
  const name = path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const folder = path.includes('/') ? nearest(path.replace(/\/.*$/, ''), kinds) : undefined;
  const suggestion = path.endsWith('.bib') ? 'references.bib' : folder && `${folder}/${name}.md`;
  const allowed = `${kinds.map((each) => `${each}/<id>.md`).join(', ')}, ${others.join(', ')}`;
  report({ rule: 'misplaced-file', place, found: path, allowed, suggestion, fixed: null });
}
