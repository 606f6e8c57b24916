import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { entrySchemas, fieldReference, validateContent } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { clean, cleanText, spoil, today, withText } from './catalogue.ts';
import { contentFolder } from './content-folder.ts';

const alpha = 'methods/alpha.md';
const beta = 'methods/beta.md';

test('the clean catalogue has no mistake', () => {
  const { read, byKind, errors } = validateContent(clean, { today });
  assert.deepEqual(errors, []);
  assert.equal(read, 5);
  assert.deepEqual(byKind, { methods: 2, models: 0, tasks: 1, concepts: 1, papers: 1 });
});

test('the committed catalogue is valid', () => {
  const { read, byKind, errors } = validateContent(readContentFolder(contentFolder), { today: '9999-12-31' });
  assert.deepEqual(errors, []);
  assert.ok(read >= 20 && Object.values(byKind).every((count) => count > 0), JSON.stringify(byKind));
});

test('nothing to read is reported as nothing read', () => {
  assert.deepEqual(validateContent([], { today }).read, 0);
  assert.deepEqual(validateContent([], { today }).errors, []);
});

test('a missing field is named where it belongs, for every required field of a method', () => {
  const text = cleanText(alpha);
  const fields = [...text.matchAll(/^([a-z]+):.*\n(?:(?: |- ).*\n)*/gm)].filter(({ index }) => index < text.indexOf('\n---\n'));
  const required = Object.entries(entrySchemas.methods.shape).flatMap(([name, schema]) => (schema.safeParse(undefined).success ? [] : [name]));
  let examined = 0;
  for (const [whole, field = ''] of fields) {
    if (!required.includes(field)) continue;
    const { errors } = validateContent(withText(alpha, text.replace(whole, '')), { today });
    const [missing, ...others] = errors;
    assert.deepEqual(others, [], field);
    assert.equal(missing?.rule, 'missing-field', field);
    assert.ok(missing?.allowed.startsWith(field) && missing.fixed?.startsWith(`${field}: `), JSON.stringify(missing));
    examined += 1;
  }
  assert.equal(examined, required.length);
});

test('all mistakes of all files come in one run, sorted by place', () => {
  const spoilt = spoil(alpha, 'kind: method', 'kind: methd').map((file) =>
    file.path === beta ? { ...file, text: file.text.replace('year: 2024', 'year: 2031').replace('[alpha]', '[alfa]') } : file,
  );
  const found = validateContent(spoilt, { today }).errors.map(({ file, rule }) => `${file} ${rule}`);
  assert.deepEqual(found, ['methods/alpha.md wrong-value', 'methods/beta.md future-date', 'methods/beta.md work-mismatch', 'methods/beta.md unknown-method']);
});

test('a syntax error hides neither another one nor what the schema says', () => {
  const text = cleanText(alpha).replace('authors: [Jane Doe, Richard Roe]', 'authors: [Jane Doe').replace('  c: channels', '  c:channels').replace('kind: method', 'kind: methd');
  const found = validateContent(withText(alpha, text), { today }).errors.map(({ line, rule }) => `${line} ${rule}`);
  assert.deepEqual(found, ['5 yaml-syntax', '11 wrong-value', '21 yaml-syntax']);
});

test('an entry that cannot be read can still be referred to', () => {
  const { errors } = validateContent(withText(beta, 'no front matter'), { today });
  assert.deepEqual(errors.map(({ file, rule }) => `${file} ${rule}`), ['methods/beta.md no-front-matter']);
});

test('tags in code, formulas and escapes are text; so are colons that are no directives', () => {
  const texts = [
    '`<script>` and ``a ` <b> `` and `x\n<i>`',
    '$a <b$ and $$\\text{<i>}$$',
    '\\<script> and &lt;script&gt;',
    'At 12:30, a:b, f:x[1], C:\\files, 3:1 and "note: this"; x < y and y > z; a <b, c <d',
    'About JavaScript: a language. The data: text of it.',
    '1. one\n\n   ~~~html\n   <script>\n   ~~~\n\n2. two',
    '> ```\n> <b>\n> ```',
    '[a](../beta/ "title"), [b](#algorithm), <https://example.org/?a=b>, ![c](https://example.org/c.png)',
    '[^1] is a note.\n\n[^1]: Said elsewhere.',
  ];
  for (const text of texts) {
    const { errors } = validateContent(spoil(alpha, 'A second paragraph', `${text}\n\nA second paragraph`), { today });
    assert.deepEqual(errors, [], text);
  }
});

