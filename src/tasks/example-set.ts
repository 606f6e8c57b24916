import type { PictureSet } from './picture-set.ts';
import type { TextSet } from './text-set.ts';
import type { WaveSet } from './wave-set.ts';

/** Examples with their classes. `'images' in set` tells pictures, `'questions' in set` tells texts. */
export type ExampleSet = PictureSet | WaveSet | TextSet;

/** What a task holds: pictures, clips of sound, series of numbers without a rate, or questions in text. */
export type ExampleKind = 'pictures' | 'sound' | 'series' | 'texts';

export function kindOf(set: ExampleSet): ExampleKind {
  if ('images' in set) return 'pictures';
  if ('questions' in set) return 'texts';
  return set.sampleRate === null ? 'series' : 'sound';
}

/** Several of them, in words. */
export const examplesCalled: Readonly<Record<ExampleKind, string>> = { pictures: 'pictures', sound: 'clips', series: 'series', texts: 'questions' };
