import type { EntryFile } from '../entry-file.ts';
import { nearest } from '../nearest.ts';
import type { Report } from '../report.ts';

const tags = [
  'a', 'audio', 'base', 'button', 'div', 'embed', 'form', 'iframe', 'img', 'input', 'link', 'math', 'meta', 'noscript',
  'object', 'p', 'script', 'span', 'style', 'svg', 'table', 'template', 'video',
];
const unsafe = new RegExp(`</?(?:${tags.join('|')})\\b[^>]*>?|\\b(?:javascript|vbscript|data:text/html):?`, 'i');
const citation = /:cite\[([^\]]*)\]/g;

const withoutCode = (line: string): string => line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));

/** Something to read besides headings and citations. */
function hasText(lines: readonly string[]): boolean {
  return lines.some((line) => /[\p{L}\p{N}]{2}/u.test(line.replace(/^#+.*$/, '').replace(citation, '')));
}

/** The text below the front matter: there, without tags or scripts, with citations that exist. */
export function checkBody({ front }: EntryFile, report: Report, works: readonly string[]): void {
  const lines = front.body.split('\n');
  let isFenced = false;
  for (const [i, line] of lines.entries()) {
    if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
    if (isFenced) continue;
    const shown = withoutCode(line);
    const at = front.bodyLine + i;
    const tag = unsafe.exec(shown);
    if (tag) {
      const allowed = 'Markdown without tags; links with https:// or a path';
      report({ rule: 'unsafe-html', place: { line: at, column: tag.index + 1 }, found: tag[0], allowed, fixed: null });
    }
    for (const match of shown.matchAll(citation)) {
      for (const key of (match[1] ?? '').split(',').map((part) => part.trim())) {
        if (works.includes(key)) continue;
        const place = { line: at, column: line.indexOf(key, match.index) + 1 };
        const suggestion = nearest(key, works);
        report({ rule: 'unknown-work', place, found: key, allowed: 'a key of references.bib', suggestion });
      }
    }
  }
  if (!hasText(lines)) {
    const place = { line: front.closingLine, column: 1 };
    report({ rule: 'empty-body', place, found: '', allowed: 'at least one sentence below the front matter', fixed: null });
  }
}
