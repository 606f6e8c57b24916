import { clipImageTower } from './clip-image-tower.ts';
import type { ClipImageOptions } from './clip-image-tower.ts';
import { clipTextTower } from './clip-text-tower.ts';
import type { ClipTextOptions } from './clip-text-tower.ts';
import type { ImageTextArchitecture } from './image-text-architecture.ts';

export interface ClipOptions {
  readonly image: Omit<ClipImageOptions, 'embeddingWidth'>;
  readonly text: Omit<ClipTextOptions, 'embeddingWidth'>;
  /** Width of the space that pictures and texts share. */
  readonly embeddingWidth: number;
}

/** The mean and the deviation of each channel of the pictures that OpenAI trained CLIP on (openai/CLIP:clip/clip.py). */
export const clipPictureStatistics = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
} as const;

/** CLIP (Radford et al. 2021, arXiv 2103.00020): the architecture of Hugging Face's `CLIPModel`. */
export function clip({ image, text, embeddingWidth }: ClipOptions): ImageTextArchitecture {
  return {
    kind: 'image-text',
    image: clipImageTower({ ...image, embeddingWidth }),
    text: clipTextTower({ ...text, embeddingWidth }),
  };
}
