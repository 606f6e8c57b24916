import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { alignments, configurations, locations, operators } from '../../taxonomy/index.ts';
import { controls, families, tableMetric } from '../../results/index.ts';
import { folders } from './project.ts';

const name = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A table's rows and columns as the benchmark asks for them. */
const tableCard = z.object({
  id: name,
  title: name,
  question: name,
  /** What it ranks by, where that isn't accuracy. */
  metric: z.string().refine((metric) => tableMetric(metric) !== undefined, 'no table can rank by it').optional(),
  rows: z.array(
    z.object({
      key: name,
      label: name,
      methodId: name,
      options: z.record(name, scalar),
      family: z.enum(families),
      control: z.enum(controls).nullish(),
    }),
  ),
  columns: z.array(
    z.object({ key: name, modelId: name, taskId: name, train: z.number().optional(), label: name, groupLabel: name.optional() }),
  ),
  notes: z.array(z.string()).default([]),
  seeds: z.array(z.number()).optional(),
  /** Why a place of the table stays empty. */
  empty: z.array(z.object({ row: name, column: name, reason: name })).default([]),
});
export type TableCard = z.infer<typeof tableCard>;

/** What the engine says of a method: its class is computed from its composition. */
const methodCard = z.object({
  id: name,
  name,
  family: z.enum(families),
  taxonomy: z
    .object({
      configuration: z.array(z.enum(configurations)),
      location: z.array(z.enum(locations)),
      operator: z.array(z.enum(operators)),
      alignment: z.array(z.enum(alignments)),
    })
    .nullable(),
  paper: name,
  follows: z.enum(['paper', 'code']).optional(),
  file: name,
  trainable: z.string().optional(),
  /** How many numbers the composition trains, for each model, task and choice of options that a table asks for. */
  counts: z.array(z.object({ modelId: name, taskId: name, options: z.record(name, scalar), trainable: z.number() })).default([]),
});
export type MethodCard = z.infer<typeof methodCard>;

/** What the engine says of a model or task; the pages show the fields that are there. */
const thingCard = z.looseObject({
  id: name,
  /** A sheet of sample pictures beside the card. */
  samples: z.object({ file: name, across: z.number(), shown: z.number(), width: z.number(), height: z.number(), credit: z.string() }).nullish(),
});
export type ThingCard = z.infer<typeof thingCard>;

function readCards<T>(folder: string, schema: z.ZodType<T>): readonly T[] {
  const path = join(folders.benchmarks, 'cards', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const parsed = schema.safeParse(JSON.parse(readFileSync(join(path, file), 'utf8')));
      if (parsed.success) return parsed.data;
      const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new Error(`benchmarks/cards/${folder}/${file}: ${reasons.join('; ')}`);
    });
}

export const tableCards = readCards('tables', tableCard);
export const methodCards = readCards('methods', methodCard);
export const modelCards = readCards('models', thingCard);
export const taskCards = readCards('tasks', thingCard);
