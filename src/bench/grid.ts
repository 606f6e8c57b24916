import { unknownName } from '../assets/index.ts';
import type { Control } from '../results/index.ts';
import { RequestError } from './table.ts';
import type { BlockDefinition, KnownNames, PresetDefinition, RowDefinition, TableDefinition } from './table.ts';
import type { CellRequest, Options, OptionValue, SplitSizes } from './types.ts';

/** The preset that a table has without naming it: the grid whose records are committed. */
export const committedPreset = 'committed';

/** One row of a table: a method with all its options set. */
export interface GridRow {
  /** `ilm-vp,program=padding` or `ilm-vp,program=padding+random-net`, with all options. */
  readonly key: string;
  readonly label: string;
  readonly methodId: string;
  /** All options, the method's own values for those that the table doesn't write. */
  readonly options: Options;
  readonly epochs?: number;
  readonly control?: Control;
}

/** One column of a table: a model and a task, with the sizes of the draw. */
export interface GridColumn {
  /** `doodlenet/mnist`, and the block's name where it has one: `kwt1/spoken-digits/5 clips a digit`. */
  readonly key: string;
  /** The name of its block, which tells it from other draws of the same task. */
  readonly name?: string;
  readonly modelId: string;
  readonly taskId: string;
  readonly split: SplitSizes;
  readonly epochs: number;
  readonly batch: number;
  /** Keys of the only rows that it asks for. */
  readonly rows?: readonly string[];
  readonly forwardMegaflops: number;
}

/** The search that a cell's learning rate comes from. Cells of one row and model share it, or those of one task, as the table says. */
export interface GridSearch {
  readonly key: string;
  readonly methodId: string;
  readonly options: Options;
  readonly control?: Control;
  readonly modelId: string;
  readonly taskId: string;
  readonly split: SplitSizes;
  readonly epochs: number;
  readonly batch: number;
  readonly space: readonly number[];
  readonly seed: number;
  readonly heldOut: number;
  readonly forwardMegaflops: number;
}

/** What a cell asks of every seed, before a learning rate is chosen. */
export type CellSpec = Omit<CellRequest, 'seed' | 'learningRate' | 'search'>;

/** One cell: a row in a column. Its runs differ by the seed alone. */
export interface GridCell {
  /** `ilm-vp,program=padding@doodlenet/mnist`. */
  readonly id: string;
  readonly row: GridRow;
  readonly column: GridColumn;
  readonly spec: CellSpec;
  readonly search?: GridSearch;
}

/** A table under a preset, as the list of what is to run. Cells stand in the order of columns, then rows. */
export interface Grid {
  readonly table: TableDefinition;
  readonly preset: string;
  readonly seeds: readonly number[];
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn[];
  readonly cells: readonly GridCell[];
}

/** A table's presets, the committed grid first. */
export function presetsOf(table: TableDefinition): readonly string[] {
  return [committedPreset, ...Object.keys(table.presets)];
}

/**
 * Expands a table: every option list of a row is multiplied out, every row meets every column it isn't kept from.
 * Searches are those of the committed grid under every preset that has the model: a learning rate is chosen once.
 * @throws RequestError when the table has no such preset or the preset names no such row.
 */
