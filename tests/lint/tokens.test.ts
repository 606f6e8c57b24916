import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSource } from '../../scripts/lint/rule.ts';
import { tokenise } from '../../scripts/lint/tokens.ts';

const texts = (source: string): string[] => tokenise(source).map(({ text }) => text);

test('a slash divides after an operand and opens a regular expression elsewhere', () => {
  assert.deepEqual(texts('a / b / c'), ['a', '/', 'b', '/', 'c']);
  assert.deepEqual(texts('x = /b `[/]"/g.source'), ['x', '=', '/b `[/]"/g', '.', 'source']);
});

test('nested templates end where they end', () => {
  assert.deepEqual(texts('`a ${ {b: `${c}`} } d ** e`; f'), ['`a ${', '{', 'b', ':', '`${', 'c', '}`', '}', '} d ** e`', ';', 'f']);
});

test('comments are left out and lines counted through them', () => {
  const tokens = tokenise('/* one\n two */ a // b\n c', 10);
  assert.deepEqual(tokens.map(({ text, line }) => [text, line]), [['a', 11], ['c', 12]]);
});

test('an Astro file gives its front matter and its scripts, on their own lines', () => {
  const source = createSource('src/site/pages/x.astro', '---\nconst a = 1;\n---\n<p>b</p>\n<script>\n  c();\n</script>\n');
  assert.deepEqual(source.tokens.map(({ text, line }) => `${text}@${line}`).join(' '), 'const@2 a@2 =@2 1@2 ;@2 c@6 (@6 )@6 ;@6');
});
