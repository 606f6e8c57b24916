import type { MethodEntry } from '../../../knowledge/index.ts';

/** The relations that an entry may state, with what they are called on its page and on the other one's. */
export const relationKinds = {
  extends: { here: 'Extends', there: 'Extended by' },
  combines: { here: 'Combines', there: 'Combined in' },
  contrasts: { here: 'Contrasts with', there: 'Contrasts with' },
} as const;
export type RelationKind = keyof typeof relationKinds;

/** One relation between two entries: `from` states it. */
export interface Relation {
  readonly kind: RelationKind;
  readonly from: MethodEntry;
  readonly to: MethodEntry;
}

/** Every relation of a catalogue, found from both its ends. */
export type RelationIndex = ReadonlyMap<string, readonly Relation[]>;

const kinds = Object.keys(relationKinds) as readonly RelationKind[];

/** Indexes what the entries state, by the ids of both ends; two entries that state the same contrast have one. */
export function indexRelations(entries: readonly MethodEntry[]): RelationIndex {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const index = new Map<string, Relation[]>();
  const add = (id: string, relation: Relation): void => {
    const own = index.get(id);
    if (own) own.push(relation);
    else index.set(id, [relation]);
  };
  for (const from of entries) {
    for (const kind of kinds) {
      for (const id of new Set(from.lineage?.[kind] ?? [])) {
        const to = byId.get(id);
        const isRepeat = kind === 'contrasts' && index.get(from.id)?.some((each) => each.kind === kind && each.from === to);
        if (!to || to === from || isRepeat) continue;
        add(from.id, { kind, from, to });
        add(to.id, { kind, from, to });
      }
    }
  }
  return index;
}

/** The other end of a relation. */
export function partnerOf({ from, to }: Relation, id: string): MethodEntry {
  return from.id === id ? to : from;
}

/** Entries that stand in one relation to another, under its name there. */
export interface RelationGroup {
  readonly label: string;
  readonly entries: readonly MethodEntry[];
}

const byYear = (a: MethodEntry, b: MethodEntry): number => a.year - b.year || a.name.localeCompare(b.name, 'en');

/** What stands in a relation to an entry, by the name of the relation, the older first; groups without a member are left out. */
export function relationGroups(id: string, index: RelationIndex): readonly RelationGroup[] {
  const own = index.get(id) ?? [];
  const labels = [...new Set(kinds.flatMap((kind) => [relationKinds[kind].here, relationKinds[kind].there]))];
  return labels.flatMap((label) => {
    const found = own.filter(({ kind, from }) => relationKinds[kind][from.id === id ? 'here' : 'there'] === label);
    const entries = [...new Set(found.map((relation) => partnerOf(relation, id)))].toSorted(byYear);
    return entries.length === 0 ? [] : [{ label, entries }];
  });
}
