import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import {
  applyUpdate,
  clipByGlobalNorm,
  createOptimiser,
  disposeParams,
  disposeState,
  sgd,
  tf,
  useBackend,
} from '../../src/tensor/index.ts';
import type { OptimiserSpec, OptimiserState, Params } from '../../src/tensor/index.ts';

before(async () => {
  await useBackend('cpu');
});

const specs: readonly OptimiserSpec[] = [
  { name: 'sgd' },
  { name: 'sgd', momentum: 0.9, weightDecay: 0.01 },
  { name: 'sgd', momentum: 0.9, dampening: 0.5 },
  { name: 'sgd', momentum: 0.8, nesterov: true },
  { name: 'adam' },
  { name: 'adam', weightDecay: 0.1, amsgrad: true },
  { name: 'adamW' },
  { name: 'rmsprop' },
  { name: 'rmsprop', momentum: 0.5, centred: true },
  { name: 'adagrad', rateDecay: 0.1 },
  { name: 'adamax' },
  { name: 'adafactor' },
];

function tree(seed: number): Params {
  const value = (i: number): number => ((seed * 7919 + i * 104729) % 200) / 100 - 1;
  return {
    matrix: tf.tensor2d(Float32Array.from({ length: 6 }, (_, i) => value(i)), [2, 3]),
    vector: tf.tensor1d(Float32Array.from({ length: 4 }, (_, i) => value(i + 6))),
    stack: tf.tensor3d(Float32Array.from({ length: 8 }, (_, i) => value(i + 10)), [2, 2, 2]),
  };
}

const valuesOf = (params: Params): number[][] => Object.values(params).map((tensor) => [...tensor.dataSync()]);

test('every optimiser holds a constant count of tensors over 50 steps', () => {
  assert.ok(specs.length > 0);
  for (const spec of specs) {
    const optimiser = createOptimiser(spec);
    const start = tf.memory().numTensors;
    let params = tree(0);
    let state = optimiser.init(params);
    const live = tf.memory().numTensors;
    for (let step = 0; step < 50; step++) {
      ({ params, state } = applyUpdate(optimiser, params, tree(step + 1), state, 0.01));
      assert.equal(tf.memory().numTensors, live, `${spec.name} at step ${step}`);
    }
    disposeParams(params);
    disposeState(state);
    assert.equal(tf.memory().numTensors, start, spec.name);
  }
});

test('an update leaves what it was given alone', () => {
  for (const spec of specs) {
    const optimiser = createOptimiser(spec);
    const [params, gradients] = [tree(0), tree(1)];
    const state = optimiser.init(params);
    const earlier = [valuesOf(params), valuesOf(gradients), valuesOf(state.tensors), { ...state.counters }];
    const next = optimiser.update(params, gradients, state, 0.1);
    assert.deepEqual([valuesOf(params), valuesOf(gradients), valuesOf(state.tensors), state.counters], earlier);
    assert.notDeepEqual(valuesOf(next.params), valuesOf(params));
    for (const owned of [params, gradients, state.tensors, next.params, next.state.tensors]) disposeParams(owned);
  }
});

test('a state that went through text and back goes on with the same bits', () => {
  for (const spec of specs) {
    const optimiser = createOptimiser(spec);
    let params = tree(0);
    let state = optimiser.init(params);
    for (let step = 1; step <= 3; step++) ({ params, state } = applyUpdate(optimiser, params, tree(step), state, 0.01));
    const stored = JSON.stringify({
      counters: state.counters,
      tensors: Object.entries(state.tensors).map(([name, t]) => ({ name, shape: t.shape, values: [...t.dataSync()] })),
    });
    const read: { counters: OptimiserState['counters']; tensors: { name: string; shape: number[]; values: number[] }[] } =
      JSON.parse(stored);
    const resumed: OptimiserState = {
      counters: read.counters,
      tensors: Object.fromEntries(read.tensors.map(({ name, shape, values }) => [name, tf.tensor(values, shape)])),
    };
    const [uninterrupted, again] = [state, resumed].map((from) => optimiser.update(params, tree(4), from, 0.01));
    assert.ok(uninterrupted && again);
    assert.deepEqual(valuesOf(again.params), valuesOf(uninterrupted.params), spec.name);
    assert.deepEqual(again.state.counters, uninterrupted.state.counters);
  }
});

