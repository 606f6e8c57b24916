import { z } from 'zod';
import {
  adafactor,
  adagrad,
  adam,
  adamax,
  adamW,
  applyUpdate,
  clipByGlobalNorm,
  disposeParams,
  disposeState,
  rmsprop,
  sgd,
  tf,
} from '../../tensor/index.ts';
import type { Optimiser, Params } from '../../tensor/index.ts';
import { compare, shapeOf, valuesOf } from '../compare.ts';
import type { OracleCase, Runner } from '../types.ts';

/** torch's settings, each with torch's default where the classes agree on it. */
const settings = z.object({
  class: z.string(),
  lr: z.number(),
  momentum: z.number().default(0),
  dampening: z.number().default(0),
  nesterov: z.boolean().default(false),
  weight_decay: z.number().optional(),
  betas: z.tuple([z.number(), z.number()]).default([0.9, 0.999]),
  eps: z.union([z.number(), z.tuple([z.number().nullable(), z.number()])]).optional(),
  amsgrad: z.boolean().default(false),
  alpha: z.number().default(0.99),
  centered: z.boolean().default(false),
  lr_decay: z.number().default(0),
  beta2_decay: z.number().default(-0.8),
  d: z.number().default(1),
});
type Settings = z.infer<typeof settings>;

const schema = z.looseObject({
  optimisers: z.record(z.string(), settings),
  tensors: z.record(z.string(), z.looseObject({ note: z.string().optional() })),
});

const classes: Readonly<Record<string, (given: Settings) => Optimiser>> = {
  SGD: ({ momentum, dampening, nesterov, weight_decay: weightDecay = 0 }) =>
    sgd({ momentum, dampening, nesterov, weightDecay }),
  Adam: (given) => adam(adamOptions(given, 0)),
  AdamW: (given) => adamW(adamOptions(given, 0.01)),
  RMSprop: ({ alpha, momentum, centered: centred, weight_decay: weightDecay = 0, ...given }) =>
    rmsprop({ alpha, eps: one(given.eps, 1e-8), momentum, centred, weightDecay }),
  Adagrad: ({ lr_decay: rateDecay, weight_decay: weightDecay = 0, ...given }) =>
    adagrad({ eps: one(given.eps, 1e-10), rateDecay, weightDecay }),
  Adamax: ({ betas, weight_decay: weightDecay = 0, ...given }) =>
    adamax({ betas, eps: one(given.eps, 1e-8), weightDecay }),
  Adafactor: ({ beta2_decay: beta2Decay, d: clip, eps, weight_decay: weightDecay = 0 }) => {
    const [first, second] = Array.isArray(eps) ? eps : [];
    const stated = first == null || second === undefined ? {} : { eps: [first, second] as const };
    return adafactor({ beta2Decay, clip, weightDecay, ...stated });
  },
};

function one(eps: Settings['eps'], otherwise: number): number {
  return typeof eps === 'number' ? eps : otherwise;
}

function adamOptions({ betas, eps, weight_decay: weightDecay, amsgrad }: Settings, decay: number) {
  return { betas, eps: one(eps, 1e-8), weightDecay: weightDecay ?? decay, amsgrad };
}

/** Every optimiser of the case over its given gradients, compared after every step. */
export const runner: Runner = async (oracle) => {
  const { optimisers, tensors } = schema.parse(oracle.json);
  const names = [...oracle.tensors.keys()].filter((name) => name.startsWith('expect.'));
  return names.map((name) => {
    const key = name.slice('expect.'.length);
    // A clipped run has no entry of its own: it is the optimiser named before '-clipped' at the norm its note states.
    const clipped = key.endsWith('-clipped');
    const given = optimisers[clipped ? key.slice(0, -'-clipped'.length) : key];
    const make = given && classes[given.class];
    if (!given || !make) throw new Error(`Nothing here stands for '${key}' (${given?.class ?? 'no settings'}).`);
    const norm = clipped ? Number(/clipped to (\d+(?:\.\d+)?)/.exec(tensors[name]?.note ?? '')?.[1]) : Infinity;
    return compare(oracle, name, trajectory(oracle, make(given), given.lr, norm));
  });
};

/** The parameters after each step, one after another. */
function trajectory(oracle: OracleCase, optimiser: Optimiser, learningRate: number, norm: number): Float32Array {
  const shape = [...shapeOf(oracle, 'input.start')];
  const gradients = valuesOf(oracle, 'input.gradients');
  const size = valuesOf(oracle, 'input.start').length;
  const path = new Float32Array(gradients.length);
  let params: Params = { w: tf.tensor(valuesOf(oracle, 'input.start'), shape) };
  let state = optimiser.init(params);
  for (let start = 0; start < gradients.length; start += size) {
    const raw: Params = { w: tf.tensor(gradients.subarray(start, start + size), shape) };
    const clipped = norm === Infinity ? raw : clipByGlobalNorm(raw, norm);
    ({ params, state } = applyUpdate(optimiser, params, clipped, state, learningRate));
    if (clipped !== raw) disposeParams(raw);
    path.set(params.w?.dataSync() ?? [], start);
  }
  disposeParams(params);
  disposeState(state);
  return path;
}
