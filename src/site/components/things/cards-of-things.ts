import { z } from 'zod';

const backend = z.object({ name: z.string(), kernels: z.string() });

/** What a page draws and says of a model, from its card. */
export const modelFacts = z.object({
  kind: z.enum(['transformer', 'convolutional']),
  parameters: z.number(),
  /** `28 × 28 × 1`: rows, columns, channels. */
  input: z.string(),
  blocks: z.number(),
  width: z.number().optional(),
  featureWidth: z.number(),
  outputs: z.number(),
  digest: z.string().optional(),
  classes: z.array(z.string()).default([]),
  /** Its accuracy on the task that it was trained for, without anything around it. */
  measured: z
    .object({ task: z.string(), taskDigest: z.string(), n: z.number(), correct: z.number(), accuracy: z.number(), backend })
    .optional(),
  /** Of home-made weights: how they came about. */
  made: z
    .object({
      trainedDigest: z.string(),
      steps: z.number(),
      recipe: z.object({
        task: z.string(),
        seed: z.number(),
        pictures: z.number(),
        recipe: z.object({
          optimiser: z.looseObject({ name: z.string() }),
          schedule: z.looseObject({ name: z.string() }),
          learningRate: z.number(),
          epochs: z.number(),
          batch: z.number(),
        }),
      }),
      taskDigest: z.string(),
      testAccuracy: z.number(),
      testCount: z.number(),
      backend,
      seconds: z.number(),
    })
    .optional(),
});
export type ModelFacts = z.infer<typeof modelFacts>;

/** What a page draws and says of a task, from its card. */
export const taskFacts = z.object({
  classes: z.array(z.string()).min(1),
  shape: z.tuple([z.number(), z.number(), z.number()]),
  counts: z.object({ train: z.number(), test: z.number() }),
  digest: z.string(),
  samples: z
    .object({ file: z.string(), across: z.number(), shown: z.number(), width: z.number(), height: z.number(), credit: z.string() })
    .nullable(),
});
export type TaskFacts = z.infer<typeof taskFacts>;

/** The share of right answers, in per cent, of somebody who guesses among equally likely classes. */
export const chanceOf = ({ classes }: Pick<TaskFacts, 'classes'>): number => 100 / classes.length;
