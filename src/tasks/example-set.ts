import type { PictureSet } from './picture-set.ts';
import type { WaveSet } from './wave-set.ts';

/** Examples with their classes. `'images' in set` tells pictures from waves. */
export type ExampleSet = PictureSet | WaveSet;

/** What a task holds: pictures, clips of sound, or series of numbers without a rate. */
export type ExampleKind = 'pictures' | 'sound' | 'series';

export function kindOf(set: ExampleSet): ExampleKind {
  if ('images' in set) return 'pictures';
  return set.sampleRate === null ? 'series' : 'sound';
}

/** Several of them, in words. */
export const examplesCalled: Readonly<Record<ExampleKind, string>> = { pictures: 'pictures', sound: 'clips', series: 'series' };
