import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { unknownName } from '../assets/index.ts';
import { controls, tableMetrics } from '../results/index.ts';
import type { Options } from './types.ts';

/** A mistake of whoever asked: printed as it is, without a stack. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** A method as far as a table needs it. */
export interface KnownMethod {
  /** As it stands in a row's label. */
  readonly name: string;
  /** Every option with its value when nothing else is said. */
  readonly options: Options;
  /** Names of options that a row may write besides. */
  readonly furtherOptions?: readonly string[];
  /** The method's own grid of learning rates; absent where nothing is trained. */
  readonly learningRates?: readonly number[];
}

/** What a table may name. */
export interface KnownNames {
  readonly methods: ReadonlyMap<string, KnownMethod>;
  readonly models: readonly string[];
  readonly tasks: readonly string[];
}

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');
const count = z.int().positive();
const optionValue = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).nonempty()]);

/** Every row of a table searches among as many. */
const ratesGrid = z.array(z.number().positive()).min(3).max(5);

const splitSizes = z.strictObject({ train: count, test: count });

const block = z.strictObject({
  /** Tells blocks of one model and task apart that draw different numbers of examples, in the table's words. */
  name: z.string().min(1).optional(),
  model: name,
  tasks: z.array(name).nonempty(),
  split: splitSizes,
  epochs: count,
  batch: count,
  /** Keys of the rows that the block asks for, as `plan` prints them; all rows where absent. */
  rows: z.array(z.string().min(1)).nonempty().optional(),
  /** Floating-point operations of one forward pass of one example, in millions: for `plan` alone. */
  forwardMegaflops: z.number().positive(),
});

const row = z.strictObject({
  methods: oneOrMore(name),
  options: z.record(z.string(), oneOrMore(optionValue)).default({}),
  label: z.string().optional(),
  /**
   * The grid of three, for all models or by model, or `method` for the method's own; absent where nothing is trained.
   * `as-uncontrolled` takes the rate that the same row without control chose.
   */
  learningRates: z.union([ratesGrid, z.record(name, ratesGrid), z.enum(['method', 'as-uncontrolled'])]).optional(),
  /** Instead of the block's: for what trains on cached features. */
  epochs: count.optional(),
  control: z.enum(controls).optional(),
  models: z.array(name).nonempty().optional(),
  tasks: z.array(name).nonempty().optional(),
});

const seeds = z.array(z.int().nonnegative()).nonempty();

const preset = z.strictObject({
  question: z.string(),
  seeds: seeds.optional(),
  blocks: z.array(block).nonempty().optional(),
  /** Keys of rows, as `plan` prints them; all rows where absent. */
  rows: z.array(z.string()).nonempty().optional(),
});

const table = z.strictObject({
  id: name,
  title: z.string(),
  question: z.string(),
  /** What it shows and ranks by, as records name it; accuracy where absent. */
  metric: z.string().optional(),
  notes: z.array(z.string()).default([]),
  seeds,
  tuning: z.strictObject({
    seed: z.int().nonnegative(),
    heldOut: z.number().gt(0).lt(1),
    /** Whether a rate is chosen once for a row and model, on the model's first task, or for each task anew. */
    per: z.enum(['model', 'task']).default('model'),
    /** Epochs of a trial, per model; the block's own where absent. */
    epochs: z.record(name, count).default({}),
  }),
  blocks: z.array(block).nonempty(),
  rows: z.array(row).nonempty(),
  presets: z.record(name, preset).default({}),
});

export type TableDefinition = z.output<typeof table>;
export type BlockDefinition = TableDefinition['blocks'][number];
export type RowDefinition = TableDefinition['rows'][number];
export type PresetDefinition = TableDefinition['presets'][string];

/**
 * Reads a table's YAML.
 * @throws RequestError naming file, line and place of every mistake; a name that isn't known comes with the nearest one.
 */
