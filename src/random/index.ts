export { createGenerator } from './generator.ts';
export type { Generator } from './generator.ts';
export { cosine, exponential, integerPower, naturalLog, sine, tangentHyperbolic } from './elementary.ts';
