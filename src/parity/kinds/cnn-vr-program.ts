import { checkPaddedProgram } from '../padded-program.ts';
import type { Runner } from '../types.ts';

/** The adversarial program of Elsayed et al.: x' = pad0(x) + tanh(W ⊙ M), with λ‖W‖² in the loss. */
export const runner: Runner = (oracle) => checkPaddedProgram(oracle, 'tanh');
