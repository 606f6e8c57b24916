import type { Columns, Words, Works } from './columns.ts';

interface Belonging {
  readonly schema: string;
  readonly of: string;
}

/** The data of the catalogue, each file fetched once, when it is first asked for. */
export interface CatalogueFiles {
  columns(): Promise<Columns>;
  words(): Promise<Words>;
  works(): Promise<Works>;
}

/** @throws {Error} from each, with a sentence for people, where a file can't be had or belongs to another edition */
export function catalogueFiles(base: string): CatalogueFiles {
  const asked = new Map<string, Promise<unknown>>();
  const get = <T extends Belonging>(name: string, schema: T['schema']): Promise<T> => {
    const read = async (): Promise<T> => {
      const response = await fetch(`${base}data/${name}.json`).catch(() => undefined);
      if (!response?.ok) throw new Error(`The file data/${name}.json can't be had now, so the table stays as it is; try again, or reload the page.`);
      const file: T = await response.json();
      if (file.schema !== schema) throw new Error('The catalogue has changed its form; reload the page.');
      return file;
    };
    const reading = asked.get(name) ?? read();
    asked.set(name, reading);
    reading.catch(() => asked.delete(name));
    return reading as Promise<T>;
  };
  const columns = (): Promise<Columns> => get<Columns>('facets', 'atlas-facets/1');
  const beside = async <T extends Belonging>(name: string, schema: T['schema']): Promise<T> => {
    const [{ of }, file] = await Promise.all([columns(), get<T>(name, schema)]);
    if (file.of !== of) throw new Error('The catalogue has changed since this page was opened; reload it.');
    return file;
  };
  return {
    columns,
    words: () => beside<Words>('words', 'atlas-words/1'),
    works: () => beside<Works>('bibtex', 'atlas-works/1'),
  };
}
