import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ContentFile } from './content-file.ts';

/** Thrown where a content folder, or a file of it, can't be read; the message is for people. */
export class ContentFolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ContentFolderError';
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
};

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    throw new ContentFolderError(`${what} can't be read: ${reason}.`);
  }
}

const isContent = /\.(?:md|mdx|markdown|bib)$/i;

/**
 * All Markdown and BibTeX files below a content folder, sorted by path; folders whose names start with a dot are left out.
 * @throws ContentFolderError where the folder or one of these files can't be read
 */
export function readContentFolder(root: string): readonly ContentFile[] {
  const found = reading(`The folder "${root}"`, () => readdirSync(root, { recursive: true, withFileTypes: true }));
  return found
    .map((item) => ({ item, path: relative(root, join(item.parentPath, item.name)).replaceAll('\\', '/') }))
    .filter(({ item, path }) => isContent.test(path) && !/(?:^|\/)\./.test(path) && !item.isDirectory())
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ item, path }) => {
      const file = join(root, path);
      const isFile = item.isFile() || reading(`The file "${file}"`, () => statSync(file).isFile());
      return isFile ? [{ path, text: reading(`The file "${file}"`, () => readFileSync(file, 'utf8')) }] : [];
    });
}
