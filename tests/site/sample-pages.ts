import { createGenerator } from '../../src/random/index.ts';
import { largestPages, templateOfPage } from './templates.ts';

/** `count` of the addresses, or all of them, the same ones each time for the same seed. */
export function drawn(addresses: readonly string[], count: number, seed: string): readonly string[] {
  if (addresses.length <= count) return addresses;
  return [...createGenerator(seed).choose(addresses.length, count)].map((i) => addresses[i] ?? '').sort();
}

/** The largest page of every template and `count` method pages drawn at random; every page with `--full`. */
export function samplePages(addresses: readonly string[], dist: string, count: number): readonly string[] {
  if (process.env['ATLAS_FULL'] === '1') return addresses;
  const largest = [...largestPages(addresses, dist).values()].flatMap((address) => address ?? []);
  const methods = addresses.filter((address) => templateOfPage(address) === 'methods/[id]');
  return [...new Set([...largest, ...drawn(methods, count, 'site')])];
}
