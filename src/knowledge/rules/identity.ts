import type { EntryFile } from '../entry-file.ts';
import { nearest } from '../nearest.ts';
import { placeOfValue } from '../places.ts';
import type { Report } from '../report.ts';

/** The file is named for the id, and the paper is a key of the bibliography. */
export function checkIdentity({ id, data, file, front }: EntryFile, report: Report, works: readonly string[]): void {
  const stem = file.path.replace(/^.*\//, '').replace(/\.md$/, '');
  if (id !== '' && id !== stem) {
    const place = placeOfValue(front, ['id']);
    report({ rule: 'file-name', place, found: id, allowed: `the file's name: ${stem}`, suggestion: stem });
  }
  const { paper } = data;
  if (typeof paper === 'string' && !works.includes(paper)) {
    const place = placeOfValue(front, ['paper']);
    const suggestion = nearest(paper, works);
    report({ rule: 'unknown-work', place, found: paper, allowed: 'a key of references.bib', suggestion });
  }
}
