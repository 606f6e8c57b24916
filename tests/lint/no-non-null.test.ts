import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noNonNullRule } from '../../scripts/lint/rules/no-non-null.ts';
import { linesFound } from './rule-on.ts';

test('a postfix ! is found after each kind of operand', () => {
  for (const text of ['a!.b', 'a[0]!', 'f()!', 'f(a!, b)', 'let a!: string;', 'this!.x', '(a)! + 1']) {
    assert.deepEqual(linesFound(noNonNullRule, 'src/models/x.ts', text), [1], text);
  }
});

test('negation and inequality pass', () => {
  const text = 'if (!a) !b;\nwhile (f(a)) !c;\na != b; a !== b; return !a; const c = [!a]; x = !(a) && !b;\na\n!b';
  assert.deepEqual(linesFound(noNonNullRule, 'src/models/x.ts', text), []);
});
