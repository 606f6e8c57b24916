import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { schedule } from '../../src/training/index.ts';
import type { ScheduleSpec } from '../../src/training/index.ts';

const specs: readonly ScheduleSpec[] = [
  { name: 'constant' },
  { name: 'cosine' },
  { name: 'multistep', milestones: [0.5, 0.72], factor: 0.1 },
  { name: 'exponential', factor: 0.96 },
  { name: 'step', every: 2, factor: 0.5 },
  { name: 'linear-warm-up-cosine', warmUp: 0.2 },
  { name: 'linear-warm-up-linear', warmUp: 0.2 },
  { name: 'constant-first-cosine', first: 1e-5 },
  { name: 'one-cycle' },
];

const rates = (spec: ScheduleSpec, base: number, steps: number, stepsPerEpoch = 1): number[] => {
  const rate = schedule(spec, { base, steps, stepsPerEpoch });
  return Array.from({ length: steps }, (_, step) => rate(step));
};

const near = (value: number | undefined, expected: number): void => {
  assert.ok(Math.abs((value ?? NaN) - expected) < 1e-12, `${value} is not ${expected}`);
};

test('every schedule stays between 0 and its base rate, for every length of course', () => {
  let examined = 0;
  fc.assert(
    fc.property(fc.constantFrom(...specs), fc.integer({ min: 5, max: 300 }), (spec, steps) => {
      for (const rate of rates(spec, 0.1, steps)) {
        examined++;
        assert.ok(rate >= 0 && rate <= 0.1 + 1e-15, `${spec.name} over ${steps}: ${rate}`);
      }
    }),
    { seed: 2 },
  );
  assert.ok(examined > 1000);
});

test('the cosine falls from the base rate, through half of it in the middle', () => {
  const course = rates({ name: 'cosine' }, 0.2, 100);
  near(course[0], 0.2);
  near(course[50], 0.1);
  near(course[25], 0.1 * (1 + Math.SQRT1_2));
  course.slice(1).forEach((rate, k) => assert.ok(rate < (course[k] ?? NaN)));
});

test('milestones are parts of the course: times 0.1 at 50 % and at 72 %', () => {
  const course = rates({ name: 'multistep', milestones: [0.5, 0.72], factor: 0.1 }, 1, 200);
  near(course[99], 1);
  near(course[100], 0.1);
  near(course[143], 0.1);
  near(course[144], 0.01);
});

test('the warm-up rises in a straight line from 0 to the base rate', () => {
  for (const name of ['linear-warm-up-cosine', 'linear-warm-up-linear'] as const) {
    const course = rates({ name, warmUp: 0.1 }, 1, 100);
    for (let k = 0; k <= 10; k++) near(course[k], k / 10);
    near(rates({ name, warmUp: 0 }, 1, 100)[0], 1);
  }
  near(rates({ name: 'linear-warm-up-linear', warmUp: 0.1 }, 1, 100)[55], 0.5);
});

test('a schedule per epoch is that of the epochs, constant within each', () => {
  for (const spec of specs) {
    const perEpoch = rates({ ...spec, per: 'epoch' }, 0.1, 35, 5);
    const epochs = rates(spec, 0.1, 7);
    perEpoch.forEach((rate, step) => near(rate, epochs[Math.floor(step / 5)] ?? NaN));
  }
});

test('a course without steps, an epoch of no length and a step outside are refused', () => {
  assert.throws(() => schedule({ name: 'cosine' }, { base: 1, steps: 0 }), /steps above 0, not 0/);
  assert.throws(() => schedule({ name: 'cosine', per: 'epoch' }, { base: 1, steps: 10 }), /needs the steps of an epoch/);
  const rate = schedule({ name: 'cosine' }, { base: 1, steps: 10 });
  for (const step of [-1, 10, NaN]) assert.throws(() => rate(step), /outside its course of 10 steps/);
});
