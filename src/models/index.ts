export { bert, bertShapes } from './bert.ts';
export type { BertOptions } from './bert.ts';
export { benchVit, benchVitOptions } from './bench-vit.ts';
export { modelRows } from './catalogue.ts';
export type { ModelRow } from './catalogue.ts';
export { ClassTextTooLong, classTexts } from './class-texts.ts';
export type { ClassTextOptions } from './class-texts.ts';
export { clip, clipPictureStatistics } from './clip.ts';
export type { ClipOptions } from './clip.ts';
export { clipImageTower } from './clip-image-tower.ts';
export type { ClipImageOptions } from './clip-image-tower.ts';
export { clipTextTower } from './clip-text-tower.ts';
export type { ClipTextOptions } from './clip-text-tower.ts';
export { contextRows } from './context-rows.ts';
export type { ContextOptions, ContextPlace } from './context-rows.ts';
export { featuresOf } from './features-of.ts';
export { foldBatchNorm } from './fold-batch-norm.ts';
export { fromHuggingFaceVit } from './hugging-face-vit.ts';
export type { FrozenImageTextModel } from './frozen-image-text-model.ts';
export type { FrozenLanguageEncoder } from './frozen-language-encoder.ts';
export type { FrozenLanguageModel } from './frozen-language-model.ts';
export { generate, greedy } from './generate.ts';
export type { Generation, Prompt } from './generate.ts';
export { gpt2, gpt2Shapes } from './gpt2.ts';
export type { Gpt2Options } from './gpt2.ts';
export { disposeImageClassifier, imageClassifier, imageFeatures, similarityLogits } from './image-classifier.ts';
export type { ClassEmbeddings } from './image-classifier.ts';
export { oneTree } from './image-text-architecture.ts';
export type { ImageTextArchitecture, ImageTextWeights, ImageTower, TextTower } from './image-text-architecture.ts';
export type { WeightShapes } from './weight-shapes.ts';
export { imageTextFolderRows, imageTextModelRows } from './image-text-catalogue.ts';
export type { ImageTextModelRow } from './image-text-catalogue.ts';
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
export { imageTextModelIds, imageTextModelRow, loadImageTextModel } from './load-image-text-model.ts';
export { loadLanguageEncoder } from './load-language-encoder.ts';
export { languageModelIds, languageModelRow, loadLanguageModel } from './load-language-model.ts';
export { loadModel, modelIds, modelRow, randomlyInitialised } from './load-model.ts';
export { readBert } from './read-bert.ts';
export { readClip } from './read-clip.ts';
export { readGpt2 } from './read-gpt2.ts';
export { readImageTextFolder } from './read-image-text-folder.ts';
export { readLanguageFolder } from './read-language-folder.ts';
export type { LanguageFolderContent } from './read-language-folder.ts';
export { readLlama } from './read-llama.ts';
export { resnetCifar } from './resnet-cifar.ts';
export { textFeatures } from './text-features.ts';
export type { BeforeBlock, ReadTextsOptions } from './text-features.ts';
export { embedTexts, sharedPlaces, textPositions } from './text-rows.ts';
export type { EmbeddedTexts, TextPlace, TextPositions, TextRow } from './text-rows.ts';
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
export { twoTowers } from './two-towers.ts';
export { unitLength } from './unit-length.ts';
export { vit } from './vit.ts';
export type { Tokeniser, VitOptions } from './vit.ts';
export { worldLm } from './world-lm.ts';
export { freshWorldPair, worldPair, worldPairTokenizer } from './world-pair.ts';
export { worldVit } from './world-vit.ts';
export { ensembleEmbeddings, zeroShotWeights } from './zero-shot-weights.ts';
export { cosineTransform, hannWindow, logMel, melFilters, melSpectrogram, powerSpectrogram } from './mel-spectrogram.ts';
export type { MelOptions, MelScale } from './mel-spectrogram.ts';
