import { createGenerator } from '../random/index.ts';
import { RequestError } from './table.ts';

/** How much of a list: a share (`5%`) or a count (`10`). */
export type SampleSize = { readonly share: number } | { readonly count: number };

/** Reads `5%`, `0.5%` or `10`. @throws RequestError for anything else. */
export function readSampleSize(text: string): SampleSize {
  const [, number, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? [];
  const value = Number(number);
  if (sign === '%' && value > 0 && value <= 100) return { share: value / 100 };
  if (sign === '' && Number.isInteger(value) && value > 0) return { count: value };
  throw new RequestError(`--sample ${text}: write a share as in 5% or a number of records as in 10`);
}

/** A random part of a list, in the list's order: the same for the same seed. At least one item, at most all. */
export function drawSample<Item>(items: readonly Item[], size: SampleSize, seed: number): readonly Item[] {
  const wanted = 'share' in size ? Math.ceil(items.length * size.share) : size.count;
  const count = Math.min(items.length, Math.max(1, wanted));
  const chosen = new Set(createGenerator(seed).split('sample').choose(items.length, count));
  return items.filter((_, i) => chosen.has(i));
}
