import { listFormats } from '../../../knowledge/exporters/index.ts';
import type { ListedMethod, MethodList } from '../../../knowledge/exporters/index.ts';
import { valuesOf } from './columns.ts';
import type { Columns, Words, Works } from './columns.ts';
import type { CatalogueFiles } from './files.ts';

interface Taken {
  readonly columns: Columns;
  readonly words: Words;
  readonly works: Works;
  /** Entries by their place in the catalogue, in the order of the list. */
  readonly rows: readonly number[];
  /** The address that shows the list. */
  readonly from: string;
  /** The address of an entry's page. */
  readonly addressOf: (id: string) => string;
}

/** What is asked for. */
export interface Asking {
  readonly columns: Columns;
  readonly files: CatalogueFiles;
  readonly ids: readonly string[];
  /** By its ending, as in `bib`. */
  readonly format: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** The address that shows the list, from the page's own on. */
  readonly from: string;
  readonly base: string;
}

/** Hands entries out as a file. */
export async function takeAway({ columns, files, ids, format, name, from, base }: Asking): Promise<void> {
  const [words, works] = await Promise.all([files.words(), files.works()]);
  const absolute = (address: string): string => new URL(address, location.href).href;
  const rows = ids.map((id) => columns.ids.indexOf(id));
  const list = methodList({ columns, words, works, rows, from: absolute(from), addressOf: (id) => absolute(`${base}methods/${id}/`) });
  handOut(list, format, name);
}

/** The list as the exporters take it. */
function methodList({ columns, words, works, rows, from, addressOf }: Taken): MethodList {
  const facet = new Map(columns.facets.map((each) => [each.id, each]));
  const labels = (id: string, row: number, of: 'labels' | 'values' | 'shorts' = 'labels'): readonly string[] => {
    const own = facet.get(id);
    return own ? valuesOf(own, row).map((place) => own[of]?.[place] ?? '') : [];
  };
  const methods = rows.map((row): ListedMethod => {
    const id = columns.ids[row] ?? '';
    const paper = works.papers[row] ?? '';
    return {
      id,
      name: columns.names[row] ?? '',
      title: words.titles[row] ?? '',
      authors: words.authors[row] ?? [],
      year: Number(labels('year', row)[0]),
      venue: columns.venues.values[columns.venues.rows[row] ?? 0] ?? '',
      family: labels('family', row, 'shorts')[0] ?? '',
      configuration: labels('configuration', row),
      location: labels('location', row),
      operator: labels('operator', row),
      alignment: labels('alignment', row),
      source: labels('source', row, 'values')[0] ?? '',
      modalities: labels('modality', row),
      here: labels('here', row)[0] ?? '',
      code: works.code[row] ?? null,
      summary: words.summaries[row] ?? '',
      address: addressOf(id),
      paper,
      bibtex: works.bibtex[paper] ?? '',
    };
  });
  return { methods, from, licence: works.licence, credit: works.credit };
}

/** Hands a list out as a file. */
function handOut(list: MethodList, ending: string, name: string): void {
  const format = listFormats[ending];
  if (!format) return;
  const address = URL.createObjectURL(new Blob([format.write(list)], { type: `${format.type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
