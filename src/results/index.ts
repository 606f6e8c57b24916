export { canonicalJson, shortHash } from './canonical.ts';
export { countBits, decodeBits, encodeBits } from './bits.ts';
export { controls, families, recordJsonSchema, recordSchema, specSchema } from './record.ts';
export type {
  Control,
  DoneRecord,
  Drawn,
  FailedRecord,
  Family,
  ParameterCounts,
  RunCost,
  RunEnvironment,
  RunRecord,
  RunResult,
  RunSpec,
} from './record.ts';
export { cellKey, cellKeyOf, recordId, recordLine, runKey, sealRecord } from './keys.ts';
export type { UnsealedRecord } from './keys.ts';
export { RecordError, parseRecordLine } from './parse.ts';
export { currentRecords, mergeRecords } from './merge.ts';
export * from './statistics/index.ts';
export { metricOf, summariseCell } from './cell.ts';
export type { Cell, CellProvenance, TableMetric } from './cell.ts';
export { compareColumn } from './compare.ts';
export type { ColumnEntry, Comparison, Gap, RankInterval } from './compare.ts';
export { buildTable, classInShort, matchByContent, rankRule } from './table.ts';
export type {
  RowCost,
  Table,
  TableCell,
  TableColumn,
  TableColumnDefinition,
  TableDefinition,
  TableRow,
  TableRowDefinition,
} from './table.ts';
export { tableMetric, tableMetrics } from './table-metrics.ts';
export { arrangeTable } from './arrange.ts';
export type { Arrangement } from './arrange.ts';
export * from './exporters/index.ts';
export { ClaimsError, claimsFileSchema, readClaims } from './claims.ts';
export { claimedAndMeasured } from './claimed-and-measured.ts';
export type { ClaimedAndMeasured } from './claimed-and-measured.ts';
export { outcomeOf, outcomeSentence } from './outcome.ts';
export type { Leaders, Outcome } from './outcome.ts';
export { waysOutcome } from './ways.ts';
export type { Way, WaysGroup, WaysOutcome } from './ways.ts';
export { paretoFront } from './pareto.ts';
export type { Priced } from './pareto.ts';
export type { Claim } from './claims.ts';
export { agreementProblems, agreementSchema, foundBackendSchema, toleranceFactors } from './agreement.ts';
export type { Agreement, AgreementBackend, MethodOnBackend, ParityOnBackend, TriedBackend, TriedMethod } from './agreement.ts';