test('scripts are found however they are spelled or hidden', () => {
  const texts = [
    '<SCRIPT >x', '<a href="`">`', '\\`<b>`', '$x <b>', '``<b>`', '<https://a.b/`><b>`', ':recall[ ` ]<b> `', '<?php x', '<![CDATA[x',
    '[x](&#106;avascript:a)', '[x](&#x6A;avascript:a)', '[x](java&Tab;script:a)', '[x](\u0001javascript:a)', '[x](JAVASCRIPT:a)', '[x](<javascript:a b>)',
    '[a [b](javascript:x)](../beta/)', '[x](\\javascript\\:a)'.replace('\\j', 'j'), '![x](data:image/svg+xml,a)', '[y]: <javascript:a>', 'a\n<b>', '> <b>', '- <b>', '| <b> |\n|---|',
  ];
  for (const text of texts) {
    const { errors } = validateContent(spoil(alpha, 'A second paragraph', `${text}\n\nA second paragraph`), { today });
    assert.ok(errors.length > 0 && errors.every(({ rule }) => rule === 'unsafe-html'), `${text}: ${JSON.stringify(errors)}`);
  }
});

test('carriage returns and a byte order mark move no place', () => {
  const spoilt = spoil(alpha, 'kind: method', 'kind: methd').map((file) =>
    file.path === alpha ? { ...file, text: file.text.replace('(../beta/)', '(../betta/)').replace('w: side', 'w:side').replace('| two |', '| <b> |') } : file,
  );
  const plain = validateContent(spoilt, { today }).errors;
  assert.equal(plain.length, 4);
  const windows = spoilt.map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\r\n') }));
  assert.deepEqual(validateContent(windows, { today }).errors, plain);
  const marked = spoilt.map(({ path, text }) => ({ path, text: `\ufeff${text}` }));
  assert.deepEqual(validateContent(marked, { today }).errors, plain);
  const both = clean.map(({ path, text }) => ({ path, text: `\ufeff${text.replaceAll('\n', '\r\n')}` }));
  assert.deepEqual(validateContent(both, { today }).errors, []);
});

test('whatever is damaged, nothing is thrown and every finding lies inside its file', () => {
  const sign = fc.constantFrom(...'[]{}():;,.\'"`$<>\\|-_*&!%@#?=/ \t\n\r\0\ufffdéa1', ':cite[', ':::x', '```', '<b', '&#', '---\n', '- ', '\n\n', '  ', '@misc{', 'javascript:', '…');
  const paths = clean.flatMap(({ path }) => (path === 'README.md' ? [] : [path]));
  let examined = 0;
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(fc.tuple(fc.nat(9999), sign, fc.nat(3)), { minLength: 1, maxLength: 3 }), (path, damages) => {
      let text = cleanText(path);
      for (const [where, put, gone] of damages) {
        const at = Math.floor((where / 10000) * text.length);
        text = text.slice(0, at) + put + text.slice(at + gone);
      }
      for (const { file, line, column } of validateContent(withText(path, text), { today }).errors) {
        const lines = (file === path ? text : cleanText(file)).replace(/^\ufeff/, '').split('\n');
        const whole = lines[line - 1];
        assert.ok(whole !== undefined && column >= 1 && column <= whole.length + 1, `${file}:${line}:${column}`);
      }
      examined += 1;
    }),
    { numRuns: 400 },
  );
  assert.ok(examined >= 400, `${examined} texts`);
});

test('many references to nothing take no longer than their number', () => {
  const row = (i: number): string => `  - term: t${i}\n    community: c\n    here: h\n    source: nobody${i}\n    methods: [nothing-${i}]\n    concept: nowhere-${i}\n`;
  const text = cleanText('concepts/gamma.md').replace('terms:\n', `terms:\n${Array.from({ length: 300 }, (_, i) => row(i)).join('')}`);
  assert.equal(validateContent(withText('concepts/gamma.md', text), { today }).errors.length, 900);
});

test('content/README.md is the reference made from the schemas; "npm run -s validate -- --reference > content/README.md" makes it again', () => {
  const reference = fieldReference();
  assert.equal(readFileSync(join(contentFolder, 'README.md'), 'utf8'), reference);
  for (const [kind, schema] of Object.entries(entrySchemas)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      assert.ok(reference.includes(`\n### ${name}\n`), `${kind}.${name}`);
      assert.ok(field.description !== undefined && reference.includes(field.description.split('<')[0] ?? ''), `${kind}.${name} has no description`);
    }
  }
});
