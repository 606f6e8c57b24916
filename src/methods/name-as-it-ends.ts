import type { PairWording } from '../reprogramming/index.ts';

/** A class name with what stands behind it in the plainest template, a full stop say: learned words take the rest's place. */
export function nameAsItEnds({ templates: [plainest = '{}'] }: PairWording): string {
  return plainest.slice(plainest.indexOf('{}'));
}
