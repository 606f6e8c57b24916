import type { Table } from '../table.ts';

/** The whole object: every number with its interval, seeds, provenance, comparisons and ids of records. */
export function tableToJson(table: Table): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}
