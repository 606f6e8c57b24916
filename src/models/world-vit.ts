import { vit } from './vit.ts';
import type { VitOptions } from './vit.ts';

export const worldVitOptions: VitOptions = {
  input: { rows: 32, columns: 32, channels: 3, mean: [0.4, 0.4, 0.4], std: [1 / 3, 1 / 3, 1 / 3] },
  tokeniser: { as: 'convolutions', channels: 32 },
  width: 64,
  depth: 4,
  heads: 4,
  mlpWidth: 128,
  layerNormEps: 1e-6,
  outputs: 30,
};

/**
 * The home-made vision transformer: 32 × 32 pictures of the generated world, a convolutional stem to 8 × 8 tokens and a
 * class token, 4 blocks of width 64 with 4 heads, 30 classes (shape × texture). 159,582 parameters.
 */
export const worldVit = vit(worldVitOptions);
