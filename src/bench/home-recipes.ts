import type { Recipe } from '../training/index.ts';

/** What every home-made model is made from. */
interface HomeCourse {
  readonly model: string;
  readonly seed: number;
  readonly recipe: Recipe;
}

/** How a home-made network for pictures is made: on which generated task, from which seed, by which recipe. */
export interface PictureRecipe extends HomeCourse {
  readonly task: string;
  readonly pictures: number;
  readonly testPictures: number;
}

/** How a home-made language model is made: from how many documents of the generated language, cut to how many words. */
export interface LanguageRecipe extends HomeCourse {
  readonly language: string;
  readonly documents: number;
  readonly testDocuments: number;
  /** Words of a document that the model reads; there is one more, the last that it has to say. */
  readonly length: number;
}

/** How a home-made pair for images and texts is made: from how many captioned pictures, and from whose weights. */
export interface PairRecipe extends HomeCourse {
  readonly captions: string;
  readonly pictures: number;
  /** Each is asked for everything that is measured. */
  readonly testPictures: number;
  /** The model whose weights the image tower begins with, and their digest. */
  readonly startsFrom: { readonly model: string; readonly digest: string };
}

export type HomeRecipe = PictureRecipe | LanguageRecipe | PairRecipe;

const pictureSteps = 3000;
const pictureBatch = 64;
const pictures = 30_000;

const worldVit: PictureRecipe = {
  model: 'world-vit',
  task: 'world-shapes',
  seed: 1,
  pictures,
  testPictures: 2000,
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.05, betas: [0.9, 0.98] },
    schedule: { name: 'linear-warm-up-cosine', warmUp: 50 / pictureSteps },
    learningRate: 2e-3,
    epochs: Math.ceil((pictureSteps * pictureBatch) / pictures),
    batch: pictureBatch,
    clip: 1,
    stopAfter: pictureSteps,
  },
};

const languageSteps = 2400;
const languageBatch = 32;

const worldLm: LanguageRecipe = {
  model: 'world-lm',
  language: 'language/1',
  seed: 1,
  documents: languageSteps * languageBatch,
  testDocuments: 1000,
  length: 80,
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.05, betas: [0.9, 0.98] },
    schedule: { name: 'linear-warm-up-cosine', warmUp: 60 / languageSteps },
    learningRate: 3e-3,
    epochs: 1,
    batch: languageBatch,
    clip: 1,
  },
};

const pairSteps = 1200;
const pairBatch = 128;

const worldPair: PairRecipe = {
  model: 'world-pair',
  captions: 'world-captions/1',
  seed: 1,
  pictures: pairSteps * pairBatch,
  testPictures: 2000,
  startsFrom: { model: 'world-vit', digest: 'b0cbc8b7735f146887605563e0a8d50a5461fda2bea0135464504a63faae85f5' },
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.05, betas: [0.9, 0.98] },
    schedule: { name: 'linear-warm-up-cosine', warmUp: 60 / pairSteps },
    learningRate: 2e-3,
    epochs: 1,
    batch: pairBatch,
    clip: 1,
  },
};

/** Recipes of the home-made models, one row each. */
export const homeRecipes: readonly HomeRecipe[] = [worldVit, worldLm, worldPair];
