import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContentFile } from '../../src/knowledge/index.ts';

/** The files that a new entry changes: its own, and the bibliography with its work. */
export function changedFiles(entry: ContentFile, bibtex: string, files: readonly ContentFile[]): readonly ContentFile[] {
  if (bibtex === '') return [entry];
  const bibliography = files.find(({ path }) => path === 'references.bib')?.text.trimEnd() ?? '';
  return [{ path: 'references.bib', text: `${bibliography}${bibliography === '' ? '' : '\n\n'}${bibtex.trim()}\n` }, entry];
}

/** The folder's files as they would be. */
export function withChanges(files: readonly ContentFile[], changes: readonly ContentFile[]): readonly ContentFile[] {
  const changed = new Set(changes.map(({ path }) => path));
  return [...files.filter(({ path }) => !changed.has(path)), ...changes];
}

/**
 * Writes both or none: each file whole, under another name first; the bibliography is put back if the entry can't be written.
 * @throws where the entry's file exists, since nothing is overwritten
 */
export function writeEntry(root: string, entry: ContentFile, changes: readonly ContentFile[]): void {
  const target = join(root, entry.path);
  if (existsSync(target)) throw new Error(`${target} is there already; nothing was written.`);
  mkdirSync(dirname(target), { recursive: true });
  const bibliography = changes.find(({ path }) => path === 'references.bib');
  const bibliographyFile = join(root, 'references.bib');
  const before = existsSync(bibliographyFile) ? readFileSync(bibliographyFile, 'utf8') : undefined;
  const put = (file: string, text: string, flag: 'w' | 'wx'): void => {
    const temporary = `${file}.new-${process.pid}`;
    try {
      writeFileSync(temporary, text, { flag });
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  };
  if (bibliography) put(bibliographyFile, bibliography.text, 'wx');
  try {
    writeFileSync(target, entry.text, { flag: 'wx' });
  } catch (error) {
    if (bibliography && before !== undefined) put(bibliographyFile, before, 'w');
    throw error;
  }
}
