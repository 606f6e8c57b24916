import type { FrozenModel } from '../models/index.ts';
import { digestParams } from '../tensor/index.ts';
import type { Check } from './types.ts';

/** The frozen weights must have kept their bits. */
export function checkFrozen({ weights, digest }: Pick<FrozenModel, 'weights' | 'digest'>): Check {
  return { tensor: 'frozen weights', error: digestParams(weights) === digest ? 0 : Infinity, tolerance: 0 };
}
