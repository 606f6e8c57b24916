export { alignOutputs, labelMapTensor, linearAlignmentParameters } from './align.ts';
export * from './alignments/index.ts';
export { classOf } from './class-of.ts';
export { groupingMap } from './grouping-map.ts';
export { fixedBorder } from './manipulations/border.ts';
export { frameMask } from './manipulations/frame-mask.ts';
export { pixelProgram } from './manipulations/pixel-program.ts';
export type { Bound } from './manipulations/pixel-program.ts';
export { attendedPrompts } from './manipulations/attended-prompts.ts';
export type { AttendedPromptsOptions } from './manipulations/attended-prompts.ts';
export { promptTokens } from './manipulations/prompt-tokens.ts';
export { replacedTokens } from './manipulations/replaced-tokens.ts';
export type { Method, OptionValue, Options, Setting, TrainingRecipe } from './method.ts';
export { countOption, wordOption } from './option.ts';
export { countParameters, initialParameters, uniformWithin, zeros } from './parameters.ts';
export { reprogram } from './reprogram.ts';
export { wholeCanvas } from './whole-canvas.ts';
export type {
  Action,
  Adapted,
  Alignment,
  Composition,
  Fit,
  Join,
  LabelMap,
  Manipulation,
  Observations,
  ParameterSpec,
  ParameterSpecs,
  Site,
} from './types.ts';
