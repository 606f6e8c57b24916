import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergePairs } from '../../src/text/merge-pairs.ts';
import type { FindMerge } from '../../src/text/merge-pairs.ts';

/** Byte-pair encoding as it is defined: look through all pairs, merge the leftmost of the lowest rank, start again. */
function mergedPlainly(word: readonly number[], find: FindMerge): readonly number[] {
  let ids = [...word];
  for (;;) {
    let best = { rank: Infinity, id: -1, at: -1 };
    for (let at = 0; at + 1 < ids.length; at++) {
      const merge = find(ids[at] ?? -1, ids[at + 1] ?? -1);
      if (merge && merge.rank < best.rank) best = { ...merge, at };
    }
    if (best.at < 0) return ids;
    ids = [...ids.slice(0, best.at), best.id, ...ids.slice(best.at + 2)];
  }
}

const letters = 2;

/** Random merges of letters and of what earlier merges made; `levels` ranks, so that small ones have ties. */
const someMerges = (levels: number): fc.Arbitrary<FindMerge> =>
  fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(levels - 1)), { minLength: 1, maxLength: 30 }).map((drawn) => {
    const merges = new Map<string, { rank: number; id: number }>();
    drawn.forEach(([left, right, rank], index) => {
      const known = letters + index;
      const key = `${left % known} ${right % known}`;
      if (!merges.has(key)) merges.set(key, { rank: levels > 1000 ? index : rank, id: known });
    });
    return (left, right) => merges.get(`${left} ${right}`);
  });

test('the queue gives what looking through all pairs again and again gives', () => {
  let merged = 0;
  for (const levels of [3, 10_000]) {
    fc.assert(
      fc.property(fc.array(fc.nat(letters - 1), { minLength: 20, maxLength: 80 }), someMerges(levels), (word, find) => {
        const ids = mergePairs(word, find);
        assert.deepEqual(ids, mergedPlainly(word, find));
        merged += word.length - ids.length;
      }),
      { numRuns: 500 },
    );
  }
  assert.ok(merged > 1000);
});

test('the word that is given stays as it was', () => {
  const word = [0, 1, 0, 1];
  assert.deepEqual(mergePairs(word, (left, right) => (left === 0 && right === 1 ? { rank: 0, id: 7 } : undefined)), [7, 7]);
  assert.deepEqual(word, [0, 1, 0, 1]);
});
