import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension } from '../../taxonomy/index.ts';
import type { MethodEntry } from '../../knowledge/index.ts';
import { placesOf } from './tables.ts';

export const dimensionNames = Object.keys(dimensions) as readonly Dimension[];

export const isMeasured = (entry: MethodEntry): boolean => placesOf(entry.id).length > 0;
