import { rivals } from '../adaptation/index.ts';
import { unknownName } from '../assets/index.ts';
import { methods } from '../methods/index.ts';
import type { Method } from '../reprogramming/index.ts';

/** Everything that can stand in a table's row: the reference methods and their parameter-centric rivals. */
export const approaches: readonly Method[] = [...methods, ...rivals];

/** The approach of that id; an unknown one names the nearest. */
export function approach(id: string): Method {
  const found = approaches.find((candidate) => candidate.id === id);
  if (found) return found;
  throw new RangeError(unknownName('method', id, approaches.map((candidate) => candidate.id)));
}
