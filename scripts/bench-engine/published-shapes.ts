import { benchVitOptions, clipImageTower, clipPictureStatistics, clipTextTower, gpt2, vit } from '../../src/models/index.ts';
import { pictureWork, textWork } from './shape-work.ts';
import type { ShapeWork } from './shape-work.ts';

/** A network that speeds are stated for. */
export interface PublishedShape {
  readonly name: string;
  /** The work with random weights; `quick`: with narrow layers and two blocks, to try whether it runs. */
  readonly work: (quick: boolean) => ShapeWork;
}

const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** The widths of a transformer of the base size, or an eighth of them. */
const base = (quick: boolean) =>
  quick ? { width: 96, depth: 2, heads: 12, mlpWidth: 384 } : { width: 768, depth: 12, heads: 12, mlpWidth: 3072 };

const picture = (quick: boolean) => ({ rows: quick ? 64 : 224, columns: quick ? 64 : 224, channels: 3 });

const clipWidth = 512;
/** OpenAI's vocabulary and the token that ends a text. */
const clipText = (quick: boolean) =>
  quick
    ? { vocabulary: 500, contextLength: 77, width: 64, depth: 2, heads: 8, mlpWidth: 256, end: 499 }
    : { vocabulary: 49408, contextLength: 77, width: 512, depth: 12, heads: 8, mlpWidth: 2048, end: 49407 };

/** The benchmark's own small ViT, and the shapes of ViT-B/16, GPT-2 small and the two towers of CLIP ViT-B/32. */
export const publishedShapes: readonly PublishedShape[] = [
  {
    name: 'bench-ViT',
    work: (quick) => {
      const sizes = quick ? { width: 32, depth: 2, mlpWidth: 64 } : {};
      return pictureWork(vit({ ...benchVitOptions, ...sizes, lastBlock: 'all-tokens' }), { batch: quick ? 2 : 256, patch: 4 });
    },
  },
  {
    name: 'ViT-B/16',
    work: (quick) => {
      const input = { ...picture(quick), ...imageNet };
      const options = { ...base(quick), tokeniser: { as: 'patches', size: 16 } as const, layerNormEps: 1e-12, outputs: 1000 };
      return pictureWork(vit({ input, ...options, lastBlock: 'all-tokens' }), { batch: quick ? 2 : 64, patch: 16 });
    },
  },
  {
    name: 'GPT-2 small',
    work: (quick) => {
      const sizes = { ...base(quick), vocabulary: quick ? 500 : 50257, contextLength: 1024, layerNormEps: 1e-5 };
      return textWork(gpt2(sizes), quick ? { rows: 2, tokens: 16 } : { rows: 16, tokens: 256 });
    },
  },
  {
    name: 'CLIP ViT-B/32, pictures',
    work: (quick) => {
      const input = { ...picture(quick), ...clipPictureStatistics };
      const options = { ...base(quick), tokeniser: { as: 'patches', size: 32 } as const, layerNormEps: 1e-5, embeddingWidth: clipWidth };
      const tower = clipImageTower({ input, ...options, lastBlock: 'all-tokens' });
      const classify = (_: unknown, features: Parameters<typeof tower.features>[1]) => features;
      return pictureWork({ ...tower, outputs: clipWidth, classify, classifierWeights: [] }, { batch: quick ? 2 : 128, patch: 32 });
    },
  },
  {
    name: 'CLIP ViT-B/32, texts',
    work: (quick) => {
      const tower = clipTextTower({ ...clipText(quick), layerNormEps: 1e-5, embeddingWidth: clipWidth });
      const { language, project, initialise } = tower;
      return textWork({ ...language, classify: project, initialise }, quick ? { rows: 2, tokens: 16 } : { rows: 100, tokens: 64 });
    },
  },
];
