import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules, validateContent } from '../../src/knowledge/index.ts';
import type { ContentFile, Finding, Rule } from '../../src/knowledge/index.ts';
import { clean, cleanText, spoil, today, withText } from './catalogue.ts';
import { seededMistakes } from './seeded-mistakes.ts';
import type { SeededMistake } from './seeded-mistakes.ts';

const root = join(import.meta.dirname, '..', '..');

interface Spoilt {
  readonly files: readonly ContentFile[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The catalogue with a seed in it, and the place that `¦` marks. */
function sow({ path, from, to, at }: SeededMistake): Spoilt {
  const files = spoil(path, from, to.replace('¦', at === undefined ? '¦' : ''));
  const marked = files.find((file) => file.path === path)?.text ?? '';
  const text = marked.replace('¦', '');
  const context = at ?? '¦';
  const offset = at === undefined ? marked.indexOf('¦') : text.indexOf(context.replace('¦', '')) + context.indexOf('¦');
  assert.ok(at === undefined ? offset >= 0 : text.includes(context.replace('¦', '')), `${path} holds no ${context}`);
  const before = text.slice(0, offset).split('\n');
  return { files: withText(path, text), text, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

const titleOf = ({ rule, path, to, from }: SeededMistake): string =>
  `${rule} in ${path}: ${(to.trim() || `without ${from.trim()}`).split('\n')[0]?.slice(0, 70) ?? ''}`;

test('every seeded mistake is found at its exact place, once, and nothing else is', async (t) => {
  for (const seed of seededMistakes) {
    await t.test(titleOf(seed), () => {
      const { files, line, column } = sow(seed);
      const { errors } = validateContent(files, { today });
      const told = JSON.stringify(errors, null, 1);
      const here = errors.filter((error) => error.file === seed.path && error.line === line && error.column === column && error.rule === seed.rule);
      assert.equal(here.length, 1, `expected ${seed.rule} at ${line}:${column}; ${told}`);
      const others = errors.filter((error) => error !== here[0]).map(({ file, rule }) => `${file} ${rule}`);
      assert.deepEqual(others, [...(seed.also ?? [])], told);
      const [{ found, suggestion, fixed }] = here as [Finding];
      if (seed.found !== undefined) assert.equal(found, seed.found);
      if (seed.suggestion !== undefined) assert.equal(suggestion, seed.suggestion);
      if (seed.fixed !== undefined) assert.equal(fixed, seed.fixed);
    });
  }
  assert.ok(seededMistakes.length >= 75, `${seededMistakes.length} mistakes`);
});

test('what a finding calls found stands at its place, unless something is missing', () => {
  let examined = 0;
  for (const seed of seededMistakes) {
    const { files } = sow(seed);
    for (const { file, line, column, found, rule } of validateContent(files, { today }).errors) {
      if (found === '') continue;
      const text = files.find(({ path }) => path === file)?.text.split('\n')[line - 1] ?? '';
      const isThere = text.startsWith(found.replace(/…$/, ''), column - 1) || (/syntax$/.test(rule) && text.includes(found));
      assert.ok(isThere || found.includes('\n'), `${titleOf(seed)}: ${JSON.stringify(found)} isn't at ${line}:${column} of ${JSON.stringify(text)}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 75, `${examined} findings`);
});

/** The text with what a finding tells to write. */
function mended(text: string, { line, found, fixed, rule, file }: Finding): string {
  const lines = text.split('\n');
  const above = lines[line - 1] === '---' || rule === 'missing-section' || rule === 'no-front-matter';
  if (found !== '') lines.splice(line - 1, 1, ...(fixed === '' ? [] : [fixed ?? '']));
  else lines.splice(above && !file.endsWith('.bib') ? line - 1 : line, 0, fixed ?? '');
  return lines.join('\n');
}

test('what a finding tells to write mends it and breaks nothing that was whole', async (t) => {
  let examined = 0;
  for (const seed of seededMistakes) {
    const { files, text, line, column } = sow(seed);
    const { errors } = validateContent(files, { today });
    const finding = errors.find((error) => error.file === seed.path && error.line === line && error.column === column && error.rule === seed.rule);
    if (!finding || finding.fixed === null) continue;
    examined += 1;
    await t.test(titleOf(seed), () => {
      const after = validateContent(withText(seed.path, mended(text, finding)), { today }).errors;
      const placeholders = finding.fixed?.includes('…') ? 1 : 0;
      assert.ok(after.length < errors.length + placeholders, `${mended(text, finding)}\n${JSON.stringify(after, null, 1)}`);
      assert.ok(!after.some((error) => error.rule === finding.rule && error.line === line && error.column === column && error.found === finding.found));
      assert.ok(placeholders > 0 || after.every((error) => errors.some(({ rule }) => rule === error.rule)), JSON.stringify(after, null, 1));
    });
  }
  assert.ok(examined >= 60, `${examined} corrected lines`);
});

test('every finding names where it is written what may stand there, and that is written there', () => {
  const definitions = new Set<string>();
  for (const seed of seededMistakes) {
    for (const { definition } of validateContent(sow(seed).files, { today }).errors) definitions.add(definition);
  }
  const anchors = (text: string): readonly string[] =>
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]+/gu, '').replaceAll(' ', '-'));
  for (const definition of definitions) {
    const [path = '', anchor] = definition.split('#');
    assert.ok(existsSync(join(root, path)), definition);
    if (anchor !== undefined) assert.ok(anchors(readFileSync(join(root, path), 'utf8')).includes(anchor), definition);
  }
  assert.ok(definitions.size >= 20, `${definitions.size} definitions`);
});

/** Mistakes that are about whole files. */
const wholeFiles: readonly { readonly rule: Rule; readonly files: readonly ContentFile[]; readonly file: string; readonly also?: readonly Rule[] }[] = [
  { rule: 'misplaced-file', file: 'method/alpha.md', files: [...clean, { path: 'method/alpha.md', text: cleanText('methods/alpha.md') }] },
  { rule: 'misplaced-file', file: 'methods/deep/alpha.md', files: [...clean, { path: 'methods/deep/alpha.md', text: '' }] },
  { rule: 'misplaced-file', file: 'methods/zeta.mdx', files: [...clean, { path: 'methods/zeta.mdx', text: '' }] },
  { rule: 'misplaced-file', file: 'works.bib', files: [...clean, { path: 'works.bib', text: '' }] },
  { rule: 'no-bibliography', file: 'references.bib', files: clean.filter(({ path }) => path !== 'references.bib') },
];

test('a file in the wrong place, or a bibliography that is not there, is one mistake', () => {
  for (const { rule, file, files } of wholeFiles) {
    const { errors } = validateContent(files, { today });
    assert.deepEqual(errors.map((error) => ({ rule: error.rule, file: error.file, line: error.line, column: error.column })), [{ rule, file, line: 1, column: 1 }]);
  }
});

test('every rule is broken by at least one seed', () => {
  const broken = new Set<string>([...seededMistakes, ...wholeFiles].map(({ rule }) => rule));
  assert.deepEqual(Object.keys(rules).filter((rule) => !broken.has(rule)), []);
});
