import { z } from 'zod';
import { createGenerator } from '../random/index.ts';
import { disposeParams, mapParams, tf, valueAndGradients } from '../tensor/index.ts';
import type { OptimiserSpec, Params, Tensor } from '../tensor/index.ts';
import { train } from '../training/index.ts';
import type { Trained } from '../training/index.ts';
import { compare, compareTensor, shapeOf } from './compare.ts';
import type { Check, OracleCase } from './types.ts';

/** A training as a case stores it, on our side. */
export interface TrainingProblem {
  /** Everything that is trained, under the engine's names, at its stored start. Stays the caller's. */
  readonly initial: Params;
  /** The scalar loss over the items with these indices. */
  readonly loss: (params: Params, indices: Int32Array) => Tensor;
  /** What stands in a tree of the engine (parameters or their gradients) for the stored parameter, in its layout. */
  readonly stored: (tree: Params, name: string) => Tensor;
}

const schema = z.looseObject({
  optimiser: z.object({
    name: z.string(),
    lr: z.number(),
    momentum: z.number().default(0),
    betas: z.tuple([z.number(), z.number()]).default([0.9, 0.999]),
    eps: z.number().default(1e-8),
    weightDecay: z.number().default(0),
    steps: z.array(z.number()),
  }),
});
type Settings = z.infer<typeof schema>['optimiser'];

const specs: Readonly<Record<string, (settings: Settings) => OptimiserSpec>> = {
  sgd: ({ momentum, weightDecay }) => ({ name: 'sgd', momentum, weightDecay }),
  adam: ({ betas, eps, weightDecay }) => ({ name: 'adam', betas, eps, weightDecay }),
  adamw: ({ betas, eps, weightDecay }) => ({ name: 'adamW', betas, eps, weightDecay }),
};

/**
 * Compares loss and gradients at the start, the parameters after every stored count of steps, and the losses between
 * them. Every step sees the whole batch; the steps are the engine's own training loop, run once for every stored count.
 */
export async function checkTraining(oracle: OracleCase, problem: TrainingProblem): Promise<readonly Check[]> {
  const { optimiser } = schema.parse(oracle.json);
  const spec = specs[optimiser.name]?.(optimiser);
  if (!spec) throw new Error(`Nothing here stands for the optimiser '${optimiser.name}'.`);
  const names = [...oracle.tensors.keys()]
    .filter((name) => name.startsWith('init.'))
    .map((name) => name.slice('init.'.length));
  const [count = 0] = shapeOf(oracle, 'input.labels');
  const checks: Check[] = [];
  const compareTree = (prefix: string, tree: Params): void => {
    for (const name of names) {
      const ours = tf.tidy(() => problem.stored(tree, name).clone());
      checks.push(compareTensor(oracle, `${prefix}.${name}`, ours));
    }
  };

  const everything = Int32Array.from({ length: count }, (_, index) => index);
  const start = valueAndGradients((params) => problem.loss(params, everything), problem.initial);
  checks.push(compareTensor(oracle, 'expect.loss', start.value));
  compareTree('expect.grad', start.gradients);
  disposeParams(start.gradients);

  let losses: readonly number[] = [];
  for (const steps of optimiser.steps) {
    const trained = await trainFor(steps, spec, optimiser.lr, count, problem);
    compareTree(`expect.step${steps}`, trained.params);
    if (steps >= losses.length) {
      const after = tf.tidy(() => problem.loss(trained.params, everything).dataSync()[0] ?? NaN);
      losses = [...trained.curve.map(({ loss }) => loss), after];
    }
    disposeParams(trained.params);
  }
  checks.push(compare(oracle, 'expect.losses', losses));
  return checks;
}

function trainFor(
  steps: number,
  optimiser: OptimiserSpec,
  learningRate: number,
  count: number,
  problem: TrainingProblem,
): Promise<Trained> {
  return train(
    mapParams(problem.initial, (tensor) => tensor.clone()),
    {
      recipe: { optimiser, schedule: { name: 'constant' }, learningRate, epochs: steps, batch: count },
      count,
      generator: createGenerator(0),
      loss: (params, indices) => ({ loss: problem.loss(params, indices) }),
    },
  );
}
