export { schedule } from './schedules.ts';
export type { Course, Schedule, ScheduleName, ScheduleSpec } from './schedules.ts';
export { lossesPerStep } from './estimate-gradient.ts';
export type { QueriedGradient } from './estimate-gradient.ts';
export { Diverged, train } from './train.ts';
export type { Loss, Recipe, Trained, Training } from './train.ts';
export { fitProbe, probeRecipe } from './fit-probe.ts';
export type { LabelledOutputs } from './fit-probe.ts';
