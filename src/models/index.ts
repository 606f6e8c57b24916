export { benchVit } from './bench-vit.ts';
export { modelRows } from './catalogue.ts';
export type { ModelRow } from './catalogue.ts';
export { foldBatchNorm } from './fold-batch-norm.ts';
export { fromHuggingFaceVit } from './hugging-face-vit.ts';
export { inputInWords, pictureInput, takesPictures, waveInput } from './input-of.ts';
export { kwt, kwt1, kwt1Options, kwtShapes } from './kwt.ts';
export type { KwtOptions } from './kwt.ts';
export { loadModel, modelIds, modelRow, randomlyInitialised } from './load-model.ts';
export { resnetCifar } from './resnet-cifar.ts';
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
export { worldVit } from './world-vit.ts';
export { cosineTransform, hannWindow, logMel, melFilters, melSpectrogram, powerSpectrogram } from './mel-spectrogram.ts';
export type { MelOptions, MelScale } from './mel-spectrogram.ts';
