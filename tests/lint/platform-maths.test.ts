import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformMathsRule } from '../../scripts/lint/rules/platform-maths.ts';
import { linesFound } from './rule-on.ts';

const found = (text: string): number[] => linesFound(platformMathsRule, 'src/training/x.ts', text);

test('every function whose bits an engine may choose is found', () => {
  const names = ['pow', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'tanh', 'sinh', 'cosh',
    'atan2', 'hypot', 'cbrt', 'random'];
  for (const name of names) assert.deepEqual(found(`const a =\n  Math.${name}(x);`), [2], name);
});

test('powers, aliases of Math and clocks are found', () => {
  for (const text of ['a ** 2', 'a **= 2', "Math['pow'](a, 2)", 'const { pow } = Math', 'const m = Math;', 'Date.now()', 'Mathf.exp(x)']) {
    assert.deepEqual(found(text), [1], text);
  }
});

test('exact functions, comments and strings pass', () => {
  const text = "// Math.exp(x) ** 2\nconst a = Math.sqrt(Math.abs(Math.fround(x))) * Math.PI;\nconst b = 'Math.pow';\nc.Math.pow();";
  assert.deepEqual(found(text), []);
});

test('it is for the rooms on the road to a record, AssemblyScript included, and no others', () => {
  assert.equal(platformMathsRule.appliesTo('src/tensor/kernels/assembly/gelu.ts'), true);
  assert.equal(platformMathsRule.appliesTo('src/results/statistics/t.ts'), false);
  assert.equal(platformMathsRule.appliesTo('scripts/bench.ts'), false);
});