/** Formulas of torch.optim's documentation for one number, in doubles, with powers where ours keeps running products. */
type Scalar = (gradients: readonly number[], start: number, rate: number) => number;

function scalarAdam(beta1: number, beta2: number, eps: number, decay: number, decoupled: boolean): Scalar {
  return (gradients, start, rate) => {
    let [w, m, v] = [start, 0, 0];
    gradients.forEach((raw, k) => {
      const g = decoupled ? raw : raw + decay * w;
      if (decoupled) w -= rate * decay * w;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      w -= (rate * (m / (1 - beta1 ** (k + 1)))) / (Math.sqrt(v / (1 - beta2 ** (k + 1))) + eps);
    });
    return w;
  };
}

function scalarSgd(momentum: number, dampening: number, decay: number, nesterov: boolean): Scalar {
  return (gradients, start, rate) => {
    let [w, v] = [start, 0];
    gradients.forEach((raw, k) => {
      const g = raw + decay * w;
      v = k === 0 ? g : momentum * v + (1 - dampening) * g;
      w -= rate * (nesterov ? g + momentum * v : v);
    });
    return w;
  };
}

const part = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const gradient = fc.oneof(fc.double({ min: -2, max: 2, noNaN: true }), fc.constant(0));
const course = fc.record({
  gradients: fc.array(gradient, { minLength: 1, maxLength: 12 }),
  start: fc.double({ min: -2, max: 2, noNaN: true }),
  rate: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
});

interface Course {
  readonly gradients: readonly number[];
  readonly start: number;
  readonly rate: number;
}

/** Where a single number ends. */
function follow(spec: OptimiserSpec, { gradients, start, rate }: Course): number {
  const optimiser = createOptimiser(spec);
  let params: Params = { w: tf.tensor1d([start]) };
  let state = optimiser.init(params);
  for (const g of gradients) ({ params, state } = applyUpdate(optimiser, params, { w: tf.tensor1d([g]) }, state, rate));
  const [w = NaN] = params['w']?.dataSync() ?? [];
  disposeParams(params);
  disposeState(state);
  return w;
}

test('SGD, Adam and AdamW follow the formulas of torch.optim for any settings', () => {
  let examined = 0;
  const close = (ours: number, expected: number): void => {
    examined++;
    assert.ok(Math.abs(ours - expected) <= 2e-5 * Math.max(1, Math.abs(expected)), `${ours} is not ${expected}`);
  };
  fc.assert(
    fc.property(course, part, part, fc.double({ min: 1e-6, max: 1e-2, noNaN: true }), (given, a, b, eps) => {
      const { gradients, start, rate } = given;
      const adam = scalarAdam(a, b, eps, 0.1, false)(gradients, start, rate);
      close(follow({ name: 'adam', betas: [a, b], eps, weightDecay: 0.1 }, given), adam);
      const adamW = scalarAdam(a, b, eps, 0.1, true)(gradients, start, rate);
      close(follow({ name: 'adamW', betas: [a, b], eps, weightDecay: 0.1 }, given), adamW);
      const plain = scalarSgd(a, b, 0.01, false)(gradients, start, rate);
      close(follow({ name: 'sgd', momentum: a, dampening: b, weightDecay: 0.01 }, given), plain);
      const nesterov = scalarSgd(a, 0, 0.01, true)(gradients, start, rate);
      close(follow({ name: 'sgd', momentum: a, nesterov: true, weightDecay: 0.01 }, given), nesterov);
    }),
    { numRuns: 60, seed: 1 },
  );
  assert.equal(examined, 240);
});

