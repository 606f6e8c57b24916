import { statedClass } from '../../../knowledge/index.ts';
import type { MethodEntry } from '../../../knowledge/index.ts';
import type { EdgeKind, GraphEdge, GraphNode } from '../../plots/graph/draw-graph.ts';
import { partnerOf } from './relations.ts';
import type { Relation, RelationIndex } from './relations.ts';

/** How relations are drawn: from the earlier work to the later. */
export const lineageKinds = {
  extends: { words: 'is extended by', style: 'arrow' },
  combines: { words: 'is combined in', style: 'dotted arrow' },
  contrasts: { words: 'contrasts with', style: 'dashed' },
} as const satisfies Readonly<Record<Relation['kind'], EdgeKind>>;

export interface Lineage {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Related entries that the picture leaves out. */
  readonly left: number;
}

const kinds = Object.keys(lineageKinds);
const isContrast = ({ kind }: Relation): boolean => kind === 'contrasts';

function byYear(a: Relation, b: Relation): number {
  return a.from.year + a.to.year - b.from.year - b.to.year || a.from.name.localeCompare(b.from.name, 'en') || a.to.name.localeCompare(b.to.name, 'en');
}

const byKind = (a: Relation, b: Relation): number => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byYear(a, b);

/** Relations taken in turn from each kind and direction, so that none of them crowds out the rest. */
function inTurn(relations: readonly Relation[], entry: MethodEntry): readonly Relation[] {
  const groups = Map.groupBy(relations.toSorted(byYear), ({ kind, from }) => `${kind} ${from === entry ? 'here' : 'there'}`);
  const longest = Math.max(0, ...[...groups.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => [...groups.values()].flatMap((group) => group[turn] ?? [])).flat();
}

/** Those of the relations, in order, that join on to what is drawn already, with at most `most` entries. */
function chooseFrom(relations: readonly Relation[], start: MethodEntry, most: number): readonly Relation[] {
  const shown = new Set([start]);
  return relations.filter((relation) => {
    const fresh = [relation.from, relation.to].filter((end) => !shown.has(end));
    if (fresh.length === 2 || shown.size + fresh.length > most) return false;
    for (const end of fresh) shown.add(end);
    return true;
  });
}

/** The second steps along "extends", away from an entry. */
function secondSteps(own: readonly Relation[], entry: MethodEntry, index: RelationIndex): readonly Relation[] {
  const steps = own.flatMap((first) => {
    const next = partnerOf(first, entry.id);
    const isFurther = ({ kind, from, to }: Relation): boolean => kind === 'extends' && (first.to === next ? from : to) === next;
    return first.kind === 'extends' ? (index.get(next.id) ?? []).filter(isFurther) : [];
  });
  return [...new Set(steps)].toSorted(byYear);
}

/** Whether relations lead from one entry to another, later one. */
function leads(from: MethodEntry, to: MethodEntry, relations: readonly Relation[]): boolean {
  const reached = new Set([from]);
  for (const each of reached) for (const relation of relations) if (relation.to === each) reached.add(relation.from);
  return from !== to && reached.has(to);
}

/**
 * An entry with everything that it is related to, and a second step along "extends" in both directions; at most `most`
 * nodes, of which the second steps take what the first leave. Where two entries are related otherwise too, seeing them
 * side by side goes without a line.
 */
export function lineageOf(entry: MethodEntry, index: RelationIndex, most = 12): Lineage {
  const own = inTurn(index.get(entry.id) ?? [], entry);
  const kin = new Set(own.flatMap((relation) => (isContrast(relation) ? [] : [partnerOf(relation, entry.id)])));
  const direct = own.filter((relation) => !isContrast(relation) || !kin.has(partnerOf(relation, entry.id)));
  const drawn = chooseFrom([...direct, ...secondSteps(own, entry, index)], entry, most).toSorted(byKind);
  const shown = new Set([entry, ...drawn.flatMap(({ from, to }) => [from, to])]);
  const lines = drawn.filter((relation) => !isContrast(relation));
  /** Works seen side by side stand as the other relations place them, else by year. */
  const isEarlier = (a: MethodEntry, b: MethodEntry): boolean =>
    leads(a, b, lines) || (!leads(b, a, lines) && (a.year < b.year || (a.year === b.year && a === entry)));
  return {
    nodes: [...shown].map((each) => ({
      id: each.id,
      label: each.name,
      note: String(each.year),
      path: `methods/${each.id}/`,
      class: statedClass(each) ?? null,
      isSubject: each === entry,
    })),
    edges: drawn.map((relation) => {
      const [first, second] = isContrast(relation) && isEarlier(relation.from, relation.to) ? [relation.from, relation.to] : [relation.to, relation.from];
      return { from: first.id, to: second.id, kind: relation.kind };
    }),
    left: new Set(own.flatMap((relation) => partnerOf(relation, entry.id)).filter((each) => !shown.has(each))).size,
  };
}
