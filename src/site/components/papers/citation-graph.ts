import { shortCitation, statedClass } from '../../../knowledge/index.ts';
import type { MethodEntry, PaperEntry, Work } from '../../../knowledge/index.ts';
import type { EdgeKind, GraphEdge, GraphNode } from '../../plots/graph/draw-graph.ts';

/** How the relations of a citation graph are called and drawn. */
export const citationKinds: Readonly<Record<string, EdgeKind>> = {
  foundation: { words: 'is taken up by', style: 'arrow' },
  extension: { words: 'is extended or used by', style: 'dotted arrow' },
};

/**
 * A paper and the works it builds on. A work stands under the names of its entries, where the catalogue has any, and leads
 * to the first of them, else to its line in the bibliography. Between works stand the relations that their entries state.
 *
 * @throws {Error} where a work or an entry that the paper names isn't there.
 */
export function citationGraph(
  paper: PaperEntry,
  works: ReadonlyMap<string, Work>,
  methods: ReadonlyMap<string, MethodEntry>,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  const entriesOf = (ids: readonly string[]): readonly MethodEntry[] =>
    ids.map((id) => {
      const entry = methods.get(id);
      if (!entry) throw new Error(`content/papers/${paper.id}.md builds on the method "${id}", which has no entry.`);
      return entry;
    });
  const sources = paper.buildsOn.map(({ work, methods: ids = [] }) => ({ work, ids, entries: entriesOf(ids) }));
  const nodes = sources.map(({ work: key, entries }): GraphNode => {
    const work = works.get(key);
    if (!work) throw new Error(`content/papers/${paper.id}.md builds on "${key}", which references.bib doesn't have.`);
    const [first] = entries;
    const note = work.year === undefined ? undefined : String(work.year);
    return first
      ? { id: key, label: entries.map(({ name }) => name).join(', '), note, path: `methods/${first.id}/`, class: statedClass(first) ?? null }
      : { id: key, label: shortCitation(work).replace(/ \d{4}/, ''), note, path: `papers/all/#${key}` };
  });
  const own = works.get(paper.paper);
  const subject: GraphNode = { id: paper.paper, label: own ? shortCitation(own) : paper.title, isSubject: true };
  const foundations = sources.map(({ work }) => ({ from: work, to: paper.paper, kind: 'foundation' }));
  const extensions = sources.flatMap(({ work: to, entries }) => {
    const parents = new Set(entries.flatMap(({ lineage }) => [...(lineage?.extends ?? []), ...(lineage?.combines ?? [])]));
    return sources
      .filter(({ work, ids }) => work !== to && ids.some((id) => parents.has(id)))
      .map(({ work: from }) => ({ from, to, kind: 'extension' }));
  });
  return { nodes: [...nodes, subject], edges: [...foundations, ...extensions] };
}
