import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { validateContent } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import type { Rule } from '../../src/knowledge/index.ts';
import { clean, spoil, today } from './catalogue.ts';

interface Seeded {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly rule: Rule;
  /** The offending text; its first place in the spoilt file is where it must be found. */
  readonly at: string;
  readonly suggestion?: string;
}

const alpha = 'methods/alpha.md';
const beta = 'methods/beta.md';
const bib = 'references.bib';

const mistakes: readonly Seeded[] = [
  { path: alpha, from: 'kind: method', to: 'kind: methd', rule: 'wrong-value', at: 'methd', suggestion: 'method' },
  { path: alpha, from: 'family: MR', to: 'family: RM', rule: 'wrong-value', at: 'RM', suggestion: 'MR' },
  { path: alpha, from: '[learnable]', to: '[lernable]', rule: 'wrong-value', at: 'lernable', suggestion: 'learnable' },
  { path: alpha, from: 'location: [input]', to: 'location: [imput]', rule: 'wrong-value', at: 'imput', suggestion: 'input' },
  { path: alpha, from: '[additive]', to: '[addition]', rule: 'wrong-value', at: 'addition', suggestion: 'additive' },
  { path: alpha, from: '[statistical]', to: '[statistic]', rule: 'wrong-value', at: 'statistic', suggestion: 'statistical' },
  { path: alpha, from: '[additive]', to: '[additive, parametric, additive]', rule: 'repeated-value', at: 'additive]' },
  { path: alpha, from: 'operator: [additive]', to: 'operator: []', rule: 'wrong-value', at: '[]' },
  { path: alpha, from: 'operator: [additive]', to: 'operator: additive', rule: 'wrong-value', at: 'additive' },
  { path: alpha, from: 'modalities: [image]', to: 'modalities: [pictures]', rule: 'wrong-value', at: 'pictures' },
  { path: alpha, from: 'year: 2023', to: 'year: "2023"', rule: 'wrong-value', at: '"2023"' },
  { path: alpha, from: 'year: 2023', to: 'year: 1890', rule: 'wrong-value', at: '1890' },
  { path: alpha, from: 'year: 2023', to: 'year: 2031', rule: 'future-date', at: '2031' },
  { path: alpha, from: 'reviewed: 2026-11-20', to: 'reviewed: 2027-01-01', rule: 'future-date', at: '2027-01-01' },
  { path: alpha, from: 'reviewed: 2026-11-20', to: 'reviewed: 20 November', rule: 'wrong-value', at: '20 November' },
  { path: alpha, from: 'summary: Adds', to: 'sumary: Adds', rule: 'unknown-field', at: 'sumary', suggestion: 'summary' },
  { path: alpha, from: 'kind: method\n', to: 'kind: method\ncolour: red\n', rule: 'unknown-field', at: 'colour' },
  { path: alpha, from: '    operator: It adds.', to: '    operatr: It adds.', rule: 'unknown-field', at: 'operatr', suggestion: 'operator' },
  { path: alpha, from: '  source: derived', to: '  source: guessed', rule: 'wrong-value', at: 'guessed' },
  { path: alpha, from: 'id: alpha', to: 'id: Alpha', rule: 'wrong-value', at: 'Alpha' },
  { path: alpha, from: 'id: alpha', to: 'id: alfa', rule: 'file-name', at: 'alfa', suggestion: 'alpha' },
  { path: alpha, from: 'paper: doe2023alpha', to: 'paper: doe2023alfa', rule: 'unknown-work', at: 'doe2023alfa', suggestion: 'doe2023alpha' },
  { path: alpha, from: ':cite[doe2023alpha]', to: ':cite[doe2023, roe2024beta]', rule: 'unknown-work', at: 'doe2023, roe', suggestion: 'doe2023alpha' },
  { path: alpha, from: 'https://example.org/alpha', to: 'http://example.org/alpha', rule: 'malformed-address', at: 'http://example', suggestion: 'https://example.org/alpha' },
  { path: alpha, from: 'https://example.org/alpha', to: 'example.org', rule: 'malformed-address', at: 'example.org' },
  { path: beta, from: 'code: none found', to: 'code: none', rule: 'malformed-address', at: 'none\nfamily', suggestion: 'none found' },
  { path: alpha, from: 'contrasts: [beta]', to: 'contrasts: [betta]', rule: 'unknown-method', at: 'betta', suggestion: 'beta' },
  { path: alpha, from: 'contrasts: [beta]', to: 'contrasts: [alpha]', rule: 'unknown-method', at: 'alpha]\nimpl' },
  { path: alpha, from: 'formula: c * w^2', to: 'formula: c * w^', rule: 'formula', at: 'c * w^' },
  { path: alpha, from: 'formula: c * w^2', to: 'formula: c * w^2 * z', rule: 'formula', at: 'c * w^2 * z' },
  { path: alpha, from: 'is: 300', to: 'is: 301', rule: 'formula', at: '301', suggestion: '300' },
  { path: alpha, from: 'implementation: src/methods/alpha.ts', to: 'implementation: alpha.ts', rule: 'wrong-value', at: 'alpha.ts' },
  { path: beta, from: 'name: Beta', to: 'name: Alpha', rule: 'duplicate-name', at: 'Alpha' },
  { path: beta, from: 'kind: baseline', to: 'kind: baseline\nlocation: [hidden]', rule: 'sets-of-a-rival', at: 'location' },
  { path: alpha, from: 'contrasts: [beta]', to: 'extends: [beta]', rule: 'cycle', at: 'beta]\nimpl' },
  { path: alpha, from: 'authors: [Jane Doe, Richard Roe]', to: 'authors: [Jane Doe, Richard Roe', rule: 'yaml-syntax', at: 'year' },
  { path: alpha, from: 'A second paragraph', to: '<script>alert(1)</script> A second paragraph', rule: 'unsafe-html', at: '<script>' },
  { path: alpha, from: '[a link](../beta/)', to: '[a link](javascript:alert(1))', rule: 'unsafe-html', at: 'javascript:' },
  { path: alpha, from: '---\nid: alpha', to: 'id: alpha', rule: 'no-front-matter', at: 'id: alpha' },
  { path: 'concepts/gamma.md', from: 'What gamma means :cite[roe2024beta].', to: '# Gamma', rule: 'empty-body', at: '---\n\n# Gamma' },
  { path: 'concepts/gamma.md', from: 'order: 1', to: 'order: first', rule: 'wrong-value', at: 'first' },
  { path: bib, from: 'doi = {10.1000/beta}', to: 'doi = {https://doi.org/10.1000/beta}', rule: 'malformed-identifier', at: 'doi =' },
  { path: bib, from: 'eprint = {2301.00001}', to: 'eprint = {23.1}', rule: 'malformed-identifier', at: 'eprint =' },
  { path: bib, from: 'title = {Beta}', to: 'title = {alpha}', rule: 'duplicate-work', at: 'title = {alpha}' },
  { path: bib, from: 'journal = {TMLR}', to: 'url = {ftp://x}', rule: 'malformed-address', at: 'url =' },
];

