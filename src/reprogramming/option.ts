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
