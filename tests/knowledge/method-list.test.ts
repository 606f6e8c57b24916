import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listFields, listFormats, readBibliography } from '../../src/knowledge/index.ts';
import type { ListedMethod, MethodList } from '../../src/knowledge/index.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((each) => each.replace(/[\s;]+/g, ' ').trim() || 'x');
const awkward = fc.constantFrom('a, b', 'say "so"', '=1+1', 'P-tuning v2', '100 % & more_of $this', '{braces}', 'tilde~hat^', 'back\\slash', 'pipe|pipe', 'Łukasz – Žižek', '[a](b)', '*x*', 'λ and ω');
const words = fc.oneof(text, awkward);
const list = fc.array(words, { maxLength: 3 });

const anyMethod = (i: number): fc.Arbitrary<ListedMethod> =>
  fc.record({
    id: fc.constant(`entry-${i}`),
    name: words,
    title: words,
    authors: fc.array(words, { minLength: 1, maxLength: 3 }),
    year: fc.integer({ min: 1950, max: 2030 }),
    venue: words,
    family: fc.constantFrom('MR', 'PT', 'PI', 'PCA'),
    configuration: fc.subarray(['learnable', 'fixed']),
    location: fc.subarray(['input', 'embedding', 'hidden']),
    operator: fc.subarray(['additive', 'concatenative', 'parametric']),
    alignment: fc.subarray(['identity', 'structural', 'statistical', 'linear']),
    source: fc.constantFrom('survey', 'derived', 'none'),
    modalities: list,
    here: fc.constantFrom('measured', 'implemented', 'described'),
    code: fc.constantFrom(null, 'https://example.org/code'),
    summary: words,
    address: fc.constant(`https://atlas.example/methods/entry-${i}/`),
    paper: fc.constant(`doe20${10 + (i % 3)}word`),
    bibtex: fc.constant(`@article{doe20${10 + (i % 3)}word,\n  title = {Word ${i % 3} & \\'{e}},\n  author = {Doe, Jane and Roe, Richard},\n  year = {20${10 + (i % 3)}}\n}`),
  });

const anyList: fc.Arbitrary<MethodList> = fc
  .integer({ min: 1, max: 60 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => anyMethod(i))))
  .map((methods) => ({ methods, from: 'https://atlas.example/methods/?q=a+b', licence: 'CC BY 4.0', credit: 'After somebody, arXiv 2506.04650.' }));

function write(ending: string, of: MethodList): string {
  const format = listFormats[ending];
  assert.ok(format, ending);
  return format.write(of);
}

/** A reader of RFC 4180 that shares nothing with the writer. */
function readCsv(source: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i] ?? '';
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (source[i + 1] === '"') cell += source[(i += 1)];
      else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (sign === '\r' && source[i + 1] === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      rows.push([]);
      i += 1;
    } else cell += sign;
  }
  assert.deepEqual(rows.pop(), [], 'the file ends with a line end');
  return rows;
}

test('a CSV read back has every cell of the list', () => {
  let cells = 0;
  fc.assert(
    fc.property(anyList, (of) => {
      const [head, ...rows] = readCsv(write('csv', of));
      assert.deepEqual(head, listFields);
      assert.equal(rows.length, of.methods.length);
      of.methods.forEach((method, i) => {
        const wanted = listFields.map((field) => {
          const value = method[field];
          return value === null ? '' : typeof value === 'object' ? value.join('; ') : String(value);
        });
        assert.deepEqual(rows[i], wanted);
        cells += wanted.length;
      });
    }),
    { numRuns: 60 },
  );
  assert.ok(cells > 1000, `${cells} cells`);
});

test('a JSON read back is the list, with its terms', () => {
  fc.assert(
    fc.property(anyList, (of) => {
      const { schema, ...read } = JSON.parse(write('json', of));
      assert.equal(schema, 'atlas-method-list/1');
      assert.deepEqual(JSON.stringify(read.methods), JSON.stringify(of.methods));
      assert.equal(read.licence, of.licence);
      assert.equal(read.from, of.from);
    }),
    { numRuns: 40 },
  );
});

test("BibTeX read back by the project's own reader has each paper once, without a mistake", () => {
  let papers = 0;
  fc.assert(
    fc.property(anyList, (of) => {
      const { works, mistakes } = readBibliography(write('bib', of));
      assert.deepEqual(mistakes, []);
      assert.deepEqual([...works.keys()], [...new Set(of.methods.map(({ paper }) => paper))]);
      papers += works.size;
    }),
    { numRuns: 20 },
  );
  assert.ok(papers >= 20, `${papers} papers`);
});

test('a Markdown table has a row a method and nothing that ends a cell early', () => {
  fc.assert(
    fc.property(anyList, (of) => {
      const lines = write('md', of).split('\n').filter((line) => line.startsWith('|'));
      assert.equal(lines.length, of.methods.length + 2);
      const cells = lines.map((line) => line.replace(/\\./g, '').split('|').length);
      assert.ok(cells.every((count) => count === cells[0]), lines.join('\n'));
    }),
    { numRuns: 60 },
  );
});

test('a LaTeX table has a row a method, balanced braces, a citation each and no bare sign of TeX', () => {
  fc.assert(
    fc.property(anyList, (of) => {
      const source = write('tex', of);
      const isLong = of.methods.length > 40;
      assert.equal(source.includes('longtable'), isLong);
      const [, body = ''] = isLong ? source.split('\\endfoot\n') : source.split('\\midrule\n');
      const rows = body.split('\n').filter((line) => line.endsWith(' \\\\'));
      assert.equal(rows.length, of.methods.length);
      rows.forEach((row, i) => {
        const { paper = '', configuration = [], year = 0 } = of.methods[i] ?? {};
        assert.ok(row.includes(`~\\cite{${paper}} & ${configuration.join(', ') || '--'} &`), row);
        assert.ok(row.endsWith(`& ${year} \\\\`), row);
        const bare = row.replace(/\\\\$/, '').replace(/\\textbackslash\{\}|\\[a-z]+\{\}|\$\\[a-z]+\$|\$-\$|\\[&%$#_{}]|~?\\cite\{\w+\}/g, '');
        assert.equal(bare.split('&').length, 7, row);
        assert.doesNotMatch(bare, /[\\%$#_{}~^]/, row);
      });
    }),
    { numRuns: 60 },
  );
});
