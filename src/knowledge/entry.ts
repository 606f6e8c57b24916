import { z } from 'zod';
import { alignments, configurations, dimensions, locations, operators } from '../taxonomy/index.ts';
import type { Dimension, TaxonomyClass } from '../taxonomy/index.ts';

/** The three families of reprogrammability, and what they are measured against. */
export const families = {
  MR: 'Model reprogramming',
  PT: 'Prompt tuning',
  PI: 'Prompt instruction',
  PCA: 'Rivals and baselines',
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
  'molecule',
  'protein',
  'biosequence',
  'code',
  'text-to-image',
  'robotics',
] as const;

/** What a concept page is about; the order in which the site shows them. */
export const conceptGroups = {
  framework: 'The framework',
  dimension: 'The four dimensions',
  value: 'Their twelve values',
  paradigm: 'Paradigms and cases',
  words: 'Words and corrections',
  open: 'Open questions and ethics',
} as const;
export type ConceptGroup = keyof typeof conceptGroups;

const text = z.string().trim().min(1);

/** A text of one form; `form` says it to people, here and in the reference of all fields. */
function formed(pattern: RegExp, form: string) {
  return z.string().regex(pattern, { error: form }).meta({ form });
}

const slug = formed(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** An address that starts with https://, or the one word that stands for none. */
function addressOr(word: string) {
  const params = { rule: 'malformed-address', words: [word] };
  const form = `an address that starts with https://, or: ${word}`;
  const isAllowed = (value: string): boolean =>
    value === word || (/^https:\/\/[^\s/]+\S*$/.test(value) && URL.canParse(value));
  return z.string().refine(isAllowed, { error: form, params }).meta({ form });
}

/** An address, or a file of a public repository as owner/name:path. */
export const sourceSchema = z
  .string()
  .refine(
    (value) =>
      (/^https:\/\/[^\s/]+\S*$/.test(value) && URL.canParse(value)) || /^[\w.-]+\/[\w.-]+:[^\s:][^:]*$/.test(value),
    { error: 'an address that starts with https://, or owner/name:path', params: { rule: 'malformed-address' } },
  )
  .meta({ form: 'an address that starts with https://, or owner/name:path' });

const day = formed(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD');

/** A set of values, written as a list without repeats. */
function setOf<const V extends readonly string[]>(values: V) {
  const params = { rule: 'repeated-value' };
  return z.array(z.enum(values)).min(1).superRefine((list, context) => {
    for (const [i, value] of list.entries()) {
      if (list.indexOf(value) < i) context.addIssue({ code: 'custom', path: [i], message: 'repeated', params });
    }
  });
}

/** How many numbers a method trains: a formula in letters with one worked case, counts that were reported, or why neither is here. */
const trainable = z
  .strictObject({
    formula: text.optional().describe('The count in letters, numbers, + - * / ^ and brackets; 0 where nothing is trained.'),
    where: z.record(z.string(), text).optional().describe('What each letter of the formula means.'),
    example: z
      .strictObject({
        values: z.record(z.string(), z.number()).describe('A number for each letter.'),
        is: z.number().int().nonnegative().describe('What the formula gives for them.'),
        for: text.describe('The case that the values describe.'),
      })
      .optional()
      .describe('One worked case.'),
    reported: z
      .array(
        z.strictObject({
          count: text.describe('The count, or the share of the model, as it is stated, with its setting.'),
          source: text.describe('A key of references.bib, or the file that states or implies it (owner/name:path or an address).'),
          recalled: z.literal(true).optional().describe('Present where the count rests on memory.'),
        }),
      )
      .min(1)
      .optional()
      .describe('Counts that somebody else states.'),
    unknown: text.optional().describe('Why no count stands here.'),
  })
  .refine(({ formula, reported, unknown }) => formula !== undefined || reported !== undefined || unknown !== undefined, {
    error: 'one of: formula, reported, unknown',
    params: { rule: 'missing-field' },
  });

const lineage = z.strictObject({
  extends: z.array(slug).optional().describe('Methods that this one is a changed form of.'),
  combines: z.array(slug).optional().describe('Methods that this one puts together.'),
  contrasts: z.array(slug).optional().describe('Methods worth seeing beside this one.'),
});

const classification = z.strictObject({
  source: z
    .enum(['survey', 'derived'])
    .describe("survey: as the survey's authors list it; derived: by this project, from the survey's definitions."),
  rationale: z
    .strictObject({
      configuration: text.describe('Why it is learnable, fixed or both.'),
      location: text.describe('Why it enters there.'),
      operator: text.describe('Why it is joined so.'),
      alignment: text.describe('Why the answer is read so.'),
    })
    .partial()
    .describe('Why each value, dimension by dimension.'),
  listed: z
    .strictObject({
      mechanism: text.describe('Its tag for the kind of method, from which the list computes the configuration.'),
      location: text.describe('Its cell for the location.'),
      operator: text.describe('Its cell for the operator.'),
      alignment: text.describe('Its cell for the output alignment.'),
    })
    .partial()
    .optional()
    .describe("The row of the survey authors' companion list, as written there."),
  alsoArgued: z.array(text).optional().describe('Other readings, each with its reason.'),
});

const reviewed = day.describe('The day on which a person last read the entry against its sources, as YYYY-MM-DD.');
const recalled = z.array(text).optional().describe('What of this entry rests on memory alone.');

/** Front matter of `content/methods/<id>.md`. The four sets are absent, not empty, for parameter-centric rivals. */
export const methodSchema = z.strictObject({
  id: slug.describe("The entry's address and the name of its file."),
  name: text.describe('The short name, as the paper writes it; no two entries share one.'),
  title: text.describe("The paper's title."),
  authors: z.array(text).min(1).describe('All authors in order, given name first; "others" as the last one where the rest is not known.'),
  year: z.number().int().min(1950).describe('The year of the version that the venue names.'),
  venue: text.describe('Where it was published: ICLR, arXiv, …'),
  paper: text.describe('A key of references.bib, or of the BibTeX that the entry itself brings along.'),
  bibtex: text
    .optional()
    .describe('The paper as BibTeX, as a block of text, where references.bib does not have it; one file is then enough to add a method.'),
  code: addressOr('none found').describe('Address of the code, or: none found.'),
  family: z
    .enum(Object.keys(families) as [Family, ...Family[]])
    .describe('MR model reprogramming, PT prompt tuning, PI prompt instruction, PCA a rival: parameter-centric, or a baseline that changes no network at all.'),
  kind: z.enum(['method', 'baseline', 'theory', 'analysis', 'framework']).describe('What the work mainly contributes.'),
  configuration: setOf(configurations).optional().describe('What is applied: learnable, fixed, or both.'),
  location: setOf(locations).optional().describe('Where it is applied: input, embedding, hidden.'),
  operator: setOf(operators).optional().describe('How it is applied: additive, concatenative, parametric.'),
  alignment: setOf(alignments).optional().describe('How the output is read: identity, structural, statistical, linear.'),
  modalities: setOf(modalities).describe('What kinds of data the work treats.'),
  summary: text.describe('One or two sentences that say what it does.'),
  trainable: trainable.describe('How many numbers are trained for one task.'),
  classification: classification.optional().describe('Where the four sets come from, and why.'),
  lineage: lineage.optional().describe('How it is related to other entries; only relations that are real.'),
  implementation: formed(/^src\/(methods|adaptation)\/[a-z0-9-]+\.ts$/, 'src/methods/<file>.ts or src/adaptation/<file>.ts')
    .optional()
    .describe('The file of this project that runs it, where there is one.'),
  aliases: z.array(text).optional().describe('Other names under which people look for it.'),
  sources: z.array(sourceSchema).optional().describe('What the entry was written from, beside the paper: addresses, or owner/name:path.'),
  recalled,
  reviewed,
});
export type MethodEntry = z.infer<typeof methodSchema>;

/** Front matter of `content/models/<id>.md`; what the engine knows of a model comes from its card, not from here. */
export const modelSchema = z.strictObject({
  id: slug.describe("The entry's address and the name of its file."),
  title: text.describe('The name of the model.'),
  summary: text.describe('One or two sentences that say what it is.'),
  homeMade: z.boolean().describe('Whether this project trained it.'),
  sourceTask: text.describe('What it was trained to do.'),
  trainedOn: text.describe('The data it was trained on: which, how many, what was done to them.'),
  accuracy: z
    .array(
      z.strictObject({
        on: text.describe('The data, and which part of them.'),
        value: z.number().min(0).max(100).describe('Right answers in per cent.'),
        source: text.describe('A key of references.bib.'),
        note: text.optional().describe('What counts as right, how the number was chosen, what to mind.'),
        recalled: z.literal(true).optional().describe('Present where the number rests on memory.'),
      }),
    )
    .min(1)
    .optional()
    .describe('What others state of its accuracy on its own task; what this project measures stands in its card.'),
  source: addressOr('made by this project').describe('Where the weights come from.'),
  licence: text.describe('The terms of the weights.'),
  paper: text.optional().describe('A key of references.bib.'),
  recalled,
  reviewed,
});
export type ModelEntry = z.infer<typeof modelSchema>;

/** Front matter of `content/tasks/<id>.md`. */
export const taskSchema = z.strictObject({
  id: slug.describe("The entry's address and the name of its file."),
  title: text.describe('The name of the task.'),
  summary: text.describe('One or two sentences that say what is asked.'),
  generated: z.boolean().describe('Whether the project draws the data itself.'),
  splits: text.optional().describe('Which pools of data there are, and how parts are drawn from them.'),
  source: addressOr('made by this project').describe('Where the data come from.'),
  licence: text.describe('The terms of the data.'),
  paper: text.optional().describe('A key of references.bib.'),
  recalled,
  reviewed,
});
export type TaskEntry = z.infer<typeof taskSchema>;

/** One row of a map between vocabularies: what one community calls `term`, this atlas calls `here`. */
const term = z.strictObject({
  term: text.describe('The word.'),
  community: text.describe('Who uses it so.'),
  here: text.describe('The word of this atlas for the same thing.'),
  methods: z.array(slug).optional().describe('Entries for which a person who searches the word looks.'),
  concept: slug.optional().describe('The concept page that explains it.'),
  note: text.optional().describe('Where the two part.'),
  source: text.describe('A key of references.bib.'),
  recalled: z.literal(true).optional().describe('Present where the row rests on memory.'),
});
export type Term = z.infer<typeof term>;

/** Front matter of `content/concepts/<id>.md`; `order` is the place in its group. */
export const conceptSchema = z.strictObject({
  id: slug.describe("The entry's address and the name of its file."),
  title: text.describe('The heading of the page.'),
  summary: text.describe('One or two sentences that give the answer first.'),
  group: z.enum(Object.keys(conceptGroups) as [ConceptGroup, ...ConceptGroup[]]).describe('The part of the concepts that it stands in.'),
  order: z.number().int().describe('Its place in the group.'),
  dimension: z
    .enum(Object.keys(dimensions) as [Dimension, ...Dimension[]])
    .optional()
    .describe('The dimension that the page explains, or whose value it explains.'),
  value: z
    .enum([...configurations, ...locations, ...operators, ...alignments])
    .optional()
    .describe('The value that the page explains.'),
  terms: z.array(term).min(1).optional().describe('A map between vocabularies.'),
  aliases: z.array(text).optional().describe('Other words under which people look for it.'),
  recalled,
  reviewed,
});
export type ConceptEntry = z.infer<typeof conceptSchema>;

/** Front matter of `content/papers/<id>.md`: a paper explained. */
export const paperSchema = z.strictObject({
  id: slug.describe("The entry's address and the name of its file."),
  title: text.describe("The paper's title."),
  paper: text.describe('A key of references.bib.'),
  summary: text.describe('One or two sentences that say what it shows.'),
  order: z.number().int().describe('Its place in the list.'),
  read: z
    .enum(['full text', 'opening', 'abstract'])
    .describe('How much of the paper itself was read for this page.'),
  buildsOn: z
    .array(
      z.strictObject({
        work: text.describe('A key of references.bib.'),
        methods: z.array(slug).optional().describe('Entries of the catalogue that come from this work.'),
        why: text.describe('What the paper takes from it.'),
      }),
    )
    .min(1)
    .describe('The works it builds on.'),
  recalled,
  reviewed,
});
export type PaperEntry = z.infer<typeof paperSchema>;

/** The kinds of entry, by the folder of `content/` that holds them. */
export const entrySchemas = {
  methods: methodSchema,
  models: modelSchema,
  tasks: taskSchema,
  concepts: conceptSchema,
  papers: paperSchema,
} as const;
export type EntryKind = keyof typeof entrySchemas;

/** The class that an entry states, or undefined for a rival. */
export function statedClass(entry: MethodEntry): TaxonomyClass | undefined {
  const { configuration, location, operator, alignment } = entry;
  if (!configuration || !location || !operator || !alignment) return undefined;
  return { configuration, location, operator, alignment };
}
