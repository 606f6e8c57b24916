import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selfContainedRule } from '../../scripts/lint/rules/self-contained.ts';
import { linesFound } from './rule-on.ts';

test('registries and paths of one machine are found', () => {
  const texts = ['https://registry.' + 'npmjs.org/x', '"/' + 'work/a"', 'see /' + 'home/someone/x', '../' + 'shared' + '/oracles'];
  for (const text of texts) assert.deepEqual(linesFound(selfContainedRule, 'README.md', `a\n${text}`), [2], text);
});

test('web addresses pass, and the mirror may name its folder', () => {
  assert.deepEqual(linesFound(selfContainedRule, 'README.md', 'https://example.org/home/x ./work/a'), []);
  assert.deepEqual(linesFound(selfContainedRule, 'src/assets/asset-source.node.ts', '../' + 'shared' + '/data'), []);
});
