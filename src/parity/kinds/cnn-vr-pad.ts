import { checkPaddedProgram } from '../padded-program.ts';
import type { Runner } from '../types.ts';

/** Visual reprogramming by padding: x' = normalise(pad0(x) + bound(W) ⊙ M). */
export const runner: Runner = (oracle) => checkPaddedProgram(oracle);
