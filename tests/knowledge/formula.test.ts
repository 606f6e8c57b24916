import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluateFormula, FormulaError, lettersOf } from '../../src/knowledge/index.ts';

interface Valued {
  readonly text: string;
  readonly value: number;
}

const two = (tie: fc.LetrecTypedTie<{ formula: Valued }>) => fc.tuple(tie('formula'), tie('formula'));

/** A random formula with its value, built together. */
const arithmetic = fc.letrec<{ formula: Valued }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4 },
    fc.nat(20).map((n) => ({ text: String(n), value: n })),
    two(tie).map(([a, b]) => ({ text: `(${a.text} + ${b.text})`, value: a.value + b.value })),
    two(tie).map(([a, b]) => ({ text: `(${a.text} - ${b.text})`, value: a.value - b.value })),
    two(tie).map(([a, b]) => ({ text: `(${a.text} * ${b.text})`, value: a.value * b.value })),
    tie('formula').map((a) => ({ text: `(${a.text})^2`, value: a.value * a.value })),
  ),
})).formula;

test('a formula has the value that its parts give', () => {
  let examined = 0;
  fc.assert(
    fc.property(arithmetic, ({ text, value }) => {
      examined += 1;
      assert.equal(evaluateFormula(text, {}), value, text);
    }),
  );
  assert.ok(examined >= 100, `${examined} formulas`);
});

test('products bind before sums, powers before products, equal signs from left to right', () => {
  assert.equal(evaluateFormula('2 + 3 * 4', {}), 14);
  assert.equal(evaluateFormula('2 * 3^2', {}), 18);
  assert.equal(evaluateFormula('10 - 4 - 3', {}), 3);
  assert.equal(evaluateFormula('12 / 2 / 3', {}), 2);
  assert.equal(evaluateFormula('-3 + 5', {}), 2);
});

test('letters take their values, and are listed in order', () => {
  assert.equal(evaluateFormula('3 * (W^2 - (W - 2*p)^2)', { W: 224, p: 30 }), 69840);
  assert.deepEqual(lettersOf('p * d + d * k + k'), ['p', 'd', 'k']);
});

test('what is no formula is refused at its place', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['2 +', 3],
    ['2 $ 3', 1],
    ['(2 + 3', 0],
    ['a * 2', 0],
    ['2 3', 2],
    ['2 ^ 0.5', 2],
  ];
  for (const [formula, offset] of cases) {
    assert.throws(
      () => evaluateFormula(formula, {}),
      (error) => error instanceof FormulaError && error.offset === offset,
      formula,
    );
  }
});
