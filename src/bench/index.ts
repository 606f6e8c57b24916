export { RequestError, parseTable } from './table.ts';
export type { KnownMethod, KnownNames, TableDefinition } from './table.ts';
export { committedPreset, expandTable, presetsOf, rowKey, selectCells } from './grid.ts';
export type { CellSpec, Grid, GridCell, GridColumn, GridRow, GridSearch } from './grid.ts';
export { requestKey, requestKeyOf, requestOf } from './identity.ts';
export type { Engine } from './identity.ts';
export { learnCost } from './cost.ts';
export { planGrid } from './plan.ts';
export type { Choice, Plan } from './plan.ts';
export { chosenRate, finishedSearch, trialsOf } from './search.ts';
export type { TrialLine } from './search.ts';
export { accuracyTolerance, compareRecords } from './compare.ts';
export type { Comparison, Verdict } from './compare.ts';
export { verifyRecords } from './verify.ts';
export type { Verification } from './verify.ts';
export type {
  CellContext,
  CellRequest,
  Environment,
  Options,
  OptionValue,
  Progress,
  Runner,
  Search,
  SplitSizes,
  TrialAnswer,
  TrialRequest,
} from './types.ts';
export { drawSample, readSampleSize } from './sample.ts';
export type { SampleSize } from './sample.ts';
export { homeRecipe, trainHomeModel } from './train-home-model.ts';
export type { HomeTraining } from './train-home-model.ts';
export type { HomeModel } from './home-model.ts';
export { compareAttempts, countOf, judge } from './agree/compare-attempts.ts';
export type { Bounds, Differences } from './agree/compare-attempts.ts';
export { relativeDifference } from './agree/relative-difference.ts';
export { everyTrial } from './agree/trials.ts';
export type { Trial } from './agree/trials.ts';
export { course, nudge, tryMethod } from './agree/try-method.ts';
export type { Attempt } from './agree/try-method.ts';
