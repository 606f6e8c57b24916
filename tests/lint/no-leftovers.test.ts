import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noLeftoversRule } from '../../scripts/lint/rules/no-leftovers.ts';
import { linesFound } from './rule-on.ts';

test('marks of unfinished work are found in comments and in prose', () => {
  const marker = 'TO' + 'DO';
  assert.deepEqual(linesFound(noLeftoversRule, 'src/models/x.ts', `a();\n// ${marker}: b`), [2]);
  assert.deepEqual(linesFound(noLeftoversRule, 'README.md', `${marker}\n`), [1]);
  assert.deepEqual(linesFound(noLeftoversRule, 'src/models/x.ts', '// to do the sum, todoist'), []);
});
