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

const ofEveryTask = {
  classes: z.array(z.string()).min(1),
  counts: z.object({ train: z.number(), test: z.number() }),
  digest: z.string(),
};

const pictureFacts = z.object({
  ...ofEveryTask,
  shape: z.tuple([z.number(), z.number(), z.number()]),
  samples: z
    .object({ file: z.string(), across: z.number(), shown: z.number(), width: z.number(), height: z.number(), credit: z.string() })
    .nullable(),
});
export type PictureFacts = z.infer<typeof pictureFacts>;

const waveFacts = z.object({
  ...ofEveryTask,
  wave: z.object({ sampleRate: z.number().nullable(), shortest: z.number(), longest: z.number() }),
  /** The first training wave of each class, in the order of the classes. */
  drawings: z
    .object({
      width: z.number(),
      height: z.number(),
      credit: z.string(),
      waves: z.array(z.object({ values: z.number(), path: z.string().regex(/^[MLV0-9. ]*$/) })),
    })
    .nullable(),
});
export type WaveFacts = z.infer<typeof waveFacts>;

/** What a page draws and says of a task, from its card; `'wave' in facts` tells waves from pictures. */
export const taskFacts = z.union([pictureFacts, waveFacts]);
export type TaskFacts = z.infer<typeof taskFacts>;

/** What the examples of a task are called. */
export const examplesOf = (facts: TaskFacts): string => ('shape' in facts ? 'pictures' : facts.wave.sampleRate === null ? 'series' : 'clips');

const seconds = (values: number, rate: number): string => (values / rate).toFixed(2);

/** How long a wave is: its values, and its seconds where it has a rate. */
export function lengthInWords(values: number, sampleRate: number | null): string {
  const counted = `${values.toLocaleString('en')} values`;
  return sampleRate === null ? counted : `${counted}, ${seconds(values, sampleRate)} seconds`;
}

/** What one example is made of: for lists, in short. */
export function formOf(facts: TaskFacts): string {
  if ('shape' in facts) return facts.shape.join(' × ');
  const { sampleRate, shortest, longest } = facts.wave;
  const values = shortest === longest ? shortest.toLocaleString('en') : `${shortest.toLocaleString('en')} to ${longest.toLocaleString('en')}`;
  return sampleRate === null ? `${values} values` : `${values} values at ${sampleRate.toLocaleString('en')} Hz, ${seconds(shortest, sampleRate)} to ${seconds(longest, sampleRate)} seconds`;
}

/** The share of right answers, in per cent, of somebody who guesses among equally likely classes. */
export const chanceOf = ({ classes }: Pick<TaskFacts, 'classes'>): number => 100 / classes.length;
