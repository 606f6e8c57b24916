import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RequestError, expandTable, parseTable, presetsOf, selectCells } from '../../src/bench/index.ts';
import type { KnownNames, TableDefinition } from '../../src/bench/index.ts';
import { loadRunner, ownRunner } from '../../src/bench/index.node.ts';
import { tableCard } from '../../src/bench/cards.ts';
import { modelRow } from '../../src/models/index.ts';
import { findTask } from '../../src/tasks/index.ts';
import { projectRoot } from './command.ts';
import { knownNames } from './fake-runner.ts';

const file = join(import.meta.dirname, 'project', 'benchmarks', 'tables', 'small.yaml');
const text = readFileSync(file, 'utf8');
const small = (): TableDefinition => parseTable(text, 'small.yaml', knownNames());

test('a grid is the product of options, rows and columns, less what a row is kept from', () => {
  const grid = expandTable(small(), knownNames());
  // ilm-vp and blm × two programs + two controls = 6 rows in 2 columns, and the template in one of them
  assert.equal(grid.rows.length, 7);
  assert.equal(grid.columns.length, 2);
  assert.equal(grid.cells.length, 6 * 2 + 1);
  assert.equal(new Set(grid.cells.map((cell) => cell.id)).size, grid.cells.length);
  assert.deepEqual(grid.seeds, [1, 2, 3]);
});

test('blocks with names draw one task in several sizes, and a block asks for no other rows than it names', () => {
  const [first = ''] = text.split('\nrows:');
  const block = (name: string, train: number, more = ''): string =>
    `  - {name: ${name}, model: doodlenet, tasks: [mnist], split: {train: ${train}, test: 10}, epochs: 1, batch: 10, forwardMegaflops: 1${more}}\n`;
  const yaml = (more: string): string =>
    text.replace(first.slice(first.indexOf('\nblocks:')), `\nblocks:\n${block('few pictures', 20)}${block('many', 40, more)}`);
  const { columns, cells } = expandTable(parseTable(yaml(', rows: ["blm,program=none"]'), 'small.yaml', knownNames()), knownNames());
  assert.deepEqual(columns.map(({ key, split }) => [key, split.train]), [['doodlenet/mnist/few pictures', 20], ['doodlenet/mnist/many', 40]]);
  assert.deepEqual(cells.filter(({ column }) => column.name === 'many').map(({ row }) => row.methodId), ['blm']);
  assert.ok(cells.filter(({ column }) => column.name === 'few pictures').length > 3);
  assert.throws(
    () => expandTable(parseTable(yaml(', rows: ["blm,program=non"]'), 'small.yaml', knownNames()), knownNames()),
    /a block's rows: unknown row "blm,program=non"; did you mean "blm,program=none"/,
  );
});

test('options that a table leaves out are the method\'s own, and a label names the method', () => {
  const { rows } = expandTable(small(), knownNames());
  assert.deepEqual(rows[0]?.options, { program: 'none', tokens: 1 });
  assert.equal(rows[0]?.key, 'ilm-vp,program=none,tokens=1');
  assert.equal(rows[0]?.label, 'ILM-VP · none');
});

test('an option that a method merely knows is part of a row that writes it and of no other', () => {
  const plain = knownNames();
  const known = { ...plain, methods: new Map([...plain.methods].map(([id, method]) => [id, { ...method, furtherOptions: ['on'] }])) };
  const keys = (yaml: string): readonly string[] => expandTable(parseTable(yaml, 'small.yaml', known), known).rows.map(({ key }) => key);
  assert.deepEqual(keys(text), expandTable(small(), plain).rows.map(({ key }) => key));
  const written = keys(text.replace('tasks: [mnist]', 'options: {on: [wave, mel]}'));
  assert.deepEqual(written.slice(-2), ['picture-template,on=wave', 'picture-template,on=mel']);
});

test('a learning rate is searched once per row and model, on the first task; a control shares it', () => {
  const { cells } = expandTable(small(), knownNames());
  const searches = new Map(cells.flatMap(({ search }) => (search ? [[search.key, search] as const] : [])));
  assert.equal(searches.size, 4);
  for (const search of searches.values()) {
    assert.equal(search.taskId, 'mnist');
    assert.equal(search.seed, 0);
    assert.deepEqual([...search.space].sort((a, b) => a - b), search.space);
  }
  const searchOf = (id: string) => cells.find((cell) => cell.id === id)?.search;
  const plain = searchOf('ilm-vp,program=padding,tokens=1@doodlenet/fashion-mnist');
  assert.ok(plain);
  assert.equal(searchOf('ilm-vp,program=padding,tokens=1+random-net@doodlenet/mnist'), plain);
});

test('nothing is trained where no learning rate is', () => {
  const { cells } = expandTable(small(), knownNames());
  const untrained = cells.filter((cell) => cell.search === undefined);
  assert.equal(untrained.length, 3);
  for (const { spec } of untrained) {
    assert.equal(spec.epochs, 0);
    assert.equal(spec.learningRates, undefined);
  }
});

test('a preset restates sizes and rows but shares the searches', () => {
  const table = small();
  assert.deepEqual(presetsOf(table), ['committed', 'quick', 'troubled']);
  assert.equal(expandTable(table, knownNames(), 'quick').cells.length, 1);
  assert.throws(() => expandTable(table, knownNames(), 'quik'), /unknown preset "quik"; did you mean "quick"\?/);
});

