import { appendFileSync, mkdirSync, readFileSync, readdirSync, truncateSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { unknownName } from '../assets/index.ts';
import { mergeShards, readRecordFolder } from '../results/index.node.ts';
import type { RunRecord } from '../results/index.ts';
import { committedPreset } from './grid.ts';
import { trialSchema } from './search.ts';
import type { TrialLine } from './search.ts';
import { RequestError, parseTable } from './table.ts';
import type { KnownNames, TableDefinition } from './table.ts';

/** Where tables are read from and where answers go. */
export interface Folders {
  /** `<table>.yaml`. */
  readonly tables: string;
  /** `<table>.jsonl`, `<table>.<preset>.jsonl` and, while something runs, their shards. */
  readonly records: string;
  /** `<table>.jsonl`: trials of learning rates. */
  readonly searches: string;
  /** Read besides `searches`, never written. */
  readonly committedSearches: string;
}

/** The folders of a project; with `out`, records and trials go there and only tables and finished searches come from the project. */
export function projectFolders(root: string, out?: string): Folders {
  const base = out ?? join(root, 'benchmarks');
  return {
    tables: join(root, 'benchmarks', 'tables'),
    records: join(base, 'records'),
    searches: join(base, 'searches'),
    committedSearches: join(root, 'benchmarks', 'searches'),
  };
}

/** The ids of all tables, sorted. */
export function tableIds(folders: Folders): readonly string[] {
  return namesIn(folders.tables, '.yaml');
}

/**
 * Reads one table.
 * @throws RequestError when there is no such table or it has mistakes.
 */
export function readTable(folders: Folders, id: string, known: KnownNames): TableDefinition {
  const ids = tableIds(folders);
  if (!ids.includes(id)) throw new RequestError(unknownName('table', id, ids));
  const path = join(folders.tables, `${id}.yaml`);
  const shown = relative(process.cwd(), path) || path;
  const table = parseTable(readFileSync(path, 'utf8'), shown, known);
  if (table.id !== id) throw new RequestError(`${shown}: id is "${table.id}" but the file is named ${basename(path)}; make them one`);
  return table;
}

/** The name under which a preset's records are kept: the table's own for the committed grid. */
export function recordsName(tableId: string, preset: string): string {
  return preset === committedPreset ? tableId : `${tableId}.${preset}`;
}

/** All records of one table and preset, shards included, and notes about lines left out. */
export function recordsOf(folders: Folders, name: string): { records: readonly RunRecord[]; notes: readonly string[] } {
  const { stored, notes } = readRecordFolder(folders.records);
  return { records: stored.filter(({ table }) => table === name).map(({ record }) => record), notes };
}

/**
 * Moves the shards of one table and preset into its file. While another process writes one of them, nothing is moved
 * and the note says so: its records are read from the shard until then.
 */
export function gather(folders: Folders, name: string): { added: number; notes: readonly string[] } {
  const writers = namesIn(folders.records, '.jsonl').flatMap((file) => {
    const [, table, pid] = /^(.+)\.part-(\d+)-[a-z0-9]+$/.exec(file) ?? [];
    return table === name && pid !== undefined && isRunning(Number(pid)) ? [pid] : [];
  });
  if (writers.length > 0) {
    return { added: 0, notes: [`${name}: another run is writing (process ${writers.join(', ')}); "bench -- merge" when it has ended`] };
  }
  return mergeShards(folders.records, name);
}

/** The trials kept for a table. An unterminated last line is left out; any other bad line throws. */
export function readTrials(folders: Folders, tableId: string): readonly TrialLine[] {
  return [...new Set([folders.committedSearches, folders.searches])].flatMap((folder) => {
    const path = join(folder, `${tableId}.jsonl`);
    const text = readIfThere(path);
    const lines = text.split('\n');
    lines.pop();
    return lines.map((line, i) => parseTrial(line, path, i + 1));
  });
}

/** Appends a trial as a whole line; what a killed process left of a line is cut off first. */
export function appendTrial(folders: Folders, tableId: string, line: TrialLine): void {
  mkdirSync(folders.searches, { recursive: true });
  const path = join(folders.searches, `${tableId}.jsonl`);
  const bytes = Buffer.from(readIfThere(path), 'utf8');
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  appendFileSync(path, `${JSON.stringify(line)}\n`, { flush: true });
}

function parseTrial(line: string, path: string, number: number): TrialLine {
  try {
    return trialSchema.parse(JSON.parse(line));
  } catch {
    throw new RequestError(`${path}:${number}: not a trial of a search; lines of ${basename(dirname(path))}/ are never edited`);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function namesIn(folder: string, ending: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
