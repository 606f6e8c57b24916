import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import {
  arrangeTable,
  buildTable,
  costColumns,
  matchByContent,
  mcNemar,
  rankText,
  sealRecord,
  tableMetric,
  tableToCsv,
  tableToHtml,
  tableToJson,
  tableToLatex,
  tableToMarkdown,
  wilsonInterval,
} from '../../src/results/index.ts';
import type { RunRecord, Table, TableCell, TableDefinition } from '../../src/results/index.ts';
import { fixtureDefinition, fixtureRecord, fixtureRecords, fixtureTable } from './fixtures.ts';
import type { FixtureMethod } from './fixtures.ts';

function cellOf(table: Table, row: string, column: string): TableCell {
  const cell = table.cells.flat().find(({ rowKey, columnKey }) => rowKey === row && columnKey === column);
  assert.ok(cell, `${row} × ${column}`);
  return cell;
}

/** One column over methods a, b, c … whose test items have the given outcomes per seed. */
function column(outcomes: Readonly<Record<string, readonly (readonly number[])[]>>): Table {
  const methods = Object.keys(outcomes).map(
    (id): FixtureMethod => ({ id, name: id, family: 'MR', accuracy: 0.5, trainable: 1 }),
  );
  const definition: TableDefinition = {
    id: 'column',
    title: 'One column',
    question: 'Which entries share a rank?',
    rows: methods.map(({ id }) => ({ key: id, label: id, methodId: id, options: {}, family: 'MR' })),
    columns: [{ key: 'mnist', modelId: 'world-vit', taskId: 'mnist', label: 'MNIST' }],
    match: ({ method }) => ({ rowKey: method.id, columnKey: 'mnist' }),
  };
  const records = methods.flatMap((method) =>
    (outcomes[method.id] ?? []).map((correct, i) => fixtureRecord({ method, seed: i + 1, correct })),
  );
  return buildTable(definition, records);
}

/** 100 items of which the first `right` are right. */
function items(right: number): readonly number[] {
  return Array.from({ length: 100 }, (_, i) => Number(i < right));
}

const ranksOf = (table: Table): readonly string[] => table.cells.flat().map(rankText);

test('entries that paired tests cannot separate share a rank', () => {
  const clear = column({
    a: [80, 81, 79, 82, 80].map(items),
    b: [70, 71, 70, 72, 71].map(items),
    c: [50, 52, 49, 51, 50].map(items),
  });
  assert.deepEqual(ranksOf(clear), ['1', '2', '3']);
  const shared = column({
    a: [80, 81, 79, 82, 80].map(items),
    b: [81, 79, 80, 81, 81].map(items),
    c: [50, 52, 49, 51, 50].map(items),
  });
  assert.deepEqual(ranksOf(shared), ['1–2', '1–2', '3']);
  const overlapping = column({
    a: [80, 81, 79, 82, 80].map(items),
    b: [79, 73, 80, 71, 81].map(items),
    c: [74, 73, 72, 75, 74].map(items),
  });
  assert.deepEqual(ranksOf(overlapping), ['1–2', '1–3', '2–3']);
});

test('each entry has its distance to the best of its column, and whether the tests tell the two apart', () => {
  const table = column({
    a: [79, 73, 80, 71, 81].map(items),
    b: [80, 81, 79, 82, 80].map(items),
    c: [50, 52, 49, 51, 50].map(items),
  });
  const [a, b, c] = table.cells.flat().map(({ gap }) => gap);
  assert.deepEqual(b, { difference: 0, isSeparable: false });
  assert.ok(a && !a.isSeparable && Math.abs(a.difference - -0.036) < 1e-12, JSON.stringify(a));
  assert.ok(c?.isSeparable && Math.abs(c.difference - -0.3) < 1e-12, JSON.stringify(c));
  let examined = 0;
  for (const { comparisons, cells, columns } of [table, fixtureTable()]) {
    for (const { key } of columns) {
      const own = cells.flat().filter(({ columnKey, gap }) => columnKey === key && gap !== null);
      const best = own.find(({ gap }) => gap?.difference === 0 && !gap.isSeparable);
      for (const { rowKey, gap, value } of own) {
        const pair = comparisons.find(
          ({ columnKey, first, second }) => columnKey === key && [first, second].includes(rowKey) && [first, second].includes(best?.rowKey ?? '') && first !== second,
        );
        assert.ok((value ?? 1) <= (best?.value ?? 0), rowKey);
        assert.ok(rowKey === best?.rowKey || (pair && (pair.verdict !== 0) === gap?.isSeparable), rowKey);
        examined++;
      }
    }
  }
  assert.ok(examined > 20, `${examined} entries`);
});

