import { fileURLToPath } from 'node:url';
import { methodSchema, splitFrontMatter } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';

const content = fileURLToPath(new URL('../../content', import.meta.url));

/** The entries of the catalogue, by id. */
export const methodEntries: ReadonlyMap<string, MethodEntry> = new Map(
  readContentFolder(content)
    .filter(({ path }) => path.startsWith('methods/'))
    .map(({ text }) => {
      const entry = methodSchema.parse(splitFrontMatter(text)?.document.toJS());
      return [entry.id, entry];
    }),
);
