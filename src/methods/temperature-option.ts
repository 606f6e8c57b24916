import type { Options } from '../reprogramming/index.ts';

/** The temperature that samples are drawn at: above 0. */
export function temperatureOption({ temperature }: Options): number {
  if (typeof temperature === 'number' && temperature > 0) return temperature;
  throw new RangeError(`Option "temperature" is ${JSON.stringify(temperature)}; it must be a number above 0.`);
}
