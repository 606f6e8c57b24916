import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrangeTable, tableToCsv, tableToJson, tableToLatex, tableToMarkdown } from '../../src/results/index.ts';
import { rearrange } from '../../src/site/islands/results/rearrange.ts';
import { fixtureTable } from '../results/fixtures.ts';

const writers = { csv: tableToCsv, json: tableToJson, md: tableToMarkdown, tex: tableToLatex };

test('a file in the order shown is what the exporter would have written for it', () => {
  const table = fixtureTable();
  const keys = table.rows.map(({ key }) => key);
  const places = keys.map((_, i) => i);
  let examined = 0;
  fc.assert(
    fc.property(fc.shuffledSubarray(places, { minLength: places.length }), (shown) => {
      const arranged = arrangeTable(table, { rows: shown.map((i) => keys[i] ?? '') });
      for (const [ending, write] of Object.entries(writers)) {
        assert.equal(rearrange(write(table), ending, shown), write(arranged), ending);
        examined += 1;
      }
    }),
    { numRuns: 40 },
  );
  assert.equal(examined, 160);
  assert.equal(rearrange('{"a":1}\n{"b":2}\n', 'jsonl', [1, 0]), '{"a":1}\n{"b":2}\n', 'records keep their order');
});
