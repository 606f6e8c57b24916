import { z } from 'zod';
import { alignments, configurations, locations, operators } from '../taxonomy/index.ts';

/** The families of the catalogue: model reprogramming, prompt tuning, prompt instruction, parameter-centric rivals. */
export const families = ['MR', 'PT', 'PI', 'PCA'] as const;

/** What a run is when it isn't the method itself but the thing it must beat. */
export const controls = ['random-map', 'untrained-program', 'random-net'] as const;

const name = z.string().min(1);
const digest = z.string().min(1);
const count = z.int().min(0);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const setting = z.union([scalar, z.array(scalar), z.null()]);

/** A part that is chosen by name and has parameters of its own: an optimiser, a schedule. */
const named = z.object({ name }).catchall(setting);

/** λ, ℓ and τ are empty where only the output is aligned (a label map without a program). */
const taxonomyClass = z.strictObject({
  configuration: z.array(z.enum(configurations)),
  location: z.array(z.enum(locations)),
  operator: z.array(z.enum(operators)),
  alignment: z.array(z.enum(alignments)).min(1),
});

/** Everything asked for that doesn't depend on a seed. Nothing in it varies between the seeds of a cell. */
export const specSchema = z.strictObject({
  method: z.strictObject({
    /** The entry's id, as in `content/methods/`. */
    id: name,
    name,
    family: z.enum(families),
    /** Where the paper and its published code differ: which of the two this run follows. */
    follows: z.enum(['paper', 'code']),
    /** Choices inside the method (prompt length, depth, initialisation): part of a row's identity. */
    options: z.record(name, scalar),
  }),
  /** Computed from the composition; null for parameter-centric adaptation, which has no place in the taxonomy. */
  taxonomy: taxonomyClass.nullable(),
  model: z.strictObject({ id: name, digest, homeMade: z.boolean() }),
  task: z.strictObject({ id: name, digest, generated: z.boolean() }),
  /** Counts of items, and the rule by which a seed draws them. */
  split: z.strictObject({ train: count, validation: count, test: count, rule: name }),
  /** The rule from source to target labels, how ties are broken, and the rule's parameters; null where none is used. */
  labelMap: z.object({ rule: name, ties: name }).catchall(setting).nullable(),
  /** How a language model is asked: the wording's number (or `balanced`), and what stands before a question. */
  asking: z.record(name, setting).exactOptional(),
  /** How the parameters are trained; null for methods without training. */
  recipe: z
    .strictObject({
      optimiser: named,
      /** The base rate, or the first step size of a search; null for a search without one. */
      learningRate: z.number().positive().nullable(),
      schedule: named,
      epochs: z.number().min(0),
      batch: z.int().min(1),
      /** Optimiser steps in all. */
      steps: count,
      /** The law of the initial values, in words. */
      initial: name,
      /** Whatever else changes the result: gradient clip, augmentation, a second learning rate. */
      settings: z.record(name, setting).exactOptional(),
    })
    .nullable(),
  /** Which state of the training is tested. Never the best on the test set. */
  selection: z.literal('last'),
  /** The search for the learning rate, on a draw that isn't among the table's seeds; null where there was none. */
  search: z
    .strictObject({
      grid: z.array(z.number().positive()).min(1),
      tunedOn: z.strictObject({ task: name, seed: count, metric: name, heldOut: count }),
      /** `value` is null for a trial that diverged. */
      trials: z.array(z.strictObject({ learningRate: z.number().positive(), value: z.number().nullable() })).min(1),
      chosen: z.number().positive(),
    })
    .nullable(),
  /** Shortcuts used to go faster; `exact` says whether the result is the same as without. */
  tricks: z.array(z.strictObject({ name, exact: z.boolean() })),
  control: z.enum(controls).exactOptional(),
});

/** What the seed made of the rules. */
export const drawnSchema = z.strictObject({
  splitDigest: digest,
  /** The final label map, source class of each target class (m per target: row by row); null for weights or no map. */
  map: z.array(count).nullable(),
  /** Digest of the final map or weight matrix; null where there is none. */
  mapDigest: digest.nullable(),
  /** The wording and the order of demonstrations that the seed drew, both counted from 0. */
  asking: z.strictObject({ wording: count, order: count }).exactOptional(),
  /** Ids of demonstrations, in their order. */
  exemplars: z.array(z.union([z.string(), z.int()])).exactOptional(),
});

