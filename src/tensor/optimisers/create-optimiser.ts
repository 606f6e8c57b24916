import { adafactor } from './adafactor.ts';
import type { AdafactorOptions } from './adafactor.ts';
import { adagrad } from './adagrad.ts';
import type { AdagradOptions } from './adagrad.ts';
import { adam, adamW } from './adam.ts';
import type { AdamOptions } from './adam.ts';
import { adamax } from './adamax.ts';
import type { AdamaxOptions } from './adamax.ts';
import type { Optimiser } from './optimiser.ts';
import { rmsprop } from './rmsprop.ts';
import type { RmspropOptions } from './rmsprop.ts';
import { sgd } from './sgd.ts';
import type { SgdOptions } from './sgd.ts';

/** The settings of every optimiser by its name. */
export interface OptimiserOptions {
  readonly sgd: SgdOptions;
  readonly adam: AdamOptions;
  readonly adamW: AdamOptions;
  readonly rmsprop: RmspropOptions;
  readonly adagrad: AdagradOptions;
  readonly adamax: AdamaxOptions;
  readonly adafactor: AdafactorOptions;
}

/** The names of the optimisers. */
export type OptimiserName = keyof OptimiserOptions;

/** An optimiser as data, for recipes and records: `{ name: 'sgd', momentum: 0.9 }`. The rate is the schedule's. */
export type OptimiserSpec = {
  readonly [Name in OptimiserName]: { readonly name: Name } & OptimiserOptions[Name];
}[OptimiserName];

const factories: { readonly [Name in OptimiserName]: (options: OptimiserOptions[Name]) => Optimiser } = {
  sgd,
  adam,
  adamW,
  rmsprop,
  adagrad,
  adamax,
  adafactor,
};

/** The optimiser that a spec describes. */
export function createOptimiser(spec: OptimiserSpec): Optimiser {
  return build(spec.name, spec);
}

function build<Name extends OptimiserName>(name: Name, options: OptimiserOptions[Name]): Optimiser {
  return factories[name](options);
}
