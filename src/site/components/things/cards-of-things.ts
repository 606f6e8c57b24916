import { z } from 'zod';

const backend = z.object({ name: z.string(), kernels: z.string() });

const course = z.object({
  optimiser: z.looseObject({ name: z.string() }),
  schedule: z.looseObject({ name: z.string() }),
  learningRate: z.number(),
  epochs: z.number(),
  batch: z.number(),
});

/** What a home-made network learned from: pictures of a task, documents of a language, or captioned pictures. */
const pictureRecipe = z.object({ task: z.string(), seed: z.number(), pictures: z.number(), recipe: course });
const languageRecipe = z.object({
  language: z.string(),
  seed: z.number(),
  documents: z.number(),
  testDocuments: z.number(),
  /** Words of a document that are read. */
  length: z.number(),
  recipe: course,
});

const pairRecipe = z.object({
  captions: z.string(),
  seed: z.number(),
  pictures: z.number(),
  testPictures: z.number(),
  /** The model whose weights the image tower began with. */
  startsFrom: z.object({ model: z.string(), digest: z.string() }),
  recipe: course,
});

/** How home-made weights came about. */
const made = z.object({
  trainedDigest: z.string(),
  steps: z.number(),
  recipe: z.union([pictureRecipe, languageRecipe, pairRecipe]),
  taskDigest: z.string(),
  testAccuracy: z.number(),
  testCount: z.number(),
  /** The share apart by what was asked. */
  testByKind: z.record(z.string(), z.object({ accuracy: z.number(), count: z.number() })).optional(),
  /** Mean training loss up to an epoch or step. */
  curve: z.array(z.object({ loss: z.number(), epoch: z.number().optional(), step: z.number().optional() })).default([]),
  backend,
  seconds: z.number(),
});
export type Made = z.infer<typeof made>;

const ofEveryModel = {
  digest: z.string().optional(),
  classes: z.array(z.string()).default([]),
  made: made.optional(),
};

const networkFacts = z.object({
  ...ofEveryModel,
  kind: z.enum(['transformer', 'convolutional']),
  parameters: z.number(),
  /** `28 × 28 × 1`: rows, columns, channels. */
  input: z.string(),
  blocks: z.number(),
  width: z.number().optional(),
  featureWidth: z.number(),
  outputs: z.number(),
  /** Its accuracy on the task that it was trained for, without anything around it. */
  measured: z
    .object({ task: z.string(), taskDigest: z.string(), n: z.number(), correct: z.number(), accuracy: z.number(), backend })
    .optional(),
});
export type NetworkFacts = z.infer<typeof networkFacts>;

const languageShape = z.object({
  parameters: z.number(),
  /** Tokens that it reads at most, in words. */
  input: z.string(),
  blocks: z.number(),
  width: z.number(),
  heads: z.number(),
  keyValueHeads: z.number(),
  /** Tokens of its vocabulary. */
  outputs: z.number(),
});
/** The shape of a language model may be known only once its weights are read. */
const languageFacts = z.object({ ...ofEveryModel, kind: z.literal('language'), ...languageShape.partial().shape });
export type LanguageFacts = z.infer<typeof languageFacts>;

const pairShape = z.object({
  /** Of both towers and the scale. */
  parameters: z.number(),
  image: z.object({
    /** `32 × 32 × 3`: rows, columns, channels. */
    input: z.string(),
    blocks: z.number(),
    width: z.number().optional(),
    parameters: z.number(),
  }),
  text: z.object({
    contextLength: z.number(),
    vocabulary: z.number(),
    blocks: z.number(),
    width: z.number(),
    heads: z.number(),
    parameters: z.number(),
  }),
  /** Width of the space that pictures and texts share. */
  embeddingWidth: z.number(),
});
/** The shape of a pair from a folder may be known only once its weights are read. */
const pairFacts = z.object({ ...ofEveryModel, kind: z.literal('image-text'), ...pairShape.partial().shape });
export type PairFacts = z.infer<typeof pairFacts>;
/** The facts of a pair whose shape is known, which can be drawn. */
export type ShapedPair = PairFacts & z.infer<typeof pairShape>;

/** What a page draws and says of a model, from its card. */
export const modelFacts = z.discriminatedUnion('kind', [networkFacts, languageFacts, pairFacts]);
export type ModelFacts = z.infer<typeof modelFacts>;

/** The facts of a model whose shape is known, which can be drawn. */
export type ShapedFacts = NetworkFacts | (LanguageFacts & z.infer<typeof languageShape>);

/** The same facts where the shape is known and one network's; `undefined` where it isn't. */
export function shaped(facts: ModelFacts): ShapedFacts | undefined {
  if (facts.kind === 'image-text') return undefined;
  if (facts.kind !== 'language') return facts;
  const shape = languageShape.safeParse(facts);
  return shape.success ? { ...facts, ...shape.data } : undefined;
}

/** The same facts where they are a pair's and its shape is known. */
export function shapedPair(facts: ModelFacts): ShapedPair | undefined {
  if (facts.kind !== 'image-text') return undefined;
  const shape = pairShape.safeParse(facts);
  return shape.success ? { ...facts, ...shape.data } : undefined;
}

