import type { ContextVectors, PairAct } from './types.ts';

/** Vectors among the tokens of a class name: all classes share them, they stand before it, and pictures have no part in them, unless it is said. */
export function contextAct(context: Pick<ContextVectors, 'count' | 'template' | 'vectors'> & Partial<ContextVectors>): PairAct {
  const whole: ContextVectors = { perClass: false, place: 'before', ofPictures: false, ...context };
  return { tower: 'text', site: { location: 'embedding' }, action: { operator: 'concatenative', context: whole } };
}
