import type { TaxonomyClass } from '../../src/taxonomy/index.ts';

/** Where what runs here has another class than the survey's authors give the paper; the entry says so under `alsoArgued`. */
export const runsOtherwise: ReadonlyMap<string, Partial<TaxonomyClass>> = new Map([
  ['vp', { alignment: ['linear'] }],
  ['prefix-tuning', { location: ['hidden'] }],
  ['warp', { location: ['embedding'] }],
  ['cot', { alignment: ['structural'] }],
  ['voice2series', { operator: ['additive'], alignment: ['structural'] }],
  ['coop', { alignment: ['identity'] }],
  ['cocoop', { alignment: ['identity'] }],
  ['maple', { alignment: ['identity'] }],
  ['attrvr', { configuration: ['learnable', 'fixed'] }],
]);
