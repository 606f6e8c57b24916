import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { readdirSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mergeRecords } from './merge.ts';
import { recordLine } from './keys.ts';
import { parseRecordLine } from './parse.ts';
import type { RunRecord } from './record.ts';

const lineFeed = 0x0a;
const partPattern = /^(.+)\.part-([A-Za-z0-9_-]+)\.jsonl$/;

/** A record with the table whose file it was read from. */
export interface StoredRecord {
  readonly table: string;
  readonly file: string;
  readonly record: RunRecord;
}

export interface ReadRecords {
  readonly stored: readonly StoredRecord[];
  /** Sentences about lines that were left out: a last line without its end, written by a process that died. */
  readonly notes: readonly string[];
}

/** One shard file open for appending. */
export interface RecordWriter {
  readonly path: string;
  /** Appends one whole line; when this returns, a kill of the process can't take it back. */
  append(record: RunRecord): void;
  close(): void;
}

/**
 * All records of a folder: `<table>.jsonl` and the shard files `<table>.part-<shard>.jsonl`.
 * An unterminated last line is left out and named in `notes`; any other bad line throws. A missing folder is empty.
 *
 * @throws RecordError naming file and line.
 */
export function readRecordFolder(folder: string): ReadRecords {
  const stored: StoredRecord[] = [];
  const notes: string[] = [];
  for (const { file, table } of recordFiles(folder)) {
    const { records, note } = readRecordFile(join(folder, file), file);
    for (const record of records) stored.push({ table, file, record });
    if (note !== null) notes.push(note);
  }
  return { stored, notes };
}

/** The records of one file, in its order; `note` tells of an unterminated last line, `shownAs` names it in messages. */
export function readRecordFile(path: string, shownAs = path): { records: readonly RunRecord[]; note: string | null } {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const records = lines.flatMap((line, index) => (line === '' ? [] : [parseRecordLine(line, shownAs, index + 1)]));
  const note =
    rest === ''
      ? null
      : `${shownAs}:${lines.length + 1}: the last line has no end (its writer died); left out, that run will be done again`;
  return { records, note };
}

/**
 * Opens `<table>.part-<shard>.jsonl` for appending; every process has its own shard name. What a killed process left
 * of a line is cut off first.
 */
export function openShard(folder: string, table: string, shard: string): RecordWriter {
  if (!/^[A-Za-z0-9_-]+$/.test(shard)) {
    throw new RangeError(`shard name ${JSON.stringify(shard)}: use letters, digits, - and _`);
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${table}.part-${shard}.jsonl`);
  repair(path);
  const handle = openSync(path, 'a');
  return {
    path,
    append: (record) => appendLine(handle, path, recordLine(record)),
    close: () => closeSync(handle),
  };
}

/**
 * Moves all shards of a table into `<table>.jsonl`: old lines stay where they are, new ones follow, each id once.
 * The new file replaces the old one in one step and only then the shards go, so that a kill loses nothing.
 *
 * @returns how many records the file has gained, and notes about lines left out.
 */
export function mergeShards(folder: string, table: string): { added: number; notes: readonly string[] } {
  const shards = recordFiles(folder).filter((entry) => entry.table === table && entry.isShard);
  if (shards.length === 0) return { added: 0, notes: [] };
  const target = join(folder, `${table}.jsonl`);
  const old = recordFiles(folder).some((entry) => entry.file === `${table}.jsonl`)
    ? readRecordFile(target)
    : { records: [], note: null };
  const read = shards.map(({ file }) => readRecordFile(join(folder, file), file));
  const known = new Set(old.records.map((record) => record.id));
  const added = mergeRecords(read.map(({ records }) => records)).filter((record) => !known.has(record.id));
  const lines = [...old.records, ...added].map((record) => `${recordLine(record)}\n`);
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, lines.join(''), { flush: true });
  renameSync(draft, target);
  for (const { file } of shards) unlinkSync(join(folder, file));
  return { added: added.length, notes: [old, ...read].flatMap(({ note }) => (note === null ? [] : [note])) };
}

function recordFiles(folder: string): readonly { file: string; table: string; isShard: boolean }[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => {
      const part = partPattern.exec(file);
      return { file, table: part?.[1] ?? file.slice(0, -'.jsonl'.length), isShard: part !== null };
    });
}

/** One `write` of the whole line; on a short write (a full disk) the piece is cut off again before the error. */
function appendLine(handle: number, path: string, line: string): void {
  const bytes = Buffer.from(`${line}\n`, 'utf8');
  const before = fstatSync(handle).size;
  const written = writeSync(handle, bytes);
  if (written === bytes.length) {
    fsyncSync(handle);
    return;
  }
  ftruncateSync(handle, before);
  throw new Error(`${path}: only ${written} of ${bytes.length} bytes could be written; is the disk full?`);
}

/** Cuts off what follows the last line's end. */
function repair(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, 'r+');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size } = fstatSync(handle);
    const chunk = Buffer.alloc(65536);
    let end = size;
    while (end > 0) {
      const start = Math.max(0, end - chunk.length);
      const read = readSync(handle, chunk, 0, end - start, start);
      const found = chunk.subarray(0, read).lastIndexOf(lineFeed);
      if (found >= 0) {
        end = start + found + 1;
        break;
      }
      end = start;
    }
    if (end < size) ftruncateSync(handle, end);
  } finally {
    closeSync(handle);
  }
}
