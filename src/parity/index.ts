export { formatReport } from './format-report.ts';
export { isGood, runCases, summarise } from './run-cases.ts';
export type { CaseReport, CaseStatus, FoundCase, ParityReport } from './run-cases.ts';
export type { Check, OracleCase, Runner } from './types.ts';
