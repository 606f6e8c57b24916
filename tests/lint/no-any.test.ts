import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noAnyRule } from '../../scripts/lint/rules/no-any.ts';
import { linesFound } from './rule-on.ts';

test('any is found as a type', () => {
  for (const text of ['let a: any;', 'f<any>()', 'x as any', 'type A = any[];', 'let a: string | any;', '(a: any) => 1']) {
    assert.deepEqual(linesFound(noAnyRule, 'src/models/x.ts', text), [1], text);
  }
});

test('any as a name, in a comment and in a string passes', () => {
  const text = "// any\ntf.any(x); const a = { any: 1 }; const b = 'any'; AbortSignal.any([]);";
  assert.deepEqual(linesFound(noAnyRule, 'src/models/x.ts', text), []);
});
