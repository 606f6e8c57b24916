import type { EntryFile } from '../entry-file.ts';
import { asText, isRecord, textsOf } from '../entry-file.ts';
import { placeOfValue, spotOfValue } from '../places.ts';
import type { Path } from '../places.ts';
import type { Report } from '../report.ts';
import type { Check } from './check.ts';

const relations = ['extends', 'combines', 'contrasts'] as const;
const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function related({ data }: EntryFile, relation: (typeof relations)[number]): readonly string[] {
  return isRecord(data['lineage']) ? textsOf(data['lineage'][relation]) : [];
}

/** Lists of ids of methods in an entry, with their ways. */
function listsOfMethods({ data }: EntryFile): readonly (readonly [readonly unknown[], Path])[] {
  const inRows = ['terms', 'buildsOn'].flatMap((field) => {
    const rows: readonly unknown[] = Array.isArray(data[field]) ? data[field] : [];
    return rows.map((row, i) => [isRecord(row) ? row['methods'] : undefined, [field, i, 'methods']] as const);
  });
  const lineage = isRecord(data['lineage']) ? data['lineage'] : {};
  const all = [...relations.map((relation) => [lineage[relation], ['lineage', relation]] as const), ...inRows];
  return all.flatMap(([list, path]) => (Array.isArray(list) ? [[list, path] as const] : []));
}

/** Relations and rows lead to methods and concepts of the catalogue; a relation, to another method than its own. */
export const checkRelations: Check = (entry, report, { ids }) => {
  const { front, id, kind, data } = entry;
  for (const [list, path] of listsOfMethods(entry)) {
    const seen = new Set<unknown>();
    for (const [i, other] of list.entries()) {
      if (typeof other !== 'string' || !slug.test(other) || seen.has(other)) continue;
      seen.add(other);
      const isOwn = kind === 'methods' && other === id;
      if (!isOwn && ids.methods.has(other)) continue;
      const { place, source } = spotOfValue(front, [...path, i]);
      const found = source || other;
      const field = String(path[0]);
      const allowed = isOwn ? 'another method than the entry itself' : 'the id of an entry in methods/';
      report({ rule: 'unknown-method', place, found, allowed, suggestion: isOwn ? undefined : ids.methods.nearest(other), field });
    }
  }
  const terms: readonly unknown[] = Array.isArray(data['terms']) ? data['terms'] : [];
  for (const [i, term] of terms.entries()) {
    const concept = isRecord(term) ? term['concept'] : undefined;
    if (typeof concept !== 'string' || !slug.test(concept) || ids.concepts.has(concept)) continue;
    const { place, source } = spotOfValue(front, ['terms', i, 'concept']);
    const allowed = 'the id of an entry in concepts/';
    report({ rule: 'unknown-concept', place, found: source || concept, allowed, suggestion: ids.concepts.nearest(concept), field: 'terms' });
  }
};

type ReportFor = (entry: EntryFile) => Report;

/**
 * The strongly connected parts of the graph of `extends` (Tarjan's algorithm): two ids have the same number where each
 * leads to the other. Linear in entries and relations.
 */
function strongParts(parents: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const part = new Map<string, number>();
  const stack: string[] = [];
  for (const start of parents.keys()) {
    if (order.has(start)) continue;
    const walk: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const { id } = top;
      if (top.next === 0) {
        order.set(id, order.size);
        lowest.set(id, order.size - 1);
        stack.push(id);
      }
      const parent = (parents.get(id) ?? [])[top.next];
      top.next += 1;
      if (parent === undefined) {
        walk.pop();
        const own = lowest.get(id) ?? 0;
        const outer = walk.at(-1)?.id;
        if (outer !== undefined) lowest.set(outer, Math.min(lowest.get(outer) ?? own, own));
        if (own !== order.get(id)) continue;
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          part.set(member, own);
          if (member === id) break;
        }
      } else if (!order.has(parent)) {
        if (parents.has(parent)) walk.push({ id: parent, next: 0 });
      } else if (!part.has(parent)) {
        lowest.set(id, Math.min(lowest.get(id) ?? 0, order.get(parent) ?? 0));
      }
    }
  }
  return part;
}

/** No method extends, directly or not, itself: two methods of which each leads to the other are in one part. */
export function checkCycles(entries: readonly EntryFile[], reportFor: ReportFor): void {
  const parents = new Map(entries.map((entry) => [entry.id, related(entry, 'extends')]));
  const parts = strongParts(parents);
  for (const entry of entries) {
    for (const [i, start] of related(entry, 'extends').entries()) {
      if (start === entry.id || parts.get(start) === undefined || parts.get(start) !== parts.get(entry.id)) continue;
      const place = placeOfValue(entry.front, ['lineage', 'extends', i]);
      const allowed = `a method that doesn't itself extend "${entry.id}"`;
      reportFor(entry)({ rule: 'cycle', place, found: start, allowed, fixed: null, field: 'lineage' });
    }
  }
}

/** No two methods have one name, whatever its capitals. */
export function checkNames(entries: readonly EntryFile[], reportFor: ReportFor): void {
  const owners = new Map<string, string>();
  for (const entry of entries) {
    const name = asText(entry.data['name']).trim();
    const owner = owners.get(name.toLowerCase());
    if (name !== '' && owner !== undefined) {
      const { place, source } = spotOfValue(entry.front, ['name']);
      const allowed = `a name that "${owner}" doesn't have`;
      reportFor(entry)({ rule: 'duplicate-name', place, found: source || name, allowed, fixed: null, field: 'name' });
    } else {
      owners.set(name.toLowerCase(), entry.id);
    }
  }
}
