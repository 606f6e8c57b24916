import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Row } from './goals.ts';

const begin = '<!-- made by npm run bench:site: begin -->';
const end = '<!-- made by npm run bench:site: end -->';
const heading = '| goal | what | threshold | figure | reached | measured |\n| --- | --- | --- | --- | --- | --- |';

/** Where and when a figure was measured: `2026-11-21, Intel Xeon, 2 cores, Node 24.21.0`. */
export function occasion(day: string): string {
  const [first] = cpus();
  return `${day}, ${(first?.model ?? 'unknown processor').replace(/\s+/g, ' ').trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
}

const safe = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function lineOf(row: Row, measured: string): string {
  const reached = row.isReached === undefined ? '' : row.isReached ? 'yes' : `no: ${row.whyNot}`;
  return `| ${row.goal ?? ''} <a id="${row.id}"></a> | ${safe(row.what)} | ${row.threshold} | ${safe(row.figure)} | ${safe(reached)} | ${safe(measured)} |`;
}

/** The report's text with these rows put in: a row replaces the one of its name, others stay as they were measured. */
export function withRows(report: string, rows: readonly Row[], measured: string): string {
  const [before, rest] = report.split(begin);
  const [table, after] = rest?.split(end) ?? [];
  if (before === undefined || table === undefined || after === undefined) throw new Error(`The report lacks its two marks, ${begin} and ${end}.`);
  const lines = new Map(table.split('\n').flatMap((line) => {
    const id = /^\| (\d*) ?<a id="([\w-]+)">/.exec(line);
    return id?.[2] === undefined ? [] : [[id[2], line] as const];
  }));
  for (const row of rows) lines.set(row.id, lineOf(row, measured));
  const goalOf = (line: string): number => Number(/^\| (\d+)/.exec(line)?.[1] ?? 99);
  const sorted = [...lines.values()].toSorted((a, b) => goalOf(a) - goalOf(b));
  return `${before}${begin}\n${heading}\n${sorted.join('\n')}\n${end}${after}`;
}

/** Puts rows into the report's file. */
export function writeReport(file: string, rows: readonly Row[], day: string): void {
  writeFileSync(file, withRows(readFileSync(file, 'utf8'), rows, occasion(day)));
}
