/**
 * Made-up records for tests and for drawing pages before there are real ones. Nothing here was measured: every record
 * carries the flag `test-fixture`, and none may be copied into `benchmarks/records/`.
 */
import { createHash } from 'node:crypto';
import { buildTable, countBits, encodeBits, matchByContent, sealRecord } from '../../src/results/index.ts';
import type { Control, Family, RunRecord, RunSpec, UnsealedRecord } from '../../src/results/index.ts';
import type { Table, TableDefinition } from '../../src/results/index.ts';

/** A small generator of its own (xorshift32): fixtures don't depend on the engine's. Values in [0, 1). */
export function fixtureRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

export interface FixtureMethod {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** The made-up expected accuracy. */
  readonly accuracy: number;
  readonly trainable: number;
  readonly control?: Control;
}

export const fixtureMethods: readonly FixtureMethod[] = [
  { id: 'ilm-vp', name: 'ILM-VP', family: 'MR', options: { program: 'padding' }, accuracy: 0.62, trainable: 1536 },
  { id: 'blm', name: 'BLM', family: 'MR', options: { program: 'padding' }, accuracy: 0.67, trainable: 1536 },
  { id: 'vpt-shallow', name: 'VPT-shallow', family: 'PT', accuracy: 0.85, trainable: 2570 },
  { id: 'linear-probe', name: 'Linear probe', family: 'PCA', accuracy: 0.8, trainable: 650 },
  { id: 'full-fine-tuning', name: 'Full fine-tuning', family: 'PCA', accuracy: 0.86, trainable: 50650 },
  {
    id: 'ilm-vp',
    name: 'ILM-VP',
    family: 'MR',
    options: { program: 'padding' },
    accuracy: 0.1,
    trainable: 1536,
    control: 'random-map',
  },
];

export const fixtureModels = ['world-vit', 'resnet20-cifar10'] as const;
export const fixtureTasks = ['mnist', 'fashion-mnist', 'world-outlines'] as const;
export const fixtureSeeds = [1, 2, 3, 4, 5] as const;

