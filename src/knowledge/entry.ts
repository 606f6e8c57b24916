import { z } from 'zod';
import { alignments, configurations, locations, operators } from '../taxonomy/index.ts';
import type { TaxonomyClass } from '../taxonomy/index.ts';

/** The three families of reprogrammability, and the parameter-centric rivals. */
export const families = {
  MR: 'Model reprogramming',
  PT: 'Prompt tuning',
  PI: 'Prompt instruction',
  PCA: 'Parameter-centric adaptation',
} as const;
export type Family = keyof typeof families;

export const modalities = [
  'image',
  'image-text',
  'text',
  'audio',
  'video',
  'time series',
  'graph',
  'point cloud',
  'tabular',
] as const;

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'small letters, digits and single hyphens' });

/** An address that starts with https://, or the one word that stands for none. */
function addressOr(word: string) {
  const params = { rule: 'malformed-address', words: [word] };
  return z.string().refine((value) => value === word || (/^https:\/\/[^\s/]+\S*$/.test(value) && URL.canParse(value)), {
    error: `an address that starts with https://, or: ${word}`,
    params,
  });
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day as YYYY-MM-DD' });

/** A set of values, written as a list without repeats. */
function setOf<const V extends readonly string[]>(values: V) {
  const params = { rule: 'repeated-value' };
  return z.array(z.enum(values)).min(1).superRefine((list, context) => {
    for (const [i, value] of list.entries()) {
      if (list.indexOf(value) < i) context.addIssue({ code: 'custom', path: [i], message: 'repeated', params });
    }
  });
}

/** How many numbers a method trains: a formula in letters, what the letters mean, and one worked case. */
const trainable = z.strictObject({
  formula: text,
  where: z.record(z.string(), text),
  example: z
    .strictObject({ values: z.record(z.string(), z.number()), is: z.number().int().nonnegative(), for: text })
    .optional(),
});

const lineage = z.strictObject({
  extends: z.array(slug).optional(),
  combines: z.array(slug).optional(),
  contrasts: z.array(slug).optional(),
});

/** Front matter of `content/methods/<id>.md`. The four sets are absent, not empty, for parameter-centric rivals. */
export const methodSchema = z.strictObject({
  id: slug,
  name: text,
  title: text,
  authors: z.array(text).min(1),
  year: z.number().int().min(1950),
  venue: text,
  paper: text,
  code: addressOr('none found'),
  family: z.enum(Object.keys(families) as [Family, ...Family[]]),
  kind: z.enum(['method', 'baseline', 'theory', 'analysis', 'framework']),
  configuration: setOf(configurations).optional(),
  location: setOf(locations).optional(),
  operator: setOf(operators).optional(),
  alignment: setOf(alignments).optional(),
  modalities: setOf(modalities),
  summary: text,
  trainable,
  classification: z
    .strictObject({
      source: z.enum(['survey', 'derived']),
      rationale: z.strictObject({ configuration: text, location: text, operator: text, alignment: text }).partial(),
      alsoArgued: z.array(text).optional(),
    })
    .optional(),
  lineage: lineage.optional(),
  implementation: z
    .string()
    .regex(/^src\/(methods|adaptation)\/[a-z0-9-]+\.ts$/, { error: 'src/methods/<file>.ts or src/adaptation/<file>.ts' })
    .optional(),
  aliases: z.array(text).optional(),
  recalled: z.array(text).optional(),
  reviewed: day,
});
export type MethodEntry = z.infer<typeof methodSchema>;

/** Front matter of `content/models/<id>.md`; what the engine knows of a model comes from its card, not from here. */
export const modelSchema = z.strictObject({
  id: slug,
  title: text,
  summary: text,
  homeMade: z.boolean(),
  sourceTask: text,
  source: addressOr('made by this project'),
  licence: text,
  paper: text.optional(),
  recalled: z.array(text).optional(),
  reviewed: day,
});
export type ModelEntry = z.infer<typeof modelSchema>;

/** Front matter of `content/tasks/<id>.md`. */
export const taskSchema = z.strictObject({
  id: slug,
  title: text,
  summary: text,
  generated: z.boolean(),
  source: addressOr('made by this project'),
  licence: text,
  paper: text.optional(),
  recalled: z.array(text).optional(),
  reviewed: day,
});
export type TaskEntry = z.infer<typeof taskSchema>;

/** Front matter of `content/concepts/<id>.md`; `order` is the place in the list. */
export const conceptSchema = z.strictObject({
  id: slug,
  title: text,
  summary: text,
  order: z.number().int(),
  reviewed: day,
});
export type ConceptEntry = z.infer<typeof conceptSchema>;

/** The kinds of entry, by the folder of `content/` that holds them. */
export const entrySchemas = {
  methods: methodSchema,
  models: modelSchema,
  tasks: taskSchema,
  concepts: conceptSchema,
} as const;
export type EntryKind = keyof typeof entrySchemas;

/** The class that an entry states, or undefined for a parameter-centric rival. */
export function statedClass(entry: MethodEntry): TaxonomyClass | undefined {
  const { configuration, location, operator, alignment } = entry;
  if (!configuration || !location || !operator || !alignment) return undefined;
  return { configuration, location, operator, alignment };
}