test('a pair is tested on the seeds and items that both have', () => {
  const paired = column({ a: [60, 70, 80, 65, 75].map(items), b: [58, 68, 77, 63, 73].map(items) });
  assert.equal(paired.comparisons[0]?.test, 'paired-t');
  assert.equal(paired.comparisons[0]?.pairs, 5);
  assert.deepEqual(ranksOf(paired), ['1', '2'], 'seeds differ by 20 points, the pairs by a steady 2');
  const noSpread = column({ a: [60, 70, 80].map(items), b: [56, 66, 76].map(items) });
  assert.equal(noSpread.comparisons[0]?.test, 'mcnemar');
  assert.equal(noSpread.comparisons[0]?.p, mcNemar(12, 0).exactP);
  const one = column({ a: [items(60)], b: [items(58)] });
  assert.equal(one.comparisons[0]?.test, 'mcnemar');
  assert.equal(one.comparisons[0]?.p, mcNemar(2, 0).exactP);
  assert.deepEqual(ranksOf(one), ['1–2', '1–2']);
  const otherItems = column({
    a: [80, 81, 79].map(items),
    b: [40, 41, 39].map((right) => [...items(right), ...items(right)]),
  });
  assert.equal(otherItems.comparisons[0]?.test, 'welch');
  assert.deepEqual(ranksOf(otherItems), ['1', '2']);
});