/** The defaults in the documentation of torch.optim, next to the optimisers that are to have them. */
const defaults: readonly (readonly [bare: OptimiserSpec, spelt: OptimiserSpec])[] = [
  [{ name: 'sgd' }, { name: 'sgd', momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 }],
  [{ name: 'adam' }, { name: 'adam', betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false }],
  [{ name: 'adamW' }, { name: 'adamW', betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0.01, amsgrad: false }],
  [{ name: 'rmsprop' }, { name: 'rmsprop', alpha: 0.99, eps: 1e-8, momentum: 0, centred: false, weightDecay: 0 }],
  [{ name: 'adagrad' }, { name: 'adagrad', eps: 1e-10, rateDecay: 0, weightDecay: 0 }],
  [{ name: 'adamax' }, { name: 'adamax', betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0 }],
  [{ name: 'adafactor' }, { name: 'adafactor', beta2Decay: -0.8, eps: [2 / 16777216, 1e-3], clip: 1, weightDecay: 0 }],
];

test('what is not said is as in torch.optim', () => {
  assert.deepEqual(new Set(defaults.map(([{ name }]) => name)), new Set(specs.map(({ name }) => name)));
  // gradients so small that every ε shows
  const given = { gradients: [1e-8, -2e-9, 1e-10], start: 0.3, rate: 0.1 };
  for (const [bare, spelt] of defaults) assert.equal(follow(bare, given), follow(spelt, given), bare.name);
});

test('a number without gradient stays where it is, and divides nothing by zero', () => {
  for (const spec of specs.filter(({ name }) => name !== 'sgd' && name !== 'adamW')) {
    if ('weightDecay' in spec) continue;
    assert.equal(follow(spec, { gradients: [0, 0, 0], start: 0.5, rate: 0.1 }), 0.5, spec.name);
  }
});

test('centred RMSprop gives numbers for a gradient that never changes', () => {
  const gradients = new Array<number>(60).fill(0.3);
  const w = follow({ name: 'rmsprop', centred: true, alpha: 0.5 }, { gradients, start: 1, rate: 1e-9 });
  assert.ok(Number.isFinite(w));
});

test('clipping scales a tree to the norm asked for and leaves smaller ones alone', () => {
  const gradients: Params = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0, 4]]) };
  const clipped = clipByGlobalNorm(gradients, 1);
  const norm = Math.sqrt(valuesOf(clipped).flat().reduce((sum, g) => sum + g * g, 0));
  assert.ok(Math.abs(norm - 1) < 1e-6, `norm ${norm}`);
  assert.deepEqual(valuesOf(clipByGlobalNorm(gradients, 10)), valuesOf(gradients));
  assert.deepEqual(clipByGlobalNorm({}, 1), {});
  assert.throws(() => clipByGlobalNorm(gradients, 0), /above 0/);
});

test('mistakes are named: missing gradient, wrong shape, foreign state, impossible settings', () => {
  const optimiser = sgd({ momentum: 0.9 });
  const params = tree(0);
  const state = optimiser.init(params);
  const { matrix, ...rest } = tree(1);
  assert.throws(() => optimiser.update(params, rest, state, 0.1), /no gradient for the parameter 'matrix'/);
  assert.throws(
    () => optimiser.update(params, { ...rest, matrix: tf.zeros([3, 2]) }, state, 0.1),
    /'matrix' has shape \[3,2\], the parameter \[2,3\]/,
  );
  assert.throws(() => optimiser.update(params, tree(1), { tensors: {}, counters: state.counters }, 0.1), /velocity\/matrix/);
  assert.throws(() => createOptimiser({ name: 'adam' }).update(params, tree(1), state, 0.1), /no counter 'beta1Product'/);
  assert.throws(() => sgd({ nesterov: true }), /momentum above 0/);
  assert.ok(matrix);
});
