import { setTimeout as sleep } from 'node:timers/promises';
import { createGenerator } from '../../src/random/index.ts';
import { countBits, encodeBits, sealRecord, shortHash } from '../../src/results/index.ts';
import type { RunRecord } from '../../src/results/index.ts';
import { DeviceUnusable } from '../../src/tensor/index.ts';
import type { CellRequest, KnownMethod, KnownNames, Runner } from '../../src/bench/index.ts';

/** A runner without an engine: answers follow from the request alone, as they do on one machine. */
const pause = Number(process.env['FAKE_RUN_MILLISECONDS'] ?? 30);

/** Whether this process has lost its graphics device, so that nothing it is asked can succeed. */
let hasLostDevice = false;

export async function createRunner(): Promise<Runner> {
  return {
    backend: { name: 'wasm', kernels: 'fake/1', versions: { fake: '1' } },
    run: async (request, report) => {
      report({ stage: 'train', done: 1, total: 2 });
      await sleep(pause);
      if (hasLostDevice) throw new Error('a process without a device was given another run');
      if (request.taskId === 'task-that-loses-the-device') {
        hasLostDevice = true;
        throw new DeviceUnusable('The graphics device was lost.');
      }
      if (request.taskId === 'task-that-throws') throw new Error('this task throws');
      if (request.taskId === 'task-that-kills') process.kill(process.pid, 'SIGKILL');
      return recordOf(request, process.env['FAKE_ANSWER'] === 'other' ? { bits: new Uint8Array(request.split.test) } : {});
    },
    trial: async ({ learningRate }) => {
      await sleep(pause);
      return { value: learningRate === 0.03 ? 0.9 : 0.5 };
    },
  };
}

export function knownNames(): KnownNames {
  const methods: readonly (readonly [string, KnownMethod])[] = [
    ['ilm-vp', { name: 'ILM-VP', options: { program: 'padding', tokens: 1 }, learningRates: [0.1, 0.01, 0.03] }],
    ['blm', { name: 'BLM', options: { program: 'padding' }, learningRates: [0.001, 0.003, 0.01] }],
    ['picture-template', { name: 'Template', options: {} }],
  ];
  return {
    methods: new Map(methods),
    models: ['doodlenet', 'world-vit'],
    tasks: ['mnist', 'fashion-mnist', 'task-that-throws', 'task-that-kills', 'task-that-loses-the-device', 'missing-task'],
  };
}

export async function whyUnavailable(id: string): Promise<string | undefined> {
  return id === 'missing-task' ? 'missing-task is not here' : undefined;
}

export async function weightDigests(): Promise<ReadonlyMap<string, string>> {
  return new Map();
}

/** What the fake answers to a request. */
export function recordOf(request: CellRequest, changes: { kernels?: string; trained?: string; bits?: Uint8Array } = {}): RunRecord {
  const asked = { ...request, learningRates: undefined, search: undefined, batch: request.epochs > 0 ? request.batch : 0 };
  const n = request.split.test;
  const generator = createGenerator(shortHash(asked));
  const bits = changes.bits ?? Uint8Array.from({ length: n }, () => (generator.uniform() < 0.7 ? 1 : 0));
  const digest = shortHash('digest');
  const trained = request.epochs > 0;
  return sealRecord({
    schema: 'atlas-run/1',
    spec: {
      method: { id: request.methodId, name: request.methodId, family: 'MR', follows: 'paper', options: request.options },
      taxonomy: null,
      model: { id: request.modelId, digest, homeMade: false },
      task: { id: request.taskId, digest, generated: false },
      split: { train: request.split.train, validation: 0, test: n, rule: 'fake' },
      labelMap: null,
      recipe: trained
        ? {
            optimiser: { name: 'fake' },
            learningRate: request.learningRate ?? 1,
            schedule: { name: 'fake' },
            epochs: request.epochs,
            batch: request.batch,
            steps: 1,
            initial: 'fake',
          }
        : null,
      selection: 'last',
      search: request.search ?? null,
      tricks: [],
      ...(request.control ? { control: request.control } : {}),
    },
    seed: request.seed,
    drawn: { splitDigest: shortHash({ split: request.seed, task: request.taskId }), map: null, mapDigest: null },
    env: {
      backend: 'wasm',
      kernels: changes.kernels ?? 'fake/1',
      engine: 'fake',
      versions: {},
      commit: 'fake',
      dirty: false,
      architecture: 'x64',
      platform: 'fake',
      cpu: 'fake',
      threads: 1,
    },
    params: { trainable: 1, total: 2, names: ['w'] },
    result: {
      metrics: [{ name: 'accuracy', split: 'test', value: countBits(bits) / n, n }],
      correct: encodeBits(bits),
      predictionsDigest: shortHash([...bits]),
      trainedDigest: trained ? (changes.trained ?? shortHash({ trained: asked })) : null,
      frozenBefore: digest,
      frozenAfter: digest,
      curve: [],
    },
    cost: { trainSeconds: 1, evalSeconds: 1, stepsPerSecond: null, peakMemoryBytes: null, totalSeconds: pause / 1000 },
    status: 'done',
    flags: [],
    history: { created: new Date().toISOString() },
  });
}
