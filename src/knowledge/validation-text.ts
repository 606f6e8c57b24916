import type { ContentFile } from './content-file.ts';
import type { Coverage } from './coverage.ts';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import { rules } from './finding.ts';
import type { Finding } from './finding.ts';
import { lineOf } from './report.ts';
import type { ValidationReport } from './validate-content.ts';

const kinds = Object.keys(entrySchemas) as readonly EntryKind[];

/** Longer lines are shown around the place only. */
const widest = 120;

/** A line with a caret under a column; tabs become spaces, so that the caret stands right. */
function pointed(line: string, column: number): readonly string[] {
  const from = line.length > widest ? Math.max(0, Math.min(column - 1 - widest / 3, line.length - widest)) : 0;
  const start = Math.floor(from);
  const part = line.slice(start, start + widest).replaceAll('\t', ' ');
  const [before, after] = [start > 0 ? '…' : '', start + widest < line.length ? '…' : ''];
  return [before + part + after, `${' '.repeat(before.length + column - 1 - start)}^`];
}

/** One finding: its line with a caret, then what is wrong and what to write. */
function findingText({ line, column, rule, allowed, suggestion, fixed, found, definition }: Finding, text: string, path: string): string {
  const number = String(line);
  const margin = ' '.repeat(number.length);
  const [shown = '', caret = ''] = pointed(lineOf(text, line), column);
  const write = (fixed ?? '').split('\n').join(`\n${margin} |            `);
  const verb = found === '' ? 'add    ' : 'write  ';
  return [
    `${path}:${line}:${column}  ${rule}: ${rules[rule]}`,
    `  ${number} | ${shown}`,
    `  ${margin} | ${caret}`,
    `  ${margin}   allowed  ${allowed}`,
    ...(suggestion === null ? [] : [`  ${margin}   nearest  ${suggestion}`]),
    ...(fixed === null ? [] : [`  ${margin}   ${verb}  ${fixed === '' ? '(leave the line out)' : write}`]),
    `  ${margin}   see      ${definition}`,
  ].join('\n');
}

/** All findings for people, grouped by file; `folder` goes before the names of files. */
export function findingsText(errors: readonly Finding[], files: readonly ContentFile[], folder: string): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const byFile = Map.groupBy(errors, ({ file }) => file);
  return [...byFile]
    .map(([file, list]) => {
      const text = texts.get(file) ?? '';
      const path = `${folder}/${file}`;
      const head = list.length > 1 ? [`${path}: ${list.length} mistakes`] : [];
      return [...head, ...list.map((finding) => findingText(finding, text, path))].join('\n\n');
    })
    .join('\n\n');
}

const counted = (count: number, kind: EntryKind): string => `${count} ${count === 1 ? kind.slice(0, -1) : kind}`;

/** `241 methods, 3 models read; 0 mistakes`. */
export function summaryText({ byKind, errors }: ValidationReport): string {
  const read = kinds.filter((kind) => byKind[kind] > 0).map((kind) => counted(byKind[kind], kind));
  return `${read.join(', ')} read; ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}`;
}

/** How many sentences say where they come from, in a line. */
export function coverageText({ sentences, cited, recalled, ours }: Coverage): string {
  const share = (count: number): string => (sentences === 0 ? '0 %' : `${Math.round((100 * count) / sentences)} %`);
  return `${sentences} sentences: ${cited} carry a source (${share(cited)}), ${recalled} rest on memory (${share(recalled)}), ${ours} are our own (${share(ours)})`;
}
