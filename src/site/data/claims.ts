import { join } from 'node:path';
import { readClaimsFolder } from '../../results/index.node.ts';
import type { Claim } from '../../results/index.ts';
import { folders } from './project.ts';

/** What one source says about one row of its own, data set by data set. */
export interface ClaimedRow {
  readonly first: Claim;
  readonly values: readonly { readonly dataSet: string; readonly value: number }[];
}

/** Every claim of every source. */
export const claims: readonly Claim[] = readClaimsFolder(join(folders.benchmarks, 'claims'));

/** The claims about a method, a row for each setting that a source reports; what was read before what is remembered. */
export function claimsOf(methodId: string): readonly ClaimedRow[] {
  return groupClaims(claims.filter(({ method }) => method === methodId));
}

/** Claims in rows, one for each method and setting that a source reports; what was read before what is remembered. */
export function groupClaims(chosen: readonly Claim[]): readonly ClaimedRow[] {
  const rows = new Map<string, { first: Claim; values: { dataSet: string; value: number }[] }>();
  for (const claim of chosen) {
    const key = JSON.stringify([claim.method, claim.paper, claim.reportedAs, claim.model, claim.place, claim.standing]);
    const row = rows.get(key) ?? { first: claim, values: [] };
    row.values.push({ dataSet: claim.dataSet, value: claim.value });
    rows.set(key, row);
  }
  const isRecalled = ({ first }: ClaimedRow): number => Number(first.standing === 'recall');
  return [...rows.values()].toSorted((a, b) => isRecalled(a) - isRecalled(b));
}
