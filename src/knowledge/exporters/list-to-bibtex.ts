import type { MethodList } from './method-list.ts';

const comment = (text: string): string => `% ${text.replace(/\s+/g, ' ')}`;

/** The papers of a list as BibTeX, each once, in the order of the list; comments say where the list comes from. */
export function listToBibtex({ methods, from, licence, credit }: MethodList): string {
  const works = new Map(methods.map(({ paper, bibtex }) => [paper, bibtex.trim()]));
  const head = [`${works.size} works of the Reprogrammability Atlas: ${from}`, `${licence}. ${credit}`];
  return [...head.map(comment), '', [...works.values()].join('\n\n'), ''].join('\n');
}