export function parseTable(text: string, file: string, known: KnownNames): TableDefinition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
  if (syntax.length > 0) throw new RequestError(syntax.join('\n'));

  const at = (path: readonly PropertyKey[]): string => `${file}:${lineOf(document, lines, path)}: ${placeOf(path)}`;
  const parsed = table.safeParse(document.toJS());
  if (!parsed.success) {
    throw new RequestError(parsed.error.issues.map((issue) => `${at(issue.path)}: ${sentenceOf(issue)}`).join('\n'));
  }
  const mistakes = [...meaningMistakes(parsed.data, known)].map(({ path, message }) => `${at(path)}: ${message}`);
  if (mistakes.length > 0) throw new RequestError(mistakes.join('\n'));
  return parsed.data;
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What a schema can't see: names, seeds that collide, repeats. */
function* meaningMistakes(definition: TableDefinition, known: KnownNames): Generator<Mistake> {
  if (definition.metric !== undefined) {
    yield* unknown('metric', [definition.metric], tableMetrics.map((metric) => metric.name), ['metric']);
  }
  const blockLists = [
    { path: ['blocks'], blocks: definition.blocks },
    ...Object.entries(definition.presets).map(([id, preset]) => ({
      path: ['presets', id, 'blocks'],
      blocks: preset.blocks ?? [],
    })),
  ];
  for (const { path, blocks } of blockLists) {
    for (const [i, block] of blocks.entries()) {
      yield* unknown('model', [block.model], known.models, [...path, i, 'model']);
      yield* unknown('task', block.tasks, known.tasks, [...path, i, 'tasks']);
    }
  }
  const ownModels = definition.blocks.map((block) => block.model);
  const ownTasks = [...new Set(definition.blocks.flatMap((block) => block.tasks))];
  const searched = definition.rows.flatMap(gridsOf)[0]?.length ?? 3;
  for (const [i, row] of definition.rows.entries()) {
    yield* unknown('method', [row.methods].flat(), [...known.methods.keys()], ['rows', i, 'methods']);
    for (const methodId of [row.methods].flat()) {
      const method = known.methods.get(methodId);
      if (!method) continue;
      const options = Object.keys(row.options);
      yield* unknown(`option of ${methodId}`, options, [...Object.keys(method.options), ...(method.furtherOptions ?? [])], ['rows', i, 'options']);
      if (row.learningRates === 'method' && (method.learningRates ?? []).length === 0) {
        yield { path: ['rows', i, 'learningRates'], message: `${methodId} has no learning rate; leave learningRates out` };
      }
    }
    yield* unknown('model of this table', row.models ?? [], ownModels, ['rows', i, 'models']);
    yield* unknown('task of this table', row.tasks ?? [], ownTasks, ['rows', i, 'tasks']);
    const rates = row.learningRates;
    if (typeof rates === 'object' && !Array.isArray(rates)) {
      yield* unknown('model of this table', Object.keys(rates), ownModels, ['rows', i, 'learningRates']);
      const lacking = (row.models ?? ownModels).filter((model) => rates[model] === undefined);
      if (lacking.length > 0) yield { path: ['rows', i, 'learningRates'], message: `no grid for ${lacking.join(', ')}` };
    }
    for (const grid of gridsOf(row)) {
      if (grid.length !== searched) {
        yield { path: ['rows', i, 'learningRates'], message: `a grid of ${grid.length} rates beside one of ${searched}: every row of a table gets as many` };
      }
    }
    if (rates === 'method' && searched !== 3) {
      yield { path: ['rows', i, 'learningRates'], message: `a method's own grid has 3 rates, and this table's have ${searched}: write ${searched}` };
    }
    if (rates === 'as-uncontrolled' && row.control === undefined) {
      yield { path: ['rows', i, 'learningRates'], message: '"as-uncontrolled" is for a row with a control; write its rates' };
    }
  }
  for (const model of Object.keys(definition.tuning.epochs)) {
    yield* unknown('model of this table', [model], ownModels, ['tuning', 'epochs']);
  }
  const seedLists = [
    { path: ['seeds'], seeds: definition.seeds },
    ...Object.entries(definition.presets).map(([id, preset]) => ({ path: ['presets', id, 'seeds'], seeds: preset.seeds ?? [] })),
  ];
  for (const { path, seeds } of seedLists) {
    if (seeds.includes(definition.tuning.seed)) {
      yield { path, message: `seed ${definition.tuning.seed} is the tuning draw's; a table may not use it` };
    }
    if (new Set(seeds).size < seeds.length) yield { path, message: 'a seed stands twice' };
  }
}

/** The grids of learning rates that a row writes. */
function gridsOf({ learningRates: rates }: RowDefinition): readonly (readonly number[])[] {
  if (rates === undefined || typeof rates === 'string') return [];
  return Array.isArray(rates) ? [rates] : Object.values(rates);
}

function* unknown(
  what: string,
  names: readonly string[],
  known: readonly string[],
  path: readonly PropertyKey[],
): Generator<Mistake> {
  for (const name of names) {
    if (!known.includes(name)) yield { path, message: unknownName(what, name, known) };
  }
}

type Issue = z.core.$ZodIssue;

function sentenceOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}; fields are named as in the other tables`;
  }
  return issue.message.replace(/^Invalid input: /, '');
}

function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'the table' : text.replace(/^\./, '');
}

/** The line where the deepest existing part of the path stands. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [start] = node.range;
      if (typeof start === 'number') return lines.linePos(start).line;
    }
  }
  return 1;
}
