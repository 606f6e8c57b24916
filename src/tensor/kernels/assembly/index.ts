import { constantBytes as bytes, fillConstants } from './generated/constants';
import { setTable } from './elementwise';

/** Bytes that `initialise` needs at its address for as long as the module is used. */
export function constantBytes(): i32 {
  return bytes;
}

export function initialise(address: usize): void {
  fillConstants(address);
  setTable(address);
}

export {
  attention, attentionExtraKeysGradient, attentionExtraValuesGradient, attentionGradient, attentionScratch,
} from './attention';
export {
  convolution, convolutionFilterGradient, convolutionInputGradient, convolutionInputGradientStrided, convolutionScratch,
  patchScratch,
} from './convolution';
export {
  erfAll, expAll, geluErfAll, geluErfGradient, geluQuickAll, geluQuickGradient, geluTanhAll, geluTanhGradient, reluAll,
  reluGradient, tanhAll,
} from './elementwise';
export { batchedGemm, gemm, gemmScratch } from './gemm';
export { layerNorm, layerNormGainGradient, layerNormInputGradient } from './layer-norm';
export { maxPool, maxPoolGradient } from './pooling';
export { divideRows, multiplyRows } from './rows';
export { columnSums, segmentSums } from './sums';
export { transpose } from './transpose';