/** Where it was run. */
export const environmentSchema = z.strictObject({
  backend: name,
  /** The kernel variant, e.g. `own-simd/1` or `stock`. */
  kernels: name,
  /** The JavaScript engine, e.g. `node 24.21.0` or `chromium 153`. */
  engine: name,
  versions: z.record(name, z.string()),
  commit: z.string(),
  /** True when files differed from the commit. */
  dirty: z.boolean(),
  architecture: name,
  platform: name,
  cpu: z.string(),
  threads: z.int().min(1),
  /** The graphics device, in its driver's words (some may be empty), and the limits that decide what fits on it; back-end `webgpu` alone. */
  device: z
    .strictObject({ name: z.string(), vendor: z.string(), architecture: z.string(), driver: z.string(), limits: z.record(name, z.number()) })
    .exactOptional(),
});

/** Numbers of scalars: trained, all (with the frozen ones), and the names of the trained tensors. */
export const paramsSchema = z.strictObject({ trainable: count, total: count, names: z.array(name) });

const measured = z.strictObject({
  /** `value` as a fraction, `n` items it was measured on. */
  metrics: z
    .array(z.strictObject({ name, split: z.enum(['train', 'validation', 'test']), value: z.number(), n: count }))
    .min(1),
  /** Which test items were right, as a bit set in the order drawn (`decodeBits`); null for metrics without such. */
  correct: z.string().nullable(),
  predictionsDigest: digest,
  /** Digest of the trained parameters; null where nothing was trained. */
  trainedDigest: digest.nullable(),
  frozenBefore: digest,
  frozenAfter: digest,
  /** Thinned; `loss` is the mean over the epoch, null where it wasn't finite. */
  curve: z.array(
    z.strictObject({ epoch: z.number().min(0), loss: z.number().nullable(), trainAccuracy: z.number().exactOptional() }),
  ),
});

/** Seconds of wall clock; `peakMemoryBytes` and `stepsPerSecond` are null where they weren't measured. */
export const costSchema = z.strictObject({
  trainSeconds: z.number().min(0),
  evalSeconds: z.number().min(0),
  stepsPerSecond: z.number().min(0).nullable(),
  peakMemoryBytes: z.number().min(0).nullable(),
  totalSeconds: z.number().min(0),
  /**
   * How often an example was put through the network before the test: once for the outputs that a label map or a head is
   * fitted to, and once for every loss of every step. Records made before it was counted lack it.
   */
  queries: count.exactOptional(),
});

const common = {
  schema: z.literal('atlas-run/1'),
  /** What was asked: hash of spec, seed, back-end and kernel variant. */
  run: z.string().regex(/^[0-9a-f]{24}$/),
  /** Which answer: hash of the whole canonical line without this field. */
  id: z.string().regex(/^[0-9a-f]{24}$/),
  spec: specSchema,
  seed: count,
  env: environmentSchema,
  /** What a reader must know before trusting the number, each with its reason. */
  flags: z.array(z.strictObject({ name, reason: name })),
  history: z.strictObject({
    created: z.iso.datetime(),
    /** The `id` of the record that this one replaces. */
    supersedes: z.string().exactOptional(),
  }),
};

const done = z.strictObject({
  ...common,
  status: z.literal('done'),
  drawn: drawnSchema,
  params: paramsSchema,
  result: measured,
  cost: costSchema,
});

/** A run that failed is kept too: what it got to know before it did, and the error. */
const failed = z.strictObject({
  ...common,
  status: z.literal('failed'),
  drawn: drawnSchema.nullable(),
  params: paramsSchema.nullable(),
  result: z.strictObject({ error: name }),
  cost: costSchema.nullable(),
});

/**
 * One run: one seed of one spec. An immutable line of JSON with exactly the keys
 * `schema, run, id, spec, seed, drawn, env, params, result, cost, status, flags, history`.
 */
export const recordSchema = z.discriminatedUnion('status', [done, failed]);

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type Family = (typeof families)[number];
export type Control = (typeof controls)[number];
export type RunSpec = DeepReadonly<z.infer<typeof specSchema>>;
export type Drawn = DeepReadonly<z.infer<typeof drawnSchema>>;
export type RunEnvironment = DeepReadonly<z.infer<typeof environmentSchema>>;
export type ParameterCounts = DeepReadonly<z.infer<typeof paramsSchema>>;
export type RunResult = DeepReadonly<z.infer<typeof measured>>;
export type RunCost = DeepReadonly<z.infer<typeof costSchema>>;
export type DoneRecord = DeepReadonly<z.infer<typeof done>>;
export type FailedRecord = DeepReadonly<z.infer<typeof failed>>;
export type RunRecord = DoneRecord | FailedRecord;

/** The JSON Schema (draft 2020-12) of a record, for readers in other languages. */
export function recordJsonSchema(): unknown {
  return z.toJSONSchema(recordSchema);
}