/** What was measured on a network's own task with the weights as they are; of others nothing is. */
export const measuredOf = (facts: ModelFacts): NetworkFacts['measured'] => ('measured' in facts ? facts.measured : undefined);

/** What a model takes, in words. */
export function takenBy(facts: ModelFacts): string | undefined {
  if (facts.kind !== 'image-text') return facts.input;
  const { image, text } = facts;
  return image && text && `pictures of ${image.input}, and text of at most ${text.contextLength} tokens out of ${text.vocabulary.toLocaleString('en')}`;
}

/** What it answers with, in words. */
export function answerOf(facts: ModelFacts): string {
  if (facts.kind === 'image-text') return 'how well a picture and a text fit; any texts can be its classes';
  if (facts.kind !== 'language') return `${facts.outputs} classes`;
  return `writes text${facts.outputs === undefined ? '' : `, ${facts.outputs.toLocaleString('en')} tokens to choose from`}`;
}

/** Its blocks, in words. */
export function blocksOf(facts: ModelFacts): string | undefined {
  if (facts.kind !== 'image-text') return facts.blocks === undefined ? undefined : `${facts.blocks}, ${facts.kind === 'language' ? 'causal transformer' : facts.kind}`;
  const { image, text } = facts;
  return image && text && `${image.blocks} for pictures, ${text.blocks} for texts`;
}

/** The share of right answers that a model gives on its own task, as measured here; `undefined` where it wasn't. */
export function ownAccuracyOf(facts: ModelFacts): number | undefined {
  return measuredOf(facts)?.accuracy ?? facts.made?.testAccuracy;
}

/** The same share where the model was made for a task or measured on it, and on this one. */
export function madeFor(facts: ModelFacts, task: string): number | undefined {
  const measured = measuredOf(facts);
  if (measured?.task === task) return measured.accuracy;
  const { made } = facts;
  return made && 'task' in made.recipe && made.recipe.task === task ? made.testAccuracy : undefined;
}

const ofEveryTask = {
  classes: z.array(z.string()).min(1),
  counts: z.object({ train: z.number(), test: z.number() }),
  digest: z.string(),
};

const pictureFacts = z.object({
  ...ofEveryTask,
  /** The first so many classes have training pictures; all if absent. */
  trainedClasses: z.number().optional(),
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

const sampleText = z.object({ asked: z.string(), answer: z.string() });

const wording = z.object({
  opening: z.string().optional(),
  instruction: z.string().nullable(),
  /** With `{question}` where the question stands. */
  ask: z.string(),
  askSteps: z.string().optional(),
  delimiter: z.string(),
  end: z.string(),
  between: z.string(),
  therefore: z.string().optional(),
  classWords: z.array(z.string()).optional(),
  contentFree: z.string().optional(),
});
export type Wording = z.infer<typeof wording>;

const textFacts = z.object({
  ...ofEveryTask,
  /** None where answers are open text. */
  classes: z.array(z.string()),
  texts: z
    .object({
      wordings: z.array(wording).min(1),
      /** None where questions may not be shown. */
      samples: z.array(sampleText.extend({ inSteps: sampleText.optional() })),
      credit: z.string().nullable(),
    })
    .nullable(),
});
export type TextFacts = z.infer<typeof textFacts>;

/** What a page draws and says of a task, from its card; `'wave' in facts` tells waves, `'texts' in facts` tells texts. */
export const taskFacts = z.union([pictureFacts, waveFacts, textFacts]);
export type TaskFacts = z.infer<typeof taskFacts>;

/** What the examples of a task are called. */
export function examplesOf(facts: TaskFacts): string {
  if ('shape' in facts) return 'pictures';
  if ('texts' in facts) return 'questions';
  return facts.wave.sampleRate === null ? 'series' : 'clips';
}

const seconds = (values: number, rate: number): string => (values / rate).toFixed(2);

/** How long a wave is: its values, and its seconds where it has a rate. */
export function lengthInWords(values: number, sampleRate: number | null): string {
  const counted = `${values.toLocaleString('en')} values`;
  return sampleRate === null ? counted : `${counted}, ${seconds(values, sampleRate)} seconds`;
}

/** What one example is made of: for lists, in short. */
export function formOf(facts: TaskFacts): string {
  if ('shape' in facts) return facts.shape.join(' × ');
  if ('texts' in facts) return facts.classes.length === 0 ? 'open answers' : 'the name of a class';
  const { sampleRate, shortest, longest } = facts.wave;
  const values = shortest === longest ? shortest.toLocaleString('en') : `${shortest.toLocaleString('en')} to ${longest.toLocaleString('en')}`;
  return sampleRate === null ? `${values} values` : `${values} values at ${sampleRate.toLocaleString('en')} Hz, ${seconds(shortest, sampleRate)} to ${seconds(longest, sampleRate)} seconds`;
}

/** The share of right answers, in per cent, of somebody who guesses among equally likely classes; there must be some. */
export const chanceOf = ({ classes }: Pick<TaskFacts, 'classes'>): number => 100 / classes.length;
