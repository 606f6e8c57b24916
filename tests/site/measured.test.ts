import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { measuredPlaces, validateContent } from '../../src/knowledge/index.ts';
import type { MeasuredPlace } from '../../src/knowledge/index.ts';
import { quotedCell } from '../../src/site/data/quoted-cell.ts';
import { entryMarkdown } from '../../src/site/markdown/index.ts';
import type { CellOf } from '../../src/site/markdown/index.ts';
import { plainText } from '../../src/site/search/plain-text.ts';
import { spoil, today } from '../knowledge/catalogue.ts';
import { fixtureTable } from '../results/fixtures.ts';

const table = fixtureTable();
const [row] = table.rows;
const [column] = table.columns;
assert.ok(row && column);
const place: MeasuredPlace = { table: table.id, row: row.key, column: column.key };
const written = ({ table: id, row: r, column: c }: MeasuredPlace): string => `:measured[nearly all]{table=${id} row="${r}" column="${c}"}`;

async function html(markdown: string, cellOf?: CellOf): Promise<string> {
  const renderer = await entryMarkdown(new Map(), '/atlas/', cellOf).createRenderer({ syntaxHighlight: false });
  return (await renderer.render(markdown)).code;
}

test("a text quotes a place of a table: its number and unit, with a link to the cell's page below the base", async () => {
  const cell = table.cells[0]?.[0];
  assert.ok(cell?.cellKey);
  const link = parse(await html(`It names ${written(place)} of them.`, (asked) => quotedCell([table], asked))).querySelector('a');
  assert.equal(link?.text, `${cell.text} %`);
  assert.match(link.text, /^\d+\.\d ± \d+\.\d %$/);
  assert.equal(link.getAttribute('href'), `/atlas/results/${table.id}/${cell.cellKey}/`);
  assert.ok(link.getAttribute('title')?.includes(`${row.label} on ${column.label}`));
});

test('every number of a table can be quoted, in any order of the attributes, and what is read is what was meant', async () => {
  let examined = 0;
  for (const [r, each] of table.rows.entries()) {
    for (const [c, at] of table.columns.entries()) {
      if (table.cells[r]?.[c]?.value === null) continue;
      const meant = { table: table.id, row: each.key, column: at.key };
      const names = [`column="${at.key}"`, `table=${table.id}`, `row="${each.key}"`];
      for (const order of [names, names.toReversed()]) assert.deepEqual(measuredPlaces(`See :measured[it]{${order.join(' ')}}.`), [meant]);
      const asked: MeasuredPlace[] = [];
      await html(written(meant), (one) => {
        asked.push(one);
        return quotedCell([table], one);
      });
      assert.deepEqual(asked, [meant]);
      examined += 1;
    }
  }
  assert.ok(examined >= 10, `${examined} places`);
});

test('where there are no records to ask, and in the search, the words stand instead', async () => {
  const markdown = `It names ${written(place)} of them.`;
  assert.equal(parse(await html(markdown)).text.trim(), 'It names nearly all of them.');
  assert.equal(plainText(markdown), 'It names nearly all of them.');
});

test('a place that is not there is an error that names what is', () => {
  const cases: readonly (readonly [Partial<MeasuredPlace>, RegExp])[] = [
    [{ table: 'nowhere' }, new RegExp(`no such table.*"${table.id}"`)],
    [{ row: 'ilm' }, /no such row.*"ilm-vp/],
    [{ column: 'here/there' }, /no such column.*\/mnist"/],
  ];
  for (const [change, message] of cases) assert.throws(() => quotedCell([table], { ...place, ...change }), message);
  const empty = { ...table, cells: table.cells.map((line) => line.map((cell) => ({ ...cell, cellKey: null, value: null, reason: 'no run yet' }))) };
  assert.throws(() => quotedCell([empty], place), /no number stands there \(no run yet\)/);
  assert.throws(() => quotedCell([], place), /There are: none/);
});

test('what the validator lets pass is a place for the site, and what it refuses is none', async () => {
  const right = fc.tuple(fc.constantFrom('table=t', 'table="t"'), fc.constantFrom('row=r', 'row="r,k=1+untrained"', ' row=r'), fc.constantFrom('column=m/t', 'column="m/t/5 clips"'));
  const wrong = fc.array(fc.constantFrom('table=t', 'row=r', 'column=m/t', 'row=r,k=1', 'x=y', 'table=', '#id', 'row="a', ''), { maxLength: 4 });
  const attributes = fc.oneof(right.chain((three) => fc.shuffledSubarray(three, { minLength: 2 })), wrong);
  const label = fc.constantFrom('nearly all', 'almost', 'as good as', '', '98', 'a *b*', 'a:b', ' ');
  let [passed, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(label, attributes, async (words, names) => {
      const text = `Words :measured[${words}]{${names.join(' ')}} here.`;
      const asked: MeasuredPlace[] = [];
      const page = await html(text, (one) => {
        asked.push(one);
        return { text: 'NUMBER', title: 'what', path: 'results/t/k/' };
      });
      const { errors } = validateContent(spoil('methods/beta.md', 'Trains a new last layer.', text), { today });
      if (errors.length > 0) {
        refused += 1;
        return;
      }
      passed += 1;
      assert.deepEqual(measuredPlaces(text), asked);
      assert.equal(asked.length, 1, text);
      assert.ok(page.includes('>NUMBER</a>') && !page.includes('{'), page);
    }),
    { numRuns: 600, seed: 3 },
  );
  assert.ok(passed >= 20 && refused >= 100, `${passed} passed, ${refused} refused`);
});
