export { bert, bertShapes } from './bert.ts';
export type { BertOptions } from './bert.ts';
export { benchVit, benchVitOptions } from './bench-vit.ts';
export { modelRows } from './catalogue.ts';
export type { ModelRow } from './catalogue.ts';
export { featuresOf } from './features-of.ts';
export { foldBatchNorm } from './fold-batch-norm.ts';
export { fromHuggingFaceVit } from './hugging-face-vit.ts';
export type { FrozenLanguageEncoder } from './frozen-language-encoder.ts';
export type { FrozenLanguageModel } from './frozen-language-model.ts';
export { generate, greedy } from './generate.ts';
export type { Generation, Prompt } from './generate.ts';
export { gpt2, gpt2Shapes } from './gpt2.ts';
export type { Gpt2Options } from './gpt2.ts';
export { inputInWords, pictureInput, takesPictures, waveInput } from './input-of.ts';
export { kwt, kwt1, kwt1Options, kwtShapes } from './kwt.ts';
export type { KwtOptions } from './kwt.ts';
export type { BlockMemory, BlockSetting, CausalBlock, LanguageArchitecture } from './language-architecture.ts';
export { languageModelRows } from './language-catalogue.ts';
export type { LanguageModelRow } from './language-catalogue.ts';
export { disposeCache, extendCache, forkCache } from './language-cache.ts';
export type { LanguageCache } from './language-cache.ts';
export type { EncoderInput, LanguageEncoder } from './language-encoder.ts';
export { languageEncoderRows } from './language-encoder-catalogue.ts';
export type { LanguageEncoderRow } from './language-encoder-catalogue.ts';
export { causalFolderRows, encoderFolderRows } from './language-folder-rows.ts';
export { languageLogits, outputsAt, readTokens } from './language-forward.ts';
export type { LanguageInput, LogitsAt, Reads } from './language-forward.ts';
export { llama, llamaShapes } from './llama.ts';
export type { LlamaOptions } from './llama.ts';
export { loadLanguageEncoder } from './load-language-encoder.ts';
export { languageModelIds, languageModelRow, loadLanguageModel } from './load-language-model.ts';
export { loadModel, modelIds, modelRow, randomlyInitialised } from './load-model.ts';
export { readBert } from './read-bert.ts';
export { readGpt2 } from './read-gpt2.ts';
export { readLanguageFolder } from './read-language-folder.ts';
export type { LanguageFolderContent } from './read-language-folder.ts';
export { readLlama } from './read-llama.ts';
export { resnetCifar } from './resnet-cifar.ts';
export { placeTokens } from './token-places.ts';
export type { PlacedTokens, Positions, TokenPlaces } from './token-places.ts';
export type {
  Architecture,
  Attended,
  Block,
  FrontEnd,
  FrozenModel,
  KeysAndValues,
  ModelInput,
  PictureInput,
  SideReader,
  State,
  WaveInput,
} from './types.ts';
export type { LastBlock } from './transformer-block.ts';
export { vit } from './vit.ts';
export type { Tokeniser, VitOptions } from './vit.ts';
export { worldLm } from './world-lm.ts';
export { worldVit } from './world-vit.ts';
export { cosineTransform, hannWindow, logMel, melFilters, melSpectrogram, powerSpectrogram } from './mel-spectrogram.ts';
export type { MelOptions, MelScale } from './mel-spectrogram.ts';
