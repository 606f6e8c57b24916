import type { Catalogue } from '../../../knowledge/index.ts';

/** A page of the site that rests on a work. */
export interface CitingPage {
  readonly label: string;
  /** Address within the site. */
  readonly path: string;
}

const citation = /:cite\[([^\]]*)\]/g;

function keysIn(text: string): readonly string[] {
  return [...text.matchAll(citation)].flatMap(([, keys = '']) => keys.split(',').map((key) => key.trim()));
}

/**
 * For each work of the bibliography the pages that cite it, in their text or as their paper, source or foundation: methods,
 * then concepts, papers, models, tasks.
 */
export function citingPages(catalogue: Catalogue): ReadonlyMap<string, readonly CitingPage[]> {
  const { methods, concepts, papers, models, tasks, works } = catalogue;
  const found = new Map<string, CitingPage[]>([...works.keys()].map((key) => [key, []]));
  const note = (page: CitingPage, text: string, others: readonly (string | undefined)[]): void => {
    for (const key of new Set([...others, ...keysIn(text)])) if (key !== undefined) found.get(key)?.push(page);
  };
  for (const { data, text } of methods) {
    note({ label: data.name, path: `methods/${data.id}/` }, text, [data.paper, ...(data.trainable.reported ?? []).map(({ source }) => source)]);
  }
  for (const { data, text } of concepts) {
    note({ label: data.title, path: `concepts/${data.id}/` }, text, (data.terms ?? []).map(({ source }) => source));
  }
  for (const { data, text } of papers) {
    const label = `${data.title.split(':')[0] ?? data.title}, explained`;
    note({ label, path: `papers/${data.id}/` }, text, [data.paper, ...data.buildsOn.map(({ work }) => work)]);
  }
  for (const { data, text } of models) {
    note({ label: data.title, path: `models/${data.id}/` }, text, [data.paper, ...(data.accuracy ?? []).map(({ source }) => source)]);
  }
  for (const { data, text } of tasks) note({ label: data.title, path: `tasks/${data.id}/` }, text, [data.paper]);
  return found;
}
