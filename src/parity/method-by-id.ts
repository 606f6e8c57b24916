import { rivals } from '../adaptation/index.ts';
import { methods } from '../methods/index.ts';
import type { Method } from '../reprogramming/index.ts';

/** The reference method or rival of that id. */
export function methodById(id: string): Method {
  const method = [...methods, ...rivals].find((candidate) => candidate.id === id);
  if (!method) throw new Error(`There is no method '${id}'.`);
  return method;
}
