import type { EntryFile } from '../entry-file.ts';
import { asText, isRecord, textsOf } from '../entry-file.ts';
import { nearest } from '../nearest.ts';
import { placeOfValue } from '../places.ts';
import type { Report } from '../report.ts';

const relations = ['extends', 'combines', 'contrasts'] as const;

function related({ data }: EntryFile, relation: (typeof relations)[number]): readonly string[] {
  return isRecord(data['lineage']) ? textsOf(data['lineage'][relation]) : [];
}

/** Relations lead to other methods of the catalogue. */
export function checkRelations(entry: EntryFile, report: Report, ids: readonly string[]): void {
  for (const relation of relations) {
    for (const [i, other] of related(entry, relation).entries()) {
      const place = placeOfValue(entry.front, ['lineage', relation, i]);
      if (other === entry.id) {
        const allowed = 'another method than the entry itself';
        report({ rule: 'unknown-method', place, found: other, allowed, fixed: null });
      } else if (!ids.includes(other)) {
        const allowed = 'the id of an entry in methods/';
        report({ rule: 'unknown-method', place, found: other, allowed, suggestion: nearest(other, ids) });
      }
    }
  }
}

/** Everything that `start` extends, directly or not, itself included. */
function ancestors(start: string, parents: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(parents.get(id) ?? []));
  }
  return seen;
}

/** No method extends, directly or not, itself. */
export function checkCycles(entries: readonly EntryFile[], reportFor: (entry: EntryFile) => Report): void {
  const parents = new Map(entries.map((entry) => [entry.id, related(entry, 'extends')]));
  for (const entry of entries) {
    for (const [i, start] of related(entry, 'extends').entries()) {
      if (start === entry.id || !ancestors(start, parents).has(entry.id)) continue;
      const place = placeOfValue(entry.front, ['lineage', 'extends', i]);
      const allowed = `a method that doesn't itself extend "${entry.id}"`;
      reportFor(entry)({ rule: 'cycle', place, found: start, allowed, fixed: null });
    }
  }
}

/** No two methods have one name, whatever its capitals. */
export function checkNames(entries: readonly EntryFile[], reportFor: (entry: EntryFile) => Report): void {
  const owners = new Map<string, string>();
  for (const entry of entries) {
    const name = asText(entry.data['name']);
    const owner = owners.get(name.toLowerCase());
    if (name !== '' && owner !== undefined) {
      const place = placeOfValue(entry.front, ['name']);
      const allowed = `a name that "${owner}" doesn't have`;
      reportFor(entry)({ rule: 'duplicate-name', place, found: name, allowed, fixed: null });
    } else {
      owners.set(name.toLowerCase(), entry.id);
    }
  }
}