test('a mistake in a table is a sentence with file, line and the nearest name', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['methods: [ilm-vp, blm]', 'methods: [ilm-vq, blm]', /small\.yaml:14: rows\[0\]\.methods: unknown method "ilm-vq"; did you mean "ilm-vp"\?/],
    ['model: doodlenet', 'model: doodelnet', /small\.yaml:7: blocks\[0\]\.model: unknown model "doodelnet"; did you mean "doodlenet"\?/],
    ['[mnist, fashion-mnist]', '[mnist, fashon-mnist]', /unknown task "fashon-mnist"; did you mean "fashion-mnist"\?/],
    ['program: [none, padding]', 'progam: [none, padding]', /unknown option of ilm-vp "progam"; did you mean "program"\?/],
    ['seeds: [1, 2, 3]', 'seeds: [0, 1, 2]', /small\.yaml:4: seeds: seed 0 is the tuning draw's/],
    ['epochs: 2', 'epochs: two', /small\.yaml:10: blocks\[0\]\.epochs: expected/],
    ['control: random-net', 'control: random-nets', /rows\[1\]\.control/],
    ['title: A small grid', 'title: A small grid\nmetric: harmonic means', /small\.yaml:\d+: metric: unknown metric "harmonic means"; did you mean "harmonic mean"\?/],
    ['title: A small grid', 'titel: A small grid', /unknown field "titel"/],
    ['rows: [picture-template]', 'rows: [picture-templat]', /unknown row "picture-templat"; did you mean "picture-template"\?/],
    ['seeds: [1, 2, 3]', 'seeds: [1, 2, 3', /small\.yaml:\d+: /],
  ];
  for (const [found, replacement, message] of cases) {
    assert.ok(text.includes(found), found);
    const changed = text.replace(found, replacement);
    assert.throws(
      () => expandTable(parseTable(changed, 'small.yaml', knownNames()), knownNames(), 'quick'),
      (error) => error instanceof RequestError && message.test(error.message),
      `${replacement} should give ${message}`,
    );
  }
});

test('a table says what it ranks by, and its card says it too; accuracy needs no word', () => {
  const ranked = parseTable(text.replace('title: A small grid', 'title: A small grid\nmetric: harmonic mean'), 'small.yaml', knownNames());
  assert.equal(ranked.metric, 'harmonic mean');
  const card = (table: TableDefinition): object => Object(tableCard({ ...expandTable(table, knownNames()), rows: [], columns: [], cells: [] }));
  assert.deepEqual(Object.entries(card(ranked)).filter(([name]) => name === 'metric'), [['metric', 'harmonic mean']]);
  assert.equal('metric' in card(small()), false);
});

test('cells are chosen by id or by pattern, and a wrong one names the nearest', () => {
  const { cells } = expandTable(small(), knownNames());
  assert.equal(selectCells(cells, 'picture-template@doodlenet/mnist').length, 1);
  assert.equal(selectCells(cells, 'blm*@*/mnist').length, 2);
  assert.throws(() => selectCells(cells, 'picture-templte@doodlenet/mnist'), /did you mean "picture-template@doodlenet\/mnist"\?/);
});

test('the project\'s tables are whole: five seeds or more, rivals and controls, a quick preset that needs nothing from elsewhere', async () => {
  const known: KnownNames = (await loadRunner(ownRunner)).knownNames();
  const folder = join(projectRoot, 'benchmarks', 'tables');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length >= 2, 'no tables found');
  let quickRuns = 0;
  for (const name of files) {
    const table = parseTable(readFileSync(join(folder, name), 'utf8'), name, known);
    for (const preset of presetsOf(table)) {
      const grid = expandTable(table, known, preset);
      if (preset !== 'quick') assert.ok(grid.seeds.length >= 5, `${name} ${preset}: ${grid.seeds.length} seeds`);
      if (preset === 'committed') {
        const kinds = new Set(grid.rows.flatMap((row) => row.control ?? []));
        assert.ok(kinds.has('random-net'), `${name}: controls ${[...kinds].join(', ')}`);
        const hasPrograms = grid.cells.some(({ spec, search }) => search !== undefined && known.methods.get(spec.methodId)?.learningRates !== undefined);
        if (hasPrograms) assert.ok(kinds.has('untrained-program'), `${name}: nothing shows what training adds`);
      }
      if (preset === 'quick') {
        quickRuns += grid.cells.length * grid.seeds.length;
        for (const { modelId, taskId } of grid.columns) {
          assert.ok(modelRow(modelId).homeMade && findTask(taskId).generated, `${name} quick: ${modelId} on ${taskId} needs data from elsewhere`);
        }
      }
    }
  }
  assert.ok(quickRuns >= 8, `${quickRuns} quick runs`);
});

test('the output alignment table crosses three programs with six alignments on five columns', async () => {
  const known = (await loadRunner(ownRunner)).knownNames();
  const path = join(projectRoot, 'benchmarks', 'tables', 'output-alignment.yaml');
  const grid = expandTable(parseTable(readFileSync(path, 'utf8'), path, known), known);
  const crossed = grid.cells.filter(({ row }) => row.control === undefined && 'program' in row.options);
  assert.equal(crossed.length, 3 * 6 * 5);
});