export function expandTable(table: TableDefinition, known: KnownNames, preset: string = committedPreset): Grid {
  const chosen = presetOf(table, preset);
  const allRows = table.rows.flatMap((definition) => rowsOf(definition, known));
  const wanted = chosen?.rows;
  for (const key of wanted ?? []) {
    if (!allRows.some((row) => isNamed(row, key))) {
      throw new RequestError(`table "${table.id}", preset "${preset}": ${unknownName('row', key, allRows.map(({ row }) => row.key))}`);
    }
  }
  const blocks = chosen?.blocks ?? table.blocks;
  for (const key of blocks.flatMap((block) => block.rows ?? [])) {
    if (!allRows.some((row) => isNamed(row, key))) {
      throw new RequestError(`table "${table.id}", a block's rows: ${unknownName('row', key, allRows.map(({ row }) => row.key))}`);
    }
  }
  const searches = searchesOf(table, [...table.blocks, ...blocks], allRows);
  const columns = blocks.flatMap(columnsOf);
  const rows = allRows.filter((row) => wanted === undefined || wanted.some((key) => isNamed(row, key)));
  const cells = columns.flatMap((column) =>
    rows
      .filter((expanded) => meets(expanded, column))
      .map((expanded): GridCell => {
        const { row, definition } = expanded;
        const search = definition.learningRates ? searches.get(searchKey(expanded, column, table)) : undefined;
        if (definition.learningRates && !search) {
          throw new RequestError(`table "${table.id}", row ${row.key}: there is no row without control whose learning rate it could share`);
        }
        return cellOf(row, column, search, expanded.hasNoRate);
      }),
  );
  const repeated = cells.find((cell, i) => cells.findIndex((other) => other.id === cell.id) < i);
  if (repeated) throw new RequestError(`table "${table.id}": the cell ${repeated.id} stands twice`);
  return {
    table,
    preset,
    seeds: chosen?.seeds ?? table.seeds,
    rows: rows.map(({ row }) => row).filter((row) => cells.some((cell) => cell.row === row)),
    columns,
    cells,
  };
}

/** `ilm-vp,program=padding+random-net`: method, options in the order of their names, control. */
export function rowKey(methodId: string, options: Options, control?: Control): string {
  const named = Object.keys(options).sort().map((name) => `${name}=${String(options[name])}`);
  return [methodId, ...named].join(',') + (control === undefined ? '' : `+${control}`);
}

/**
 * The cells that `pattern` names: a cell's id, or part of ids with `*` for anything.
 * @throws RequestError with the nearest id when there is none.
 */
export function selectCells(cells: readonly GridCell[], pattern: string): readonly GridCell[] {
  const exact = cells.filter((cell) => cell.id === pattern);
  if (exact.length > 0) return exact;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const matcher = new RegExp(`^${parts.join('.*')}$`);
  const matching = pattern.includes('*') ? cells.filter((cell) => matcher.test(cell.id)) : [];
  if (matching.length === 0) throw new RequestError(unknownName('cell', pattern, cells.map((cell) => cell.id)));
  return matching;
}

interface ExpandedRow {
  readonly row: GridRow;
  /** The key with those options alone that the table writes. */
  readonly writtenKey: string;
  /** The row's own grid of learning rates on a model; undefined where it shares one or trains nothing. */
  readonly ratesOn: (modelId: string) => readonly number[] | undefined;
  /** Whether it is searched for, without any rate. */
  readonly hasNoRate: boolean;
  readonly definition: RowDefinition;
}

function isNamed({ row, writtenKey }: ExpandedRow, key: string): boolean {
  return key === row.key || key === writtenKey;
}

function presetOf(table: TableDefinition, preset: string): PresetDefinition | undefined {
  if (preset === committedPreset) return undefined;
  const found = table.presets[preset];
  if (!found) throw new RequestError(`table "${table.id}": ${unknownName('preset', preset, presetsOf(table))}`);
  return found;
}

function rowsOf(definition: RowDefinition, known: KnownNames): readonly ExpandedRow[] {
  return [definition.methods].flat().flatMap((methodId) => {
    const method = known.methods.get(methodId);
    const ratesOn = (modelId: string): readonly number[] | undefined => {
      const { learningRates: rates } = definition;
      if (rates === 'method') return method && ascending(method.learningRates ?? []);
      if (rates === undefined || rates === 'as-uncontrolled') return undefined;
      const grid = Array.isArray(rates) ? rates : rates[modelId];
      return grid && ascending(grid);
    };
    return combinations(definition.options).map((written) => ({
      definition,
      ratesOn,
      hasNoRate: method?.learningRates?.length === 0,
      writtenKey: rowKey(methodId, written, definition.control),
      row: {
        key: rowKey(methodId, { ...method?.options, ...written }, definition.control),
        label: labelOf(definition, method?.name ?? methodId, written),
        methodId,
        options: { ...method?.options, ...written },
        ...(definition.epochs === undefined ? {} : { epochs: definition.epochs }),
        ...(definition.control === undefined ? {} : { control: definition.control }),
      },
    }));
  });
}

