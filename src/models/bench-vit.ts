import { vit } from './vit.ts';
import type { VitOptions } from './vit.ts';

/**
 * The net that speeds are stated for: patches of 4 on 32 × 32, width 128, 4 blocks, 4 heads, MLP of 256, 10 outputs.
 * It never has other than random weights.
 */
export const benchVitOptions: VitOptions = {
  input: { rows: 32, columns: 32, channels: 3, mean: [0, 0, 0], std: [1, 1, 1] },
  tokeniser: { as: 'patches', size: 4 },
  width: 128,
  depth: 4,
  heads: 4,
  mlpWidth: 256,
  layerNormEps: 1e-6,
  outputs: 10,
};

export const benchVit = vit(benchVitOptions);
