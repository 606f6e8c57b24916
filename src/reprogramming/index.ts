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
export { attendedKeyValues } from './manipulations/attended-key-values.ts';
export { prunedPrompts } from './manipulations/pruned-prompts.ts';
export type { KeptPrompt, PrunedPromptsOptions } from './manipulations/pruned-prompts.ts';
export { promptTokens } from './manipulations/prompt-tokens.ts';
export { replacedTokens } from './manipulations/replaced-tokens.ts';
export { maskedPattern } from './manipulations/masked-pattern.ts';
export type { MaskedPatternOptions } from './manipulations/masked-pattern.ts';
export { visualPrompt } from './manipulations/visual-prompt.ts';
export type { VisualPromptOptions } from './manipulations/visual-prompt.ts';
export { waveProgram } from './manipulations/wave-program.ts';
export type { WaveProgramOptions } from './manipulations/wave-program.ts';
export { sideQueries } from './manipulations/side-queries.ts';
export { prefix } from './manipulations/prefix.ts';
export type { PrefixOptions } from './manipulations/prefix.ts';
export { projectedPrompt } from './manipulations/projected-prompt.ts';
export { encodedPrompt, promptEncoder } from './manipulations/prompt-encoder.ts';
export { softPrompt } from './manipulations/soft-prompt.ts';
export type { SoftPromptStart } from './manipulations/soft-prompt.ts';
export { triggerTokens } from './manipulations/trigger-tokens.ts';
export { wordsInFront } from './manipulations/words-in-front.ts';
export { readingHead } from './language/reading-head.ts';
export { disposeBegun, placesOf, readText } from './language/read-text.ts';
export type { Reader, Rows } from './language/read-text.ts';
export { alignmentOf, reprogramLanguage } from './language/reprogram-language.ts';
export type { LanguageHeadClasses } from './language/reprogram-language.ts';
export type {
  AdaptedLanguage,
  Begun,
  LanguageAction,
  LanguageComposition,
  LanguageManipulation,
  Reading,
  Words,
} from './language/types.ts';
export { entered, inputAsSeen } from './entered.ts';
export type { Entered } from './entered.ts';
export { contextAct } from './pair/context-act.ts';
export { onImage } from './pair/on-image.ts';
export { meanOfBest } from './pair/mean-of-best.ts';
export { checkNames, writtenFeatures } from './pair/class-features.ts';
export { inTemplate, plainTexts, reprogramPair } from './pair/reprogram-pair.ts';
export { writtenTexts } from './pair/written-texts.ts';
export { contextVectors } from './manipulations/context-vectors.ts';
export type { ContextVectorsOptions } from './manipulations/context-vectors.ts';
export type {
  AdaptedPair,
  ContextVectors,
  PairAct,
  PairComposition,
  PairManipulation,
  PairReading,
  PairWording,
  TextAction,
} from './pair/types.ts';
export { onlyLanguage, onlyPairs } from './method.ts';
export type { LanguageSearch, LanguageSetting, Method, OptionValue, Options, PairSetting, Setting, TrainingRecipe } from './method.ts';
export { countOption, positiveOption, shareOption, wordOption } from './option.ts';
export { countParameters, initialParameters, normal, uniformWithin, zeros } from './parameters.ts';
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
  PictureFit,
  Rewind,
  Site,
} from './types.ts';
