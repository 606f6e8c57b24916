import { join } from 'node:path';
import { methodSchema, readBibliography, splitFrontMatter } from '../../src/knowledge/index.ts';
import type { Bibliography, ContentFile, MethodEntry } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';

/** What is in a content folder before something new is written into it. */
export interface Catalogue {
  /** The folder. */
  readonly root: string;
  readonly files: readonly ContentFile[];
  /** The entries that can be read; broken ones are the validator's. */
  readonly methods: readonly MethodEntry[];
  readonly bibliography: Bibliography;
}

export function readCatalogue(root: string): Catalogue {
  const files = readContentFolder(root);
  const methods = files
    .filter(({ path }) => /^methods\/[^/]+\.md$/.test(path))
    .flatMap(({ text }) => {
      const { success, data } = methodSchema.safeParse(splitFrontMatter(text)?.document.toJS());
      return success ? [data] : [];
    });
  const bibliography = readBibliography(files.find(({ path }) => path === 'references.bib')?.text ?? '');
  return { root: join(root), files, methods, bibliography };
}
