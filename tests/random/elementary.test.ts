import assert from 'node:assert/strict';
import test from 'node:test';
import {
  cosine,
  createGenerator,
  exponential,
  integerPower,
  naturalLog,
  sine,
  tangentHyperbolic,
} from '../../src/random/index.ts';
import {
  errorInLastPlaces,
  exactCosine,
  exactExponential,
  exactLog,
  exactSine,
  exactTangentHyperbolic,
} from './multiple-precision.ts';

const samples = (label: string, n: number, low: number, high: number): number[] => {
  const generator = createGenerator('elementary').split(label);
  return Array.from({ length: n }, () => generator.uniform(low, high));
};

const functions = [
  { name: 'sine near zero', ours: sine, exact: exactSine, arguments: samples('s', 300, -4, 4) },
  { name: 'cosine near zero', ours: cosine, exact: exactCosine, arguments: samples('c', 300, -4, 4) },
  { name: 'sine far out', ours: sine, exact: exactSine, arguments: samples('far', 200, -1e5, 1e5) },
  { name: 'cosine far out', ours: cosine, exact: exactCosine, arguments: samples('far', 200, -1e5, 1e5) },
  {
    name: 'sine at the doubles nearest to multiples of π/2',
    ours: sine,
    exact: exactSine,
    arguments: Array.from({ length: 200 }, (_, i) => (i + 1) * (Math.PI / 2)),
  },
  {
    name: 'cosine at the doubles nearest to multiples of π/2',
    ours: cosine,
    exact: exactCosine,
    arguments: Array.from({ length: 200 }, (_, i) => (i + 1) * (Math.PI / 2)),
  },
  { name: 'exponential', ours: exponential, exact: exactExponential, arguments: samples('e', 300, -30, 30) },
  { name: 'exponential of small numbers', ours: exponential, exact: exactExponential, arguments: samples('e', 200, -0.5, 0.5) },
  { name: 'logarithm', ours: naturalLog, exact: exactLog, arguments: samples('l', 200, 1e-9, 1e6) },
  { name: 'logarithm near 1', ours: naturalLog, exact: exactLog, arguments: samples('l1', 200, 0.6, 1.6) },
  { name: 'logarithm of uniform draws', ours: naturalLog, exact: exactLog, arguments: samples('lu', 100, 1e-9, 1) },
  { name: 'tanh', ours: tangentHyperbolic, exact: exactTangentHyperbolic, arguments: samples('t', 300, -8, 8) },
  { name: 'tanh near zero', ours: tangentHyperbolic, exact: exactTangentHyperbolic, arguments: samples('t0', 200, -0.5, 0.5) },
];

for (const { name, ours, exact, arguments: list } of functions) {
  test(`${name} is right to 2 units in the last place`, (t) => {
    const errors = list.map((x) => errorInLastPlaces(ours(x), exact(x)));
    const worst = Math.max(...errors);
    t.diagnostic(`${list.length} arguments, largest error ${worst} units in the last place`);
    assert.ok(list.length >= 100);
    assert.ok(worst <= 2, `${name}: ${worst} at ${list[errors.indexOf(worst)]}`);
  });
}

test('the elementary functions agree with the engine within a few units in the last place', (t) => {
  let checked = 0;
  const agree = (ours: number, engine: number): void => {
    checked += 1;
    assert.ok(Math.abs(ours - engine) <= 4 * Number.EPSILON * Math.max(Math.abs(engine), Number.MIN_VALUE), `${ours} ${engine}`);
  };
  for (const x of samples('engine', 5000, -700, 700)) agree(exponential(x), Math.exp(x));
  for (const x of samples('engine', 5000, 1e-300, 1e300)) agree(naturalLog(x), Math.log(x));
  for (const x of samples('engine', 5000, -20, 20)) agree(tangentHyperbolic(x), Math.tanh(x));
  for (const x of [1e-5, 1e-8, 1e-300]) {
    agree(sine(x), x - (x * x * x) / 6);
    agree(tangentHyperbolic(x), x - (x * x * x) / 3);
    agree(exponential(-x), 1 - x + (x * x) / 2);
  }
  for (let n = -20; n <= 20; n++) agree(integerPower(1.1, n), 1.1 ** n);
  t.diagnostic(`${checked} values`);
  assert.ok(checked > 15000);
});

test('the elementary functions have the right values at the ends of their ranges', () => {
  const cases: readonly (readonly [number, number])[] = [
    [exponential(0), 1],
    [exponential(1000), Infinity],
    [exponential(Infinity), Infinity],
    [exponential(-1000), 0],
    [exponential(-Infinity), 0],
    [exponential(NaN), NaN],
    [exponential(-745), Math.exp(-745)],
    [naturalLog(1), 0],
    [naturalLog(0), -Infinity],
    [naturalLog(-1), NaN],
    [naturalLog(NaN), NaN],
    [naturalLog(Infinity), Infinity],
    [naturalLog(Number.MIN_VALUE), Math.log(Number.MIN_VALUE)],
    [sine(0), 0],
    [sine(-0), -0],
    [sine(NaN), NaN],
    [cosine(0), 1],
    [tangentHyperbolic(Infinity), 1],
    [tangentHyperbolic(-Infinity), -1],
    [tangentHyperbolic(-0), -0],
    [integerPower(0, 0), 1],
    [integerPower(-2, 3), -8],
    [integerPower(2, -2), 0.25],
  ];
  for (const [found, expected] of cases) assert.ok(Object.is(found, expected), `${found} is not ${expected}`);
  assert.throws(() => sine(2e6), /reduce it first/);
  assert.throws(() => cosine(Infinity), /reduce it first/);
  assert.throws(() => integerPower(2, 0.5), /whole exponent/);
  const nearEnd = exponential(709.7);
  assert.ok(Math.abs(nearEnd / Math.exp(709.7) - 1) < 1e-15);
});

test('the bits of the elementary functions are those written down here', () => {
  const word = new DataView(new ArrayBuffer(8));
  let hash = 0n;
  let count = 0;
  const add = (x: number): void => {
    word.setFloat64(0, x);
    hash = (hash * 6364136223846793005n + word.getBigUint64(0) + 1442695040888963407n) & 0xffffffffffffffffn;
    count += 1;
  };
  for (const x of samples('golden', 1000, -50, 50)) {
    add(sine(x));
    add(cosine(x));
    add(exponential(x));
    add(tangentHyperbolic(x / 10));
    add(naturalLog(Math.abs(x)));
  }
  assert.equal(count, 5000);
  assert.equal(hash.toString(16), '34de79aaebc60ca8');
});