function ascending(rates: readonly number[]): readonly number[] {
  return [...rates].sort((a, b) => a - b);
}

/** `{program: [none, padding], init: zero}` → two sets of options. */
function combinations(options: RowDefinition['options']): readonly Options[] {
  return Object.entries(options).reduce<readonly Record<string, OptionValue>[]>(
    (sets, [name, values]) => [values].flat().flatMap((value) => sets.map((set) => ({ ...set, [name]: value }))),
    [{}],
  );
}

function labelOf(definition: RowDefinition, methodName: string, options: Options): string {
  const template = definition.label ?? ['{method}', ...Object.keys(options).map((name) => `{${name}}`)].join(' · ');
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name === 'method' ? methodName : options[name] === undefined ? whole : String(options[name]),
  );
}

function columnsOf(block: BlockDefinition): readonly GridColumn[] {
  return block.tasks.map((taskId) => ({
    key: [block.model, taskId, ...(block.name === undefined ? [] : [block.name])].join('/'),
    ...(block.name === undefined ? {} : { name: block.name }),
    ...(block.rows === undefined ? {} : { rows: block.rows }),
    modelId: block.model,
    taskId,
    split: block.split,
    epochs: block.epochs,
    batch: block.batch,
    forwardMegaflops: block.forwardMegaflops,
  }));
}

function meets(expanded: ExpandedRow, column: GridColumn): boolean {
  const { definition } = expanded;
  return (
    (column.rows === undefined || column.rows.some((key) => isNamed(expanded, key))) &&
    (definition.models === undefined || definition.models.includes(column.modelId)) &&
    (definition.tasks === undefined || definition.tasks.includes(column.taskId))
  );
}

/** A control without rates of its own shares the search of the row without control. */
function searchKey({ row, ratesOn }: ExpandedRow, { modelId, taskId }: GridColumn, { tuning }: TableDefinition): string {
  const where = tuning.per === 'task' ? `${modelId}/${taskId}` : modelId;
  return `${rowKey(row.methodId, row.options, ratesOn(modelId) ? row.control : undefined)}@${where}`;
}

/** One search for each row and model, or model and task, at the sizes of the first block that has it. */
function searchesOf(
  table: TableDefinition,
  blocks: readonly BlockDefinition[],
  rows: readonly ExpandedRow[],
): ReadonlyMap<string, GridSearch> {
  const searches = new Map<string, GridSearch>();
  for (const expanded of rows) {
    const { row, ratesOn } = expanded;
    for (const column of blocks.flatMap(columnsOf)) {
      const space = ratesOn(column.modelId);
      const key = searchKey(expanded, column, table);
      if (!space || !meets(expanded, column) || searches.has(key)) continue;
      searches.set(key, {
        key,
        methodId: row.methodId,
        options: row.options,
        ...(row.control === undefined ? {} : { control: row.control }),
        modelId: column.modelId,
        taskId: column.taskId,
        split: column.split,
        epochs: row.epochs ?? table.tuning.epochs[column.modelId] ?? column.epochs,
        batch: column.batch,
        space,
        seed: table.tuning.seed,
        heldOut: table.tuning.heldOut,
        forwardMegaflops: column.forwardMegaflops,
      });
    }
  }
  return searches;
}

function cellOf(row: GridRow, column: GridColumn, search: GridSearch | undefined, hasNoRate: boolean): GridCell {
  return {
    id: `${row.key}@${column.key}`,
    row,
    column,
    spec: {
      methodId: row.methodId,
      options: row.options,
      modelId: column.modelId,
      taskId: column.taskId,
      split: column.split,
      epochs: search === undefined && !hasNoRate ? 0 : (row.epochs ?? column.epochs),
      batch: column.batch,
      ...(search === undefined ? {} : { learningRates: search.space }),
      ...(row.control === undefined ? {} : { control: row.control }),
    },
    ...(search === undefined ? {} : { search }),
  };
}
