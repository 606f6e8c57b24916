import { browser } from './browser.ts';
import { content } from './content.ts';
import { lint } from './lint.ts';
import { parity } from './parity.ts';
import type { Part } from './part.ts';
import { site } from './site.ts';
import { types } from './types.ts';
import { unit } from './unit.ts';

/** The parts of `npm test`, in the order they run. */
export const parts: readonly Part[] = [types, lint, unit, parity, content, site, browser];

export { runPart } from './run-part.ts';
export { runRooms } from './unit.ts';
export { combine, type Outcome, type Part, type PartOptions } from './part.ts';
