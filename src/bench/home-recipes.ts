import type { Recipe } from '../training/index.ts';

/** How a home-made model is made: on which generated task, from which seed, by which recipe. */
export interface HomeRecipe {
  readonly model: string;
  readonly task: string;
  readonly seed: number;
  readonly pictures: number;
  readonly testPictures: number;
  readonly recipe: Recipe;
}

const steps = 3000;
const batch = 64;
const pictures = 30_000;

/** Recipes of the home-made models, one row each. */
export const homeRecipes: readonly HomeRecipe[] = [
  {
    model: 'world-vit',
    task: 'world-shapes',
    seed: 1,
    pictures,
    testPictures: 2000,
    recipe: {
      optimiser: { name: 'adamW', weightDecay: 0.05, betas: [0.9, 0.98] },
      schedule: { name: 'linear-warm-up-cosine', warmUp: 50 / steps },
      learningRate: 2e-3,
      epochs: Math.ceil((steps * batch) / pictures),
      batch,
      clip: 1,
      stopAfter: steps,
    },
  },
];
