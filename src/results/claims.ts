import { z } from 'zod';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');
const text = z.string().min(1);

/** Settings that hold for a whole file unless a row says otherwise. */
const setting = {
  /** The frozen network as the source names it. */
  model: text.exactOptional(),
  metric: text.exactOptional(),
  unit: text.exactOptional(),
  /** How many runs the value is the mean of; null where the source doesn't say. */
  n: z.int().min(1).nullable().exactOptional(),
  /** Which state of the training the source tested, e.g. `best test epoch`. */
  selection: text.exactOptional(),
  /** How far the number may be trusted: read in a source, or remembered and not checked. */
  standing: z.enum(['sourced', 'recall']).exactOptional(),
  /** Where in the source: table, row. */
  place: text.exactOptional(),
  /** Whether our runs measure the same thing. */
  comparable: z.boolean().exactOptional(),
  /** Why not, or what to mind. */
  reason: text.exactOptional(),
  /** What of ours measures the same; needed where `comparable` is true. */
  measuredAs: z
    .strictObject({
      /** Id of the model. */
      model: slug,
      /** Data set (as the source names it) → id of the task. */
      tasks: z.record(text, slug),
      /** Options that the row must have. */
      options: z.record(text, z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
    })
    .exactOptional(),
};

/** `benchmarks/claims/<name>.yaml`: what one source says about methods that the benchmark runs. */
export const claimsFileSchema = z.strictObject({
  /** Key in `content/references.bib` of the work that states the numbers. */
  paper: z.string().regex(/^[a-z]+\d{4}[a-z0-9]+$/, 'expected a key of references.bib, e.g. cai2024smm'),
  /** How the numbers came here, e.g. through a later paper that repeats them. */
  through: text.exactOptional(),
  defaults: z.strictObject(setting),
  claims: z
    .array(
      z.strictObject({
        /** Id of the method's entry. */
        method: slug,
        /** The source's name for the row, where it differs. */
        reportedAs: text.exactOptional(),
        ...setting,
        /** Data set (as the source names it) → value. */
        values: z.record(text, z.number()),
      }),
    )
    .min(1),
});

/** One number that a source states. */
export interface Claim {
  /** The method's id, as in its entry and in records. */
  readonly method: string;
  readonly reportedAs: string | null;
  readonly model: string;
  readonly dataSet: string;
  readonly value: number;
  readonly metric: string;
  readonly unit: string;
  readonly n: number | null;
  readonly selection: string | null;
  /** A number with the standing `recall` was not read in a source: a page must mark it so, or leave it out. */
  readonly standing: 'sourced' | 'recall';
  /** Key in the bibliography. */
  readonly paper: string;
  readonly through: string | null;
  readonly place: string | null;
  readonly comparable: boolean;
  readonly reason: string;
  /** What of ours measures the same; null where nothing does. */
  readonly measuredAs: {
    readonly model: string;
    readonly task: string;
    readonly options: Readonly<Record<string, string | number | boolean>>;
  } | null;
}

/** A file of claims that isn't one; the message says file, place and what is wrong. */
export class ClaimsError extends Error {
  override readonly name = 'ClaimsError';
}

/**
 * The claims of one parsed file, row by row and data set by data set.
 *
 * @throws ClaimsError with one sentence.
 */
export function readClaims(value: unknown, file: string): readonly Claim[] {
  const parsed = claimsFileSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ClaimsError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a file of claims'}`);
  }
  const { paper, through, defaults, claims } = parsed.data;
  return claims.flatMap((row, i) => {
    const { method, reportedAs, values, ...own } = row;
    const merged = { ...defaults, ...own };
    const { model, metric, unit, standing, comparable, reason } = merged;
    const needed = { model, metric, unit, standing, comparable, reason };
    const absent = Object.entries(needed).find(([, each]) => each === undefined)?.[0];
    if (
      model === undefined ||
      metric === undefined ||
      unit === undefined ||
      standing === undefined ||
      comparable === undefined ||
      reason === undefined
    ) {
      throw new ClaimsError(`${file}: claims.${i} (${method}): ${absent ?? ''} is given neither here nor under defaults`);
    }
    return Object.entries(values).map(([dataSet, number]): Claim => {
      const task = merged.measuredAs?.tasks[dataSet];
      if (comparable && task === undefined) {
        throw new ClaimsError(
          `${file}: claims.${i} (${method}): ${dataSet} is comparable, but measuredAs doesn't say with which model and task`,
        );
      }
      return {
        method,
        reportedAs: reportedAs ?? null,
        model,
        dataSet,
        value: number,
        metric,
        unit,
        n: merged.n ?? null,
        selection: merged.selection ?? null,
        standing,
        paper,
        through: through ?? null,
        place: merged.place ?? null,
        comparable,
        reason,
        measuredAs:
          !comparable || merged.measuredAs === undefined || task === undefined
            ? null
            : { model: merged.measuredAs.model, task, options: merged.measuredAs.options ?? {} },
      };
    });
  });
}