function placeOf(text: string, at: string): { line: number; column: number } {
  const offset = text.indexOf(at);
  assert.ok(offset >= 0, `the spoilt file doesn't hold ${at}`);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

test('the clean catalogue has no mistake', () => {
  const { read, errors } = validateContent(clean, { today });
  assert.equal(read, 3);
  assert.deepEqual(errors, []);
});

test('every seeded mistake is found at its place, once, with its nearest word', async (t) => {
  for (const { path, from, to, rule, at, suggestion } of mistakes) {
    await t.test(`${rule}: ${to.split('\n')[0]}`, () => {
      const files = spoil(path, from, to);
      const text = files.find((file) => file.path === path)?.text ?? '';
      const found = validateContent(files, { today }).errors.filter((error) => error.file === path && error.rule === rule);
      const place = placeOf(text, at);
      const expected = rule === 'repeated-value' ? { line: place.line, column: (text.split('\n')[place.line - 1] ?? '').lastIndexOf('additive') + 1 } : place;
      assert.equal(found.length, 1, JSON.stringify(validateContent(files, { today }).errors));
      assert.deepEqual({ line: found[0]?.line, column: found[0]?.column }, expected);
      if (suggestion !== undefined) assert.equal(found[0]?.suggestion, suggestion);
    });
  }
  assert.ok(mistakes.length >= 40, `${mistakes.length} mistakes`);
});

test('a missing field is named where it belongs, for every required field', () => {
  const required = ['name', 'title', 'authors', 'year', 'venue', 'paper', 'code', 'family', 'kind', 'configuration', 'modalities', 'summary', 'reviewed'];
  for (const field of required) {
    const text = clean.find(({ path }) => path === alpha)?.text ?? '';
    const line = text.split('\n').find((each) => each.startsWith(`${field}:`)) ?? '';
    const { errors } = validateContent(spoil(alpha, `${line}\n`, ''), { today });
    const missing = errors.filter((error) => error.rule === 'missing-field');
    assert.equal(missing.length, 1, field);
    assert.match(missing[0]?.allowed ?? '', new RegExp(`^${field}`));
  }
});

test('all mistakes of all files come in one run', () => {
  const spoilt = spoil(alpha, 'kind: method', 'kind: methd').map((file) =>
    file.path === beta ? { ...file, text: file.text.replace('year: 2024', 'year: 2031').replace('[alpha]', '[alfa]') } : file,
  );
  const rules = validateContent(spoilt, { today }).errors.map(({ file, rule }) => `${file} ${rule}`);
  assert.deepEqual(rules, ['methods/alpha.md wrong-value', 'methods/beta.md future-date', 'methods/beta.md unknown-method']);
});

test('a suggestion comes with the corrected line', () => {
  const { errors } = validateContent(spoil(alpha, 'kind: method', 'kind: methd'), { today });
  assert.equal(errors[0]?.fixed, 'kind: method');
});

test('tags in code are text', () => {
  const { errors } = validateContent(spoil(alpha, 'A second', 'With `<script>` in code, a second'), { today });
  assert.deepEqual(errors, []);
});

test('nothing to read is reported as nothing read', () => {
  assert.deepEqual(validateContent([], { today }), { read: 0, errors: [] });
});

test('the committed catalogue is valid', () => {
  const { read, errors } = validateContent(readContentFolder(join(import.meta.dirname, '..', '..', 'content')), { today });
  assert.ok(read >= 20, `${read} entries`);
  assert.deepEqual(errors, []);
});