export interface FixtureOptions {
  readonly method?: FixtureMethod;
  readonly model?: string;
  readonly task?: string;
  readonly seed?: number;
  readonly test?: number;
  readonly created?: string;
  readonly supersedes?: string;
  readonly backend?: string;
  readonly dirty?: boolean;
  /** Outcomes of the test items; drawn from the method's expected accuracy where absent. */
  readonly correct?: readonly number[];
  readonly failed?: string;
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

function fixtureSpec(method: FixtureMethod, model: string, task: string, test: number): RunSpec {
  const mapped = method.family === 'MR';
  return {
    method: { id: method.id, name: method.name, family: method.family, follows: 'paper', options: method.options ?? {} },
    taxonomy:
      method.family === 'PCA'
        ? null
        : {
            configuration: ['learnable'],
            location: [mapped ? 'input' : 'hidden'],
            operator: [mapped ? 'additive' : 'concatenative'],
            alignment: [mapped ? 'statistical' : 'linear'],
          },
    model: { id: model, digest: digestOf(model), homeMade: model === 'world-vit' },
    task: { id: task, digest: digestOf(task), generated: task === 'world-outlines' },
    split: { train: 400, validation: 40, test, rule: 'class-balanced draw without replacement' },
    labelMap: mapped ? { rule: 'greedy one-to-one', interval: 1, ties: 'first cell in row-major order' } : null,
    recipe: {
      optimiser: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.01,
      schedule: { name: 'cosine', warmupSteps: 0 },
      epochs: 10,
      batch: 50,
      steps: 80,
      initial: 'zeros',
    },
    selection: 'last',
    search: {
      grid: [0.003, 0.01, 0.03],
      tunedOn: { task, seed: 1000, metric: 'accuracy', heldOut: 40 },
      trials: [
        { learningRate: 0.003, value: 0.55 },
        { learningRate: 0.01, value: 0.6 },
        { learningRate: 0.03, value: null },
      ],
      chosen: 0.01,
    },
    tricks: [{ name: 'features of the frozen network kept', exact: true }],
    ...(method.control === undefined ? {} : { control: method.control }),
  };
}

/** One made-up record, the same for the same options. */
export function fixtureRecord(options: FixtureOptions = {}): RunRecord {
  const method = options.method ?? firstMethod;
  const model = options.model ?? 'world-vit';
  const task = options.task ?? 'mnist';
  const seed = options.seed ?? 1;
  const test = options.correct?.length ?? options.test ?? 300;
  const random = fixtureRandom(`${method.id} ${method.control ?? ''} ${model} ${task} ${seed}`);
  const hardness = fixtureRandom(`items of ${task} ${seed}`);
  const shift = 0.04 * (random() - 0.5);
  const correct =
    options.correct ??
    Array.from({ length: test }, () => Number(0.6 * hardness() + 0.4 * random() < method.accuracy + shift));
  const spec = fixtureSpec(method, model, task, test);
  const drawn = { splitDigest: digestOf(`split ${task} ${seed} ${test}`), map: null, mapDigest: null };
  const params = { trainable: method.trainable, total: 50000 + method.trainable, names: ['program'] };
  const trainSeconds = 2 + Math.round(100 * random()) / 100;
  const cost = {
    trainSeconds,
    evalSeconds: 0.4,
    stepsPerSecond: Math.round((100 * 80) / trainSeconds) / 100,
    peakMemoryBytes: 2e8,
    totalSeconds: trainSeconds + 0.5,
  };
  const shared = {
    schema: 'atlas-run/1',
    spec,
    seed,
    env: {
      backend: options.backend ?? 'wasm',
      kernels: 'own-simd/1',
      engine: 'node 24.21.0',
      versions: { '@tensorflow/tfjs': '4.22.0' },
      commit: '0000000',
      dirty: options.dirty ?? false,
      architecture: 'x64',
      platform: 'linux',
      cpu: 'made up',
      threads: 1,
    },
    flags: [{ name: 'test-fixture', reason: 'made up for tests; nothing was measured' }],
    history: {
      created: options.created ?? '2026-01-01T00:00:00.000Z',
      ...(options.supersedes === undefined ? {} : { supersedes: options.supersedes }),
    },
  } as const;
  const body: UnsealedRecord =
    options.failed === undefined
      ? {
          ...shared,
          status: 'done',
          drawn,
          params,
          cost,
          result: {
            metrics: [{ name: 'accuracy', split: 'test', value: countBits(correct) / test, n: test }],
            correct: encodeBits(correct),
            predictionsDigest: digestOf(`predictions ${method.id} ${seed}`),
            trainedDigest: digestOf(`trained ${method.id} ${seed}`),
            frozenBefore: digestOf(model),
            frozenAfter: digestOf(model),
            curve: [0, 5, 10].map((epoch) => ({ epoch, loss: 2.3 / (1 + epoch), trainAccuracy: 0.1 + 0.05 * epoch })),
          },
        }
      : { ...shared, status: 'failed', drawn: null, params: null, cost: null, result: { error: options.failed } };
  return sealRecord(body);
}

/** The whole made-up grid: methods × models × tasks × seeds, one cell failed and one absent. */
export function fixtureRecords(): readonly RunRecord[] {
  return fixtureMethods.flatMap((method) =>
    fixtureModels.flatMap((model) =>
      fixtureTasks.flatMap((task) =>
        fixtureSeeds.flatMap((seed) => {
          if (method.id === 'blm' && model === 'resnet20-cifar10' && task === 'world-outlines') return [];
          const failed = method.id === 'full-fine-tuning' && model === 'resnet20-cifar10' && task === 'mnist';
          return [fixtureRecord({ method, model, task, seed, ...(failed ? { failed: 'loss is not finite' } : {}) })];
        }),
      ),
    ),
  );
}

const firstMethod: FixtureMethod = fixtureMethods[0] ?? {
  id: 'none',
  name: 'none',
  family: 'MR',
  accuracy: 0.5,
  trainable: 0,
};

/** The definition that shows all of `fixtureRecords()`. */
export function fixtureDefinition(): TableDefinition {
  const rows = fixtureMethods.map(({ id, name, family, options, control }) => ({
    key: control === undefined ? id : `${id} ${control}`,
    label: name,
    methodId: id,
    options: options ?? {},
    family,
    ...(control === undefined ? {} : { control }),
  }));
  const columns = fixtureModels.flatMap((modelId) =>
    fixtureTasks.map((taskId) => ({ key: `${modelId}/${taskId}`, modelId, taskId, label: taskId })),
  );
  return {
    id: 'fixture',
    title: 'A made-up table',
    question: 'Is every part of a table drawn & escaped < correctly?',
    rows,
    columns,
    match: matchByContent(rows, columns),
    seeds: fixtureSeeds,
    notes: ['Made up for tests: 100 % of it.'],
  };
}

/** `fixtureDefinition()` over `fixtureRecords()`. */
export function fixtureTable(): Table {
  return buildTable(fixtureDefinition(), fixtureRecords());
}
