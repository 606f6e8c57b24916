import type { AssetSource } from '../assets/index.ts';
import { unknownName } from '../assets/index.ts';
import type { HomeModel } from './home-model.ts';
import { homeRecipes } from './home-recipes.ts';
import type { HomeRecipe } from './home-recipes.ts';
import { trainHomeLanguageModel } from './train-home-language-model.ts';
import { trainHomePair } from './train-home-pair.ts';
import { trainHomePictureModel } from './train-home-picture-model.ts';

export interface HomeTraining {
  readonly assets: AssetSource;
  /** Stop after so many steps of the full course; all of it if absent. */
  readonly steps?: number;
  readonly report?: (done: number, total: number) => void;
}

/** The recipe of a home-made model; an unknown id names the nearest. */
export function homeRecipe(model: string): HomeRecipe {
  const found = homeRecipes.find((recipe) => recipe.model === model);
  if (found) return found;
  throw new RangeError(unknownName('home-made model', model, homeRecipes.map((recipe) => recipe.model)));
}

/**
 * Makes a home-made model from its recipe: every step is the last word of seed, recipe and kernels, so that on wasm the
 * same recipe gives the same bits.
 */
export function trainHomeModel(model: string, training: HomeTraining): Promise<HomeModel> {
  const home = homeRecipe(model);
  if ('task' in home) return trainHomePictureModel(home, training);
  return 'language' in home ? trainHomeLanguageModel(home, training) : trainHomePair(home, training);
}
