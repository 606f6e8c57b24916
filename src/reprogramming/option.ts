import type { Options } from './method.ts';

/** An option that must be one of a few words. */
export function wordOption<Word extends string>(options: Options, name: string, words: readonly Word[]): Word {
  const value = options[name];
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new RangeError(`Option "${name}" is ${JSON.stringify(value)}; choose one of ${words.join(', ')}.`);
  return word;
}

/** An option that must be a whole number of at least `least`. */
export function countOption(options: Options, name: string, least = 1): number {
  const value = options[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw new RangeError(`Option "${name}" is ${JSON.stringify(value)}; it must be a whole number of at least ${least}.`);
  }
  return value;
}

/** An option that must be a share of a whole: from 0 on, below 1. */
export function shareOption(options: Options, name: string): number {
  const value = options[name];
  if (typeof value !== 'number' || !(value >= 0 && value < 1)) {
    throw new RangeError(`Option "${name}" is ${JSON.stringify(value)}; it must be a share, from 0 on and below 1.`);
  }
  return value;
}

/** An option that must be a number above 0. */
export function positiveOption(options: Options, name: string): number {
  const value = options[name];
  if (typeof value !== 'number' || !(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`Option "${name}" is ${JSON.stringify(value)}; it must be a number above 0.`);
  }
  return value;
}