test('identical entries always share their rank, and every rank interval is possible', () => {
  const entry = fc.array(fc.integer({ min: 30, max: 90 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (entries) => {
      const named = [...entries, ...entries.slice(0, 1)].map((rights, i) => [`m${i}`, rights.map(items)] as const);
      const table = column(Object.fromEntries(named));
      const ranks = table.cells.flat().map(({ rank }) => rank);
      assert.deepEqual(ranks[0], ranks.at(-1));
      for (const rank of ranks) {
        assert.ok(rank && rank.best >= 1 && rank.best <= rank.worst && rank.worst <= named.length);
      }
      assert.ok(ranks.some((rank) => rank?.best === 1));
    }),
    { numRuns: 40 },
  );
});

test('a single run gets the binomial interval of its test items, and a note says so', () => {
  const table = column({ a: [items(62)] });
  const cell = cellOf(table, 'a', 'mnist');
  const wilson = wilsonInterval(62, 100);
  assert.ok(wilson);
  assert.deepEqual(cell.interval, [wilson.low, wilson.high]);
  assert.equal(cell.intervalKind, 'wilson');
  assert.equal(cell.text, '62.0 [52.2, 70.9]');
  assert.equal(cell.n, 1);
  assert.ok(table.notes.some((note) => note.includes('Wilson')));
});

/** One column of harmonic means over seeds; the shares that they are computed from say nothing here. */
function harmonic(values: Readonly<Record<string, readonly number[]>>): Table {
  const metric = tableMetric('harmonic mean');
  assert.ok(metric);
  const ids = Object.keys(values);
  const records = ids.flatMap((id) =>
    (values[id] ?? []).map((value, i) => {
      const record = fixtureRecord({ method: { id, name: id, family: 'PT', accuracy: 0.5, trainable: 1 }, seed: i + 1 });
      assert.ok(record.status === 'done');
      const { run: _, id: __, ...body } = record;
      const metrics = [...record.result.metrics, { name: 'harmonic mean', split: 'test' as const, value, n: 300 }];
      return sealRecord({ ...body, result: { ...record.result, metrics } });
    }),
  );
  const rows = ids.map((id) => ({ key: id, label: id, methodId: id, options: {}, family: 'PT' as const }));
  const columns = [{ key: 'mnist', modelId: 'world-vit', taskId: 'mnist', label: 'MNIST' }];
  return buildTable({ id: 'column', title: 'One column', question: '?', rows, columns, match: matchByContent(rows, columns), metric }, records);
}

test('a table of harmonic means ranks by the seeds alone: no item was right or wrong by itself', () => {
  const table = harmonic({ a: [0.8, 0.81, 0.79], b: [0.7, 0.71, 0.68], c: [0.5, 0.53, 0.5] });
  assert.equal(cellOf(table, 'a', 'mnist').value?.toFixed(4), '0.8000');
  assert.deepEqual(ranksOf(table), ['1', '2', '3']);
  assert.ok(table.comparisons.every(({ test: by }) => by === 'paired-t'));
  assert.ok(table.notes.some((note) => note.includes('no share of the items')));
  assert.ok(!table.notes.some((note) => note.includes('McNemar')));
});

test('a harmonic mean of one run has no interval, and without spread over seeds nothing tells two apart', () => {
  const single = harmonic({ a: [0.62], b: [0.1] });
  assert.deepEqual(single.cells.flat().map(({ interval, text }) => [interval, text]), [[null, '62.0'], [null, '10.0']]);
  assert.deepEqual(ranksOf(single), ['1–2', '1–2']);
  const constant = harmonic({ a: [0.75, 0.5, 0.25], b: [0.5, 0.25, 0] });
  assert.deepEqual(constant.comparisons.map(({ test: by, p }) => [by, p]), [['none', null]]);
});

test('a cell is a query over records: its numbers, seeds, ids and provenance are those of the runs', () => {
  const table = fixtureTable();
  const records = new Map(fixtureRecords().map((record) => [record.id, record]));
  let examined = 0;
  for (const cell of table.cells.flat()) {
    if (cell.status !== 'ok') continue;
    const runs = cell.records.map((id) => records.get(id));
    const values = runs.map((run) => (run?.status === 'done' ? run.result.metrics[0]?.value : undefined));
    assert.ok(cell.value !== null && values.length === 5);
    assert.ok(Math.abs(cell.value - values.reduce((total: number, value) => total + (value ?? Number.NaN), 0) / 5) < 1e-12);
    assert.deepEqual(cell.seeds, [1, 2, 3, 4, 5]);
    assert.equal(cell.testItems, 300);
    assert.ok(cell.provenance && cell.provenance.commits.length > 0 && cell.provenance.backend === 'wasm');
    assert.match(cell.text, /^\d+\.\d ± \d+\.\d$/);
    examined++;
  }
  assert.equal(examined, 34);
  assert.equal(table.rows.find(({ key }) => key === 'ilm-vp')?.classText, 'L · X · AD · SA');
});

test('what is missing, failed or incomplete says why; controls are not ranked', () => {
  const records = fixtureRecords();
  const definition = fixtureDefinition();
  const table = buildTable({ ...definition, reasonFor: (row) => (row === 'blm' ? 'needs a licence' : undefined) }, records);
  const missing = cellOf(table, 'blm', 'resnet20-cifar10/world-outlines');
  assert.deepEqual([missing.status, missing.reason, missing.text], ['missing', 'needs a licence', '']);
  const failed = cellOf(table, 'full-fine-tuning', 'resnet20-cifar10/mnist');
  assert.deepEqual([failed.status, failed.reason, failed.value], ['failed', 'loss is not finite', null]);
  assert.equal(cellOf(table, 'ilm-vp random-map', 'world-vit/mnist').rank, null);
  const failure = fixtureRecord({ seed: 3, failed: 'out of memory' });
  const partly = [fixtureRecord({ seed: 1 }), fixtureRecord({ seed: 2 }), failure];
  const cell = cellOf(buildTable(definition, partly), 'ilm-vp', 'world-vit/mnist');
  assert.equal(cell.n, 2);
  assert.equal(cell.reason, '1 of 3 runs failed: out of memory; seeds not run yet: 4, 5');
});

test('where several specs match a place, the one with most runs is shown and named', () => {
  const many = [1, 2, 3].map((seed) => fixtureRecord({ seed }));
  const other = [1, 2].map((seed) => fixtureRecord({ seed, backend: 'cpu', created: '2026-03-01T00:00:00.000Z' }));
  for (const records of [
    [...many, ...other],
    [...other, ...many],
  ]) {
    const cell = cellOf(buildTable({ ...fixtureDefinition(), seeds: [] }, records), 'ilm-vp', 'world-vit/mnist');
    assert.deepEqual(new Set(cell.records), new Set(many.map(({ id }) => id)));
    assert.match(cell.reason ?? '', /^2 specs or back-ends match/);
  }
});

test('a table does not depend on the order of the records', () => {
  const records = fixtureRecords();
  const expected = tableToJson(fixtureTable());
  assert.equal(tableToJson(buildTable(fixtureDefinition(), [...records].reverse())), expected);
  assert.equal(tableToJson(buildTable(fixtureDefinition(), [...records, ...records])), expected);
});

/** A reader of CSV of its own, quotes and all. */
function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

test('HTML, CSV, Markdown, LaTeX and JSON of an arranged table agree cell by cell, in the order shown', () => {
  const arrangements = [
    {},
    { sortBy: 'world-vit/world-outlines', descending: true },
    {
      sortBy: 'label',
      columns: ['resnet20-cifar10/mnist', 'world-vit/mnist'],
      rows: ['full-fine-tuning', 'blm', 'vpt-shallow'],
    },
  ];
  const perColumn = 7;
  let examined = 0;
  let costsExamined = 0;
  for (const arrangement of arrangements) {
    const table = arrangeTable(fixtureTable(), arrangement);
    const html = parse(tableToHtml(table, { cellHref: ({ cellKey }) => `runs/${cellKey}/` }));
    const csv = readCsv(tableToCsv(table));
    const markdown = tableToMarkdown(table).split('\n').filter((line) => line.startsWith('| '));
    const latex = tableToLatex(table).split('\n');
    const latexBody = latex.slice(latex.indexOf('\\midrule') + 1, latex.indexOf('\\bottomrule'));
    const json: unknown = JSON.parse(tableToJson(table));
    assert.deepEqual(json, JSON.parse(JSON.stringify(table)));
    const rows = html.querySelectorAll('tbody tr');
    assert.equal(rows.length, table.rows.length);
    assert.equal(csv.length, table.rows.length + 1);
    assert.equal(markdown.length, table.rows.length + 2);
    assert.equal(latexBody.length, table.rows.length);
    rows.forEach((row, r) => {
      const texts = row.querySelectorAll('td[data-column]').map((td) => td.text.replace('*', '').trim());
      const fields = csv[r + 1] ?? [];
      const piped = (markdown[r + 2] ?? '').split(' | ');
      const ampersands = (latexBody[r] ?? '').split(' & ');
      assert.equal(texts.length, table.columns.length);
      texts.forEach((text, c) => {
        const cell = table.cells[r]?.[c];
        assert.ok(cell);
        const rank = rankText(cell);
        if (cell.status === 'ok') {
          assert.equal(text, rank === '' ? cell.text : `${cell.text} ${rank}`);
          assert.equal(fields[4 + perColumn * c], cell.text);
          assert.equal(fields[4 + perColumn * c + 5], rank);
          assert.ok(Math.abs(Number(fields[4 + perColumn * c + 1]) - 100 * (cell.value ?? Number.NaN)) < 1e-9);
          const gap = fields[4 + perColumn * c + 6] ?? '';
          assert.equal(gap !== '', cell.gap?.isSeparable ?? false);
          assert.ok(gap === '' || Math.abs(Number(gap) - 100 * (cell.gap?.difference ?? Number.NaN)) < 1e-9);
        } else {
          assert.match(fields[4 + perColumn * c] ?? '', new RegExp(`^${cell.status}: `));
        }
        const plain = rank === '' || cell.status !== 'ok' ? text : `${cell.text} (${rank})`;
        assert.equal(piped[c + 2]?.replaceAll('\\', ''), plain);
        assert.equal(
          ampersands[c + 2]?.replace(/^\\textbf\{(.*)\}$/, '$1').replaceAll('$\\pm$', '±').replaceAll('--', '–'),
          plain,
        );
        examined++;
      });
      const costs = row.querySelectorAll('td.cost').map((td) => td.text);
      assert.equal(costs.length, costColumns.length);
      costs.forEach((text, i) => {
        const place = 2 + table.columns.length + i;
        assert.equal(costColumns[i]?.textOf(table.rows[r] ?? assert.fail()), text);
        assert.equal((piped[place] ?? '').replace(/ ?\|$/, ''), text);
        assert.equal((ampersands[place] ?? '').replace(/ \\\\$/, '').replaceAll('--', '–'), text);
        const value = fields[4 + perColumn * table.columns.length + (i === 0 ? 0 : i + 1)] ?? '';
        assert.equal(value, String(costColumns[i]?.valueOf(table.rows[r] ?? assert.fail()) ?? ''));
        costsExamined++;
      });
    });
  }
  assert.equal(examined, 36 + 36 + 6);
  assert.equal(costsExamined, (6 + 6 + 3) * costColumns.length);
});

test('arranging keeps ranks, puts empty cells last and refuses unknown keys', () => {
  const table = fixtureTable();
  for (const descending of [false, true]) {
    const sorted = arrangeTable(table, { sortBy: 'resnet20-cifar10/world-outlines', descending });
    const values = sorted.cells.map((line) => line.at(-1)?.value ?? null);
    assert.equal(values.at(-1), null);
    const numbers = values.flatMap((value) => (value === null ? [] : [value]));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => (descending ? b - a : a - b)));
    assert.deepEqual(new Set(sorted.cells.flat()), new Set(table.cells.flat()));
  }
  assert.throws(() => arrangeTable(table, { sortBy: 'cost' }), /there is no column "cost"; there are: world-vit\/mnist/);
});

test('text from outside is escaped in every format', () => {
  const hostile: TableDefinition = { ...fixtureDefinition(), title: 'a | <b> & 5_%', question: '"q" <script>' };
  const table = buildTable(hostile, [] as readonly RunRecord[]);
  assert.ok(!tableToHtml(table).includes('<script>'));
  assert.ok(tableToMarkdown(table).includes('a \\| \\<b\\> & 5\\_%'));
  assert.ok(tableToLatex(table).includes('a | <b> \\& 5\\_\\%'));
  assert.ok(tableToCsv(table).includes('missing: no run yet'));
});
