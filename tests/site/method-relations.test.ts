import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { lineageOf } from '../../src/site/components/method/lineage.ts';
import { indexRelations, partnerOf, relationGroups, relationKinds } from '../../src/site/components/method/relations.ts';

const entry = (id: string, year: number, lineage: NonNullable<MethodEntry['lineage']>): MethodEntry => ({
  id, name: id.toUpperCase(), title: id, authors: ['A'], year, venue: 'X', paper: 'k', code: 'none found', family: 'MR', kind: 'method',
  modalities: ['image'], summary: id, trainable: { formula: '0' }, reviewed: '2026-01-01', lineage,
});

const ids = [...'abcdefghijklmno'];
const some = fc.subarray(ids, { maxLength: 5 });
/** Entries of which a later one may extend and combine earlier ones, and contrast any. */
const catalogues = fc
  .array(fc.record({ year: fc.integer({ min: 2018, max: 2024 }), extends: some, combines: some, contrasts: some }), { minLength: 2, maxLength: ids.length })
  .map((rows) =>
    rows.map(({ year, ...row }, i) => {
      const among = (list: readonly string[], end: number): string[] => list.filter((id) => ids.indexOf(id) < end && id !== ids[i]);
      return entry(ids[i] ?? '', year, { extends: among(row.extends, i), combines: among(row.combines, i), contrasts: among(row.contrasts, rows.length) });
    }),
  );

const opposite: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(relationKinds).flatMap(({ here, there }) => [[here, there], [there, here]]),
);

test('every relation that a page lists is listed on the other page, under the name that it has there, and only once', () => {
  let examined = 0;
  fc.assert(
    fc.property(catalogues, (entries) => {
      const index = indexRelations(entries);
      for (const { id } of entries) {
        for (const { label, entries: others } of relationGroups(id, index)) {
          assert.equal(new Set(others).size, others.length);
          assert.ok(!others.some((other) => other.id === id));
          for (const other of others) {
            const back = relationGroups(other.id, index).find((group) => group.label === opposite[label]);
            assert.ok(back?.entries.some((each) => each.id === id), `${id} ${label} ${other.id}`);
            examined += 1;
          }
        }
      }
      for (const { id, lineage } of entries) {
        for (const [kind, { here }] of Object.entries(relationKinds)) {
          const stated = Object.entries(lineage ?? {}).flatMap(([name, list]) => (name === kind ? (list ?? []) : []));
          const listed = new Set(relationGroups(id, index).flatMap(({ label, entries: others }) => (label === here ? others.map((other) => other.id) : [])));
          assert.deepEqual(stated.filter((other) => !listed.has(other)), [], `${id} ${kind}`);
        }
      }
    }),
    { numRuns: 80 },
  );
  assert.ok(examined >= 100, `${examined} relations`);
});

test('a lineage shows its subject with what is related to it, no more than it may, and draws no circle', () => {
  let examined = 0;
  fc.assert(
    fc.property(catalogues, fc.integer({ min: 3, max: 12 }), (entries, most) => {
      const index = indexRelations(entries);
      for (const subject of entries) {
        const { nodes, edges, left } = lineageOf(subject, index, most);
        assert.ok(nodes.length <= most && nodes.length >= 1);
        assert.deepEqual(nodes.filter(({ isSubject }) => isSubject).map(({ id }) => id), [subject.id]);
        const shown = new Set(nodes.map(({ id }) => id));
        const related = new Set((index.get(subject.id) ?? []).map((relation) => partnerOf(relation, subject.id).id));
        assert.equal(left, [...related].filter((id) => !shown.has(id)).length);
        const reached = new Set([subject.id]);
        for (const id of reached) for (const { from, to } of edges) if (from === id || to === id) reached.add(from).add(to);
        assert.deepEqual([...shown].sort(), [...reached].sort(), 'a node hangs on nothing');
        for (const { from, to, kind } of edges.filter((edge) => edge.kind !== 'contrasts')) {
          assert.ok(index.get(to)?.some((relation) => relation.kind === kind && relation.from.id === to && relation.to.id === from));
        }
        // Kahn: taking away what nothing leads to takes away everything.
        let rest = edges;
        for (let last = -1; rest.length !== last; ) {
          last = rest.length;
          rest = rest.filter(({ from }) => rest.some((edge) => edge.to === from));
        }
        assert.deepEqual(rest, [], 'a circle');
        examined += edges.length;
      }
    }),
    { numRuns: 60 },
  );
  assert.ok(examined >= 100, `${examined} lines`);
});

test('an entry that nothing is related to has no groups and no lines', () => {
  const alone = entry('a', 2020, {});
  const index = indexRelations([alone, entry('b', 2021, { extends: ['unknown'] })]);
  assert.deepEqual(relationGroups('a', index), []);
  assert.deepEqual(lineageOf(alone, index).edges, []);
});
